import { oneOf } from '../arguments.ts';

/** Shingle units: runs of three word tokens, or runs of five characters. */
export const SHINGLE_UNITS = ['word3', 'char5'] as const;
export type ShingleUnit = (typeof SHINGLE_UNITS)[number];

/** A run of ASCII letters or digits is one token; each CJK unified ideograph of the basic block is one. */
const WORD_TOKEN = /[a-z0-9]+|[\u4e00-\u9fff]/g;

/** Unicode white space, written out: JavaScript's \s adds U+FEFF and leaves out U+001C–U+001F and U+0085. */
export const WHITE_SPACE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these control characters count as white space
  /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/**
 * The set of shingles of a text, lower-cased.
 *
 * `word3`: three consecutive word tokens (punctuation separates and disappears). `char5`: five
 * consecutive code points, white space collapsed to one space and trimmed, punctuation kept.
 * A text shorter than one shingle gives an empty set.
 *
 * @throws TypeError if `text` is not a string; RangeError if `unit` is not a known unit.
 */
export function shingles(text: string, unit: ShingleUnit): Set<string> {
  if (typeof text !== 'string') throw new TypeError(`text must be a string, got ${String(text)}`);
  oneOf('unit', unit, SHINGLE_UNITS);
  const lower = text.toLowerCase();
  return unit === 'word3'
    ? runs(lower.match(WORD_TOKEN) ?? [], 3, ' ')
    : runs([...lower.replace(WHITE_SPACE, ' ').replace(/^ | $/g, '')], 5, '');
}

function runs(pieces: readonly string[], length: number, glue: string): Set<string> {
  const found = new Set<string>();
  for (let start = 0; start + length <= pieces.length; start += 1) {
    found.add(pieces.slice(start, start + length).join(glue));
  }
  return found;
}
