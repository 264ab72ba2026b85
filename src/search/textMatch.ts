/** Finds a query's words in a text. Shared by the excerpts and by the highlighting at the target. */
import { isFunctionWord, lower, readQuery } from './query.ts';

/** From and to, in UTF-16 units. */
export type Range = readonly [number, number];

export interface TextMatch {
  /** Where the query stands as a whole (or one of its clauses). */
  phrases: Range[];
  /** What to mark: the phrases, or else the single words. */
  marks: Range[];
}

/** Endings of English words, so that "scaling" is also found in "scale" and "scaled". */
/** The -ed of speed is no ending. */
const ENDING = /(?:ations?|ing|ions?|ers?|ies|(?<!e)ed|es|e|y|s)$/;
const MIN_STEM = 4;
const HAN = /\p{Script=Han}/u;
/** What may stand between the words of a phrase: a space, a hyphen, a line break, or nothing. */
const JOINT = '[\\s\\u2010-\\u2015-]*';
const NOT_INSIDE = '(?<![a-z0-9])';

/** One query, ready to be looked for in many texts. */
interface Matcher {
  find: (text: string) => TextMatch;
  coverage: (text: string) => number;
}

export function findQuery(query: string, text: string): TextMatch {
  return matcherOf(query).find(text);
}

/** How much of the query's words a text holds, 0 to 1; Chinese by pairs of characters. */
export function coverage(query: string, text: string): number {
  return matcherOf(query).coverage(text);
}

const ready = new Map<string, Matcher>();
const MOST_READY = 8;

function matcherOf(query: string): Matcher {
  const known = ready.get(query);
  if (known) return known;
  if (ready.size >= MOST_READY) ready.clear();
  const matcher = createMatcher(query);
  ready.set(query, matcher);
  return matcher;
}

function createMatcher(query: string): Matcher {
  const { clauses, words } = readQuery(query);
  const phrasePatterns = clauses.filter((clause) => clause.length > 1).map(phrasePattern);
  const finders = words.flatMap((word): ((low: string) => Range[])[] => {
    if (HAN.test(word)) return [(low) => hanRanges(word, low)];
    if (isFunctionWord(word)) return [];
    const pattern = latinPattern(word);
    return [(low) => occurrences(pattern, low)];
  });
  // One Chinese character beside other words says too little.
  const telling = words.filter((word) => word.length > 1 || words.length === 1);
  const units = telling.flatMap((word): ((low: string) => boolean)[] => {
    if (HAN.test(word)) return pairs(word).map((pair) => (low) => low.includes(pair));
    if (isFunctionWord(word)) return [];
    const pattern = latinPattern(word);
    return [(low) => low.search(pattern) >= 0];
  });
  return {
    find: (text) => {
      const low = lower(text);
      const phrases = phrasePatterns.flatMap((pattern) => occurrences(pattern, low));
      if (phrases.length > 0) return { phrases: merged(phrases), marks: merged(phrases) };
      return { phrases: [], marks: merged(finders.flatMap((ranges) => ranges(low))) };
    },
    coverage: (text) => {
      const low = lower(text);
      return units.length === 0 ? 0 : units.filter((holds) => holds(low)).length / units.length;
    },
  };
}

/** True if the text has a word that begins with this one, letter by letter: a stem would forgive a slip. */
export function holdsWord(word: string, text: string): boolean {
  return new RegExp(NOT_INSIDE + escaped(lower(word)), 'u').test(lower(text));
}

function pairs(run: string): string[] {
  if (run.length < 2) return [run];
  return Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2));
}

/** A phrase as written, whatever stands between its words: a space, a hyphen, a line break. */
function phrasePattern(phrase: string): RegExp {
  const start = /^[a-z0-9]/i.test(phrase) ? NOT_INSIDE : '';
  const end = /\d$/.test(phrase) ? '(?!\\d)' : '';
  return new RegExp(start + parts(phrase).map(escaped).join(JOINT) + end, 'gu');
}

/** A word, with other endings if it is long enough to have a stem. */
function latinPattern(word: string): RegExp {
  const all = parts(word);
  const last = all.pop() ?? '';
  const stem = last.replace(ENDING, '');
  const ending = stem.length >= MIN_STEM && /^[a-z]+$/.test(last) ? '[a-z]{0,5}' : '';
  const end = ending ? escaped(stem) + ending : escaped(last) + (last.length > 2 ? '[a-z]*' : '');
  return new RegExp(`${NOT_INSIDE}${[...all.map(escaped), end].join(JOINT)}(?![a-z0-9])`, 'gu');
}

/** parts('GPT3-like') → ['gpt', '3', 'like']: between them a text may have a hyphen or a space. */
function parts(words: string): string[] {
  return lower(words)
    .split(/[\s-]+|(?<=[a-z])(?=\d)/)
    .filter(Boolean);
}

/** The run as a whole, or the longest pieces of it (two characters and more) that the text holds. */
function hanRanges(run: string, low: string): Range[] {
  const whole = occurrences(new RegExp(run, 'gu'), low);
  if (whole.length > 0 || run.length < 3) return whole;
  const found: Range[] = [];
  let at = 0;
  while (at < run.length - 1) {
    let end = at + 2;
    while (end <= run.length && low.includes(run.slice(at, end))) end += 1;
    const piece = run.slice(at, end - 1);
    if (piece.length > 1) found.push(...occurrences(new RegExp(piece, 'gu'), low));
    at += Math.max(1, piece.length - 1);
  }
  return found;
}

function occurrences(pattern: RegExp, low: string): Range[] {
  return [...low.matchAll(pattern)].flatMap(({ index, 0: { length } }): Range[] =>
    length > 0 ? [[index, index + length]] : [],
  );
}

function merged(ranges: readonly Range[]): Range[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
