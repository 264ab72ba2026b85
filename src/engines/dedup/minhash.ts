import { integer } from '../arguments.ts';
import type { Banding } from './lsh.ts';
import { mix, shingleHashes } from './shingleHashes.ts';
import type { ShingleUnit } from './shingles.ts';

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
  const hashes = shingleHashes(text, unit);
  if (hashes.length === 0) {
    throw new RangeError(
      `text must hold at least one ${unit} shingle, got ${JSON.stringify(text)}`,
    );
  }
  return [...leastHashes(hashes, hashRows(numHashes, seed))];
}

/** Two independent-looking words for each row of a signature: an odd multiplier and an offset. */
export interface HashRows {
  multipliers: Int32Array;
  offsets: Int32Array;
}

export function hashRows(numHashes: number, seed: number): HashRows {
  const offsets = Int32Array.from({ length: numHashes }, (_, row) =>
    mix(seed + Math.imul(row + 1, 0x9e3779b9)),
  );
  return { offsets, multipliers: offsets.map((offset) => mix(offset ^ 0x85ebca6b) | 1) };
}

/** The signature of a set of hashed shingles. */
export function leastHashes(
  hashes: Uint32Array,
  { multipliers, offsets }: HashRows,
  into = new Uint32Array(offsets.length),
): Uint32Array {
  for (let row = 0; row < offsets.length; row += 1) {
    const multiplier = multipliers[row]!;
    const offset = offsets[row]!;
    let least = 0xffffffff;
    for (let index = 0; index < hashes.length; index += 1) {
      const value = mix(Math.imul(hashes[index]!, multiplier) + offset);
      if (value < least) least = value;
    }
    into[row] = least;
  }
  return into;
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
