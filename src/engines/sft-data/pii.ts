/** Personal data and secrets by simple rules: what they find is worth a look, what they miss is more. */

export const PII_RULES = [
  'apiKey',
  'email',
  'chineseId',
  'card',
  'ipv4',
  'chineseMobile',
  'phone',
] as const;
/**
 * `apiKey`: prefixes that well-known services give their keys, private keys in PEM, JSON web tokens.
 * `chineseId`: 18 places with a date of birth and the check character of GB 11643 (ISO 7064 MOD 11-2).
 * `card`: 13 to 19 digits that begin as card numbers do and pass Luhn's check. `ipv4`: a public address.
 * `chineseMobile`: 11 digits from 13 to 19, with or without +86. `phone`: + and 8 to 15 digits, or
 * North America's 3-3-4.
 */
export type PiiRule = (typeof PII_RULES)[number];

export interface PiiHit {
  rule: PiiRule;
  /** Where, in UTF-16 units. */
  start: number;
  end: number;
}

/** All hits of a text by place. Where two rules want the same signs, the earlier of `PII_RULES` has them. */
export function findPii(text: string): PiiHit[] {
  let hits: PiiHit[] = [];
  hits = joined(hits, 'apiKey', keys(text));
  hits = joined(hits, 'email', emails(text));
  if (!DIGITS.test(text)) return hits;
  for (const [rule, pattern, accepts] of NUMBERS) {
    const spans: Span[] = [];
    for (const match of text.matchAll(pattern)) {
      if (accepts(match[0])) spans.push([match.index, match.index + match[0].length]);
    }
    hits = joined(hits, rule, spans);
  }
  return hits;
}

type Span = readonly [start: number, end: number];

/** Adds ascending spans where nothing is taken yet; one walk over both, for texts with a million hits. */
function joined(hits: PiiHit[], rule: PiiRule, spans: readonly Span[]): PiiHit[] {
  if (spans.length === 0) return hits;
  const all: PiiHit[] = [];
  let next = 0;
  for (const [start, end] of spans) {
    while (next < hits.length && hits[next]!.start < end) all.push(hits[next++]!);
    if ((all.at(-1)?.end ?? 0) <= start) all.push({ rule, start, end });
  }
  for (; next < hits.length; next += 1) all.push(hits[next]!);
  return all;
}

/** The text with every hit masked. */
export function maskPii(text: string): string {
  let masked = '';
  let from = 0;
  for (const { rule, start, end } of findPii(text)) {
    masked += text.slice(from, start) + maskHit(rule, text.slice(start, end));
    from = end;
  }
  return masked + text.slice(from);
}

/** A hit with enough left to find it again and too little to use it. */
export function maskHit(rule: PiiRule, hit: string): string {
  if (rule === 'email') {
    const [name = '', domain = ''] = hit.split('@');
    return `${name.slice(0, 1)}•••@${domain.slice(0, 1)}•••${domain.slice(domain.lastIndexOf('.'))}`;
  }
  if (rule === 'apiKey') return `${hit.slice(0, 4)}••••`;
  if (rule === 'ipv4') return hit.replace(/\d+\.\d+$/, '•.•');
  return `${hit.slice(0, 2)}••••${hit.slice(-2)}`;
}

const DIGITS = /\d\D{0,2}\d\D{0,2}\d/;

const NUMBERS: readonly (readonly [PiiRule, RegExp, (hit: string) => boolean])[] = [
  ['chineseId', /(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])/g, isChineseId],
  [
    'card',
    /(?<![\d.-])(?=[2-6])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5})(?![\d-])/g,
    isCard,
  ],
  ['ipv4', /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g, isPublicIpv4],
  ['chineseMobile', /(?<![\d.-])(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![\d-])/g, () => true],
  ['phone', /(?<![\w+])\+[1-9](?:[ .()-]{0,2}\d){7,14}(?!\d)/g, () => true],
  [
    'phone',
    /(?<![\w.+-])(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?![\w-])/g,
    () => true,
  ],
];

/** Weights 2^(17−i) mod 11 for the first 17 places. */
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether 18 signs are a Chinese resident's number: a possible date of birth and the right check character. */
export function isChineseId(id: string): boolean {
  const [year, month, day] = [id.slice(6, 10), id.slice(10, 12), id.slice(12, 14)].map(Number);
  if (!/^\d{17}[\dXx]$/.test(id) || year! < 1850 || year! > 2100) return false;
  if (day! < 1 || day! > (DAYS[month! - 1] ?? 0)) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(id[index]), 0);
  return '10X98765432'[sum % 11] === id[17]!.toUpperCase();
}

/** Luhn's check over the digits of a text. */
export function passesLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

function isCard(hit: string): boolean {
  return passesLuhn(hit) && new Set(hit.replace(/\D/g, '')).size > 1;
}

/** Not of a private, local, shared, multicast or reserved block (IANA's special-purpose registry). */
function isPublicIpv4(hit: string): boolean {
  const octets = hit.split('.').map(Number);
  const [a, b] = octets as [number, number, number, number];
  if (octets.some((octet) => octet > 255) || hit.split('.').some((part) => /^0\d/.test(part))) {
    return false;
  }
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if (a === 100 && b >= 64 && b < 128) return false;
  if ((a === 169 && b === 254) || (a === 192 && b === 168)) return false;
  return !(a === 172 && b >= 16 && b < 32);
}

const KEY_STARTS: readonly (readonly [start: string, pattern: RegExp])[] = [
  ['sk-', /sk-(?:proj-|ant-|svcacct-)?[A-Za-z0-9_-]{20,200}/y],
  ['AKIA', /AKIA[0-9A-Z]{16}(?![0-9A-Za-z])/y],
  ['AIza', /AIza[0-9A-Za-z_-]{35}/y],
  ['ghp_', /ghp_[0-9A-Za-z]{36}/y],
  ['github_pat_', /github_pat_[0-9A-Za-z_]{22,90}/y],
  ['hf_', /hf_[0-9A-Za-z]{30,40}/y],
  ['xox', /xox[abprs]-[0-9A-Za-z-]{10,80}/y],
  ['eyJ', /eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,2000}/y],
  ['-----BEGIN ', /-----BEGIN (?:[A-Z]{1,12} ){0,3}PRIVATE KEY-----/y],
];

function keys(text: string): Span[] {
  const found: Span[] = [];
  for (const [start, pattern] of KEY_STARTS) {
    for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
      if (at > 0 && /[A-Za-z0-9_]/.test(text[at - 1]!)) continue;
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (!match) continue;
      found.push([at, at + match[0].length]);
      at += match[0].length - 1;
    }
  }
  return found.sort(([a], [b]) => a - b);
}

const LOCAL = /[A-Za-z0-9._%+-]/;
const DOMAIN =
  /(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])/y;

/** From each @ to both sides: a pattern that begins at every letter would try each of them in vain. */
function emails(text: string): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && LOCAL.test(text[start - 1]!)) start -= 1;
    while (start < at && text[start] === '.') start += 1;
    if (start === at || text[at - 1] === '.') continue;
    DOMAIN.lastIndex = at + 1;
    const match = DOMAIN.exec(text);
    if (match) found.push([start, at + 1 + match[0].length]);
  }
  return found;
}
