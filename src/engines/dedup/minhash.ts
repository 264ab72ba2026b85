import { integer } from '../arguments.ts';
import type { Banding } from './lsh.ts';
import { type ShingleUnit, shingles } from './shingles.ts';

/**
 * MinHash signature of a text: for each of `numHashes` seeded hash functions, the least hash (an
 * unsigned 32-bit integer) among the text's shingles. The same seed gives the same signature on every
 * machine; signatures are comparable only under one seed and unit.
 *
 * @throws RangeError if the text has no shingle (an all-equal filler would make every short text a
 * duplicate of every other), if `numHashes` is not an integer ≥ 1 or `seed` not one from 0 to 2³² − 1.
 */
export function minhashSignature(input: {
  text: string;
  unit: ShingleUnit;
  numHashes: number;
  seed: number;
}): number[] {
  const { text, unit, numHashes, seed } = input;
  integer('numHashes', numHashes, 1);
  integer('seed', seed, 0, 2 ** 32 - 1);
  const hashes = [...shingles(text, unit)].map(hashString);
  if (hashes.length === 0) {
    throw new RangeError(
      `text must hold at least one ${unit} shingle, got ${JSON.stringify(text)}`,
    );
  }
  return Array.from({ length: numHashes }, (_, row) => {
    // Two independent-looking words per row: an odd multiplier and an offset.
    const offset = mix(seed + Math.imul(row + 1, 0x9e3779b9));
    const multiplier = mix(offset ^ 0x85ebca6b) | 1;
    let least = 0xffffffff;
    for (const hash of hashes) {
      const value = mix(Math.imul(hash, multiplier) + offset);
      if (value < least) least = value;
    }
    return least;
  });
}

/**
 * Share of rows on which two signatures agree: an unbiased estimate of the Jaccard similarity (up to
 * 32-bit hash collisions), with standard deviation √(s(1 − s)/n).
 *
 * @throws RangeError if the signatures differ in length or are empty.
 */
export function estimateJaccard(a: readonly number[], b: readonly number[]): number {
  sameLength(a, b);
  return a.filter((value, row) => value === b[row]).length / a.length;
}

/**
 * Whether two signatures share at least one whole band.
 *
 * @throws RangeError if the signatures differ in length or hold fewer than b·r rows.
 */
export function isCandidate(
  signatureA: readonly number[],
  signatureB: readonly number[],
  { b, r }: Banding,
): boolean {
  sameLength(signatureA, signatureB);
  integer('b', b, 1);
  integer('r', r, 1);
  if (signatureA.length < b * r) {
    throw new RangeError(
      `signatures must hold at least b·r = ${b * r} rows, got ${signatureA.length}`,
    );
  }
  const bandAgrees = (band: number): boolean => {
    for (let row = band * r; row < (band + 1) * r; row += 1) {
      if (signatureA[row] !== signatureB[row]) return false;
    }
    return true;
  };
  return Array.from({ length: b }, (_, band) => band).some(bandAgrees);
}

function sameLength(a: readonly number[], b: readonly number[]): void {
  if (a.length === 0 || a.length !== b.length) {
    throw new RangeError(`signatures must be of one length ≥ 1, got ${a.length} and ${b.length}`);
  }
}

/** FNV-1a over UTF-16 code units: a 32-bit hash of a string. */
function hashString(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix(hash);
}

/** The finalizer of MurmurHash3 (public domain): a bijection of the 32-bit integers that spreads every bit. */
function mix(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
