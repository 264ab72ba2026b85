import { type ShingleUnit, shingles } from './shingles.ts';

export interface Overlap {
  /** Distinct shingles of the first and of the second text. */
  sizeA: number;
  sizeB: number;
  intersection: number;
  union: number;
  /** |A ∩ B| / |A ∪ B|, from 0 to 1. */
  jaccard: number;
}

/**
 * How the shingle sets of two texts overlap.
 *
 * Two texts without a single shingle have Jaccard 0, not 1: "Hi" and "Thanks" carry no evidence of
 * being copies. Very short texts are a case for exact hashing.
 *
 * @throws TypeError if a text is not a string; RangeError if `unit` is not a known unit.
 */
export function shingleOverlap(input: { a: string; b: string; unit: ShingleUnit }): Overlap {
  const setA = shingles(input.a, input.unit);
  const setB = shingles(input.b, input.unit);
  let intersection = 0;
  for (const shingle of setA) if (setB.has(shingle)) intersection += 1;
  const union = setA.size + setB.size - intersection;
  return {
    sizeA: setA.size,
    sizeB: setB.size,
    intersection,
    union,
    jaccard: union === 0 ? 0 : intersection / union,
  };
}

/** Jaccard similarity of two texts, from 0 to 1; see {@link shingleOverlap}. */
export function jaccard(a: string, b: string, unit: ShingleUnit): number {
  return shingleOverlap({ a, b, unit }).jaccard;
}
