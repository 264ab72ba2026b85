import { finiteNumber, integer } from '../arguments.ts';

/** b bands of r rows (hashes) each. Lee et al. (arXiv:2107.06499) use the two letters the other way round. */
export interface Banding {
  b: number;
  r: number;
}

function banding({ b, r }: Banding): void {
  integer('b', b, 1);
  integer('r', r, 1);
}

/**
 * Probability that a pair of Jaccard similarity `s` becomes a candidate: 1 − (1 − s^r)^b. One row of
 * a MinHash signature agrees with probability s, a band when all r rows do, the pair when one band does.
 *
 * @throws RangeError if `s` is outside 0…1 or `b`, `r` are not integers ≥ 1.
 */
export function lshProbability({ s, b, r }: Banding & { s: number }): number {
  finiteNumber('s', s, 0, 1);
  banding({ b, r });
  // expm1/log1p keep the digits of a tiny probability, which 1 − (1 − x)^b would cancel away.
  return -Math.expm1(b * Math.log1p(-(s ** r)));
}

/**
 * The shape of the S-curve: hashes needed, the usual estimate (1/b)^(1/r) of its steep part, and the
 * similarity at which a pair has an even chance of becoming a candidate.
 *
 * @throws RangeError if `b` or `r` is not an integer ≥ 1.
 */
export function lshThreshold({ b, r }: Banding): {
  numHashes: number;
  approxThreshold: number;
  sAtPHalf: number;
} {
  banding({ b, r });
  return {
    numHashes: b * r,
    approxThreshold: (1 / b) ** (1 / r),
    sAtPHalf: (-Math.expm1(-Math.LN2 / b)) ** (1 / r),
  };
}
