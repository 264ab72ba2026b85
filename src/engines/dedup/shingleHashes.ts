import { oneOf } from '../arguments.ts';
import { SHINGLE_UNITS, type ShingleUnit, WHITE_SPACE } from './shingles.ts';

/**
 * FNV-1a over UTF-16 code units, then mixed: a shingle as an unsigned 32-bit number. Two different
 * shingles share one about once in 4 billion.
 */
export function hashShingle(shingle: string): number {
  let hash = START;
  for (let index = 0; index < shingle.length; index += 1) {
    hash = Math.imul(hash ^ shingle.charCodeAt(index), PRIME);
  }
  return mix(hash);
}

/**
 * The shingles of a text as numbers: `hashShingle` of each of `shingles(text, unit)`, distinct and
 * ascending. Makes no string of a shingle, which is what a hundred thousand texts need.
 *
 * @throws TypeError if `text` is not a string; RangeError if `unit` is not a known unit.
 */
export function shingleHashes(text: string, unit: ShingleUnit): Uint32Array {
  if (typeof text !== 'string') throw new TypeError(`text must be a string, got ${String(text)}`);
  oneOf('unit', unit, SHINGLE_UNITS);
  const lower = text.toLowerCase();
  const found = unit === 'word3' ? wordRuns(lower) : characterRuns(lower);
  found.sort();
  let distinct = 0;
  for (let index = 0; index < found.length; index += 1) {
    if (index === 0 || found[index] !== found[index - 1]) found[distinct++] = found[index]!;
  }
  return found.subarray(0, distinct);
}

/** The finalizer of MurmurHash3 (public domain): a bijection of the 32-bit integers that spreads every bit. */
export function mix(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const START = 0x811c9dc5;
const PRIME = 0x01000193;
const SPACE = 32;

// Lent from text to text: where the pieces (words, code points) of the present one begin and end.
let begins = new Int32Array(1024);
let ends = new Int32Array(1024);

function piece(count: number, begin: number, end: number): number {
  if (count === begins.length) {
    begins = grown(begins);
    ends = grown(ends);
  }
  begins[count] = begin;
  ends[count] = end;
  return count + 1;
}

function grown(list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(list.length * 2);
  longer.set(list);
  return longer;
}

function wordRuns(lower: string): Uint32Array {
  let count = 0;
  let begin = -1;
  for (let index = 0; index <= lower.length; index += 1) {
    const code = index < lower.length ? lower.charCodeAt(index) : SPACE;
    const inWord = (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    if (inWord) {
      if (begin < 0) begin = index;
      continue;
    }
    if (begin >= 0) {
      count = piece(count, begin, index);
      begin = -1;
    }
    if (code >= 0x4e00 && code <= 0x9fff) count = piece(count, index, index + 1);
  }
  return runs(lower, count, 3, true);
}

function characterRuns(lower: string): Uint32Array {
  const text = lower.replace(WHITE_SPACE, ' ').replace(/^ | $/g, '');
  let count = 0;
  for (let index = 0; index < text.length; ) {
    const width = text.codePointAt(index)! > 0xffff ? 2 : 1;
    count = piece(count, index, index + width);
    index += width;
  }
  return runs(text, count, 5, false);
}

function runs(text: string, count: number, length: number, spaced: boolean): Uint32Array {
  const found = new Uint32Array(Math.max(0, count - length + 1));
  for (let start = 0; start < found.length; start += 1) {
    let hash = START;
    for (let at = start; at < start + length; at += 1) {
      if (spaced && at > start) hash = Math.imul(hash ^ SPACE, PRIME);
      const end = ends[at]!;
      for (let index = begins[at]!; index < end; index += 1) {
        hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
      }
    }
    found[start] = mix(hash);
  }
  return found;
}
