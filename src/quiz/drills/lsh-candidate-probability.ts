import { lshProbability, lshThreshold } from '../../engines/dedup/index.ts';
import type { Drill } from './drill.ts';

interface Params {
  /** Jaccard similarity of the pair. */
  s: number;
  /** Bands, and rows (hashes) in each. */
  b: number;
  r: number;
}

/** Settings in use (datatrove 14 × 8, NeMo Curator 20 × 13) and common neighbors. */
const BANDINGS: readonly (readonly [b: number, r: number])[] = [
  [14, 8],
  [20, 5],
  [16, 8],
  [20, 13],
  [10, 10],
  [32, 4],
];

/** Will MinHash LSH look at a near-duplicate pair? The example is FineWeb's published 92.4 % at 0.8. */
const drill: Drill<Params> = {
  example: { s: 0.8, b: 14, r: 8 },

  draw(random) {
    const [b, r] = BANDINGS[Math.floor(random() * BANDINGS.length)] ?? [14, 8];
    // Similarities around the steep part of the curve: elsewhere the answer is 0 or 1.
    const wanted = 0.15 + 0.8 * random();
    const grid = Array.from({ length: 16 }, (_, step) => (20 + 5 * step) / 100).filter(
      (s) => s < 1,
    );
    const s = grid.reduce((best, candidate) =>
      Math.abs(lshProbability({ s: candidate, b, r }) - wanted) <
      Math.abs(lshProbability({ s: best, b, r }) - wanted)
        ? candidate
        : best,
    );
    return { s, b, r };
  },

  solve({ s, b, r }) {
    const band = lshProbability({ s, b: 1, r });
    const value = lshProbability({ s, b, r });
    const { numHashes, approxThreshold } = lshThreshold({ b, r });
    return {
      value,
      unit: 'ratio',
      tolerance: 0.02,
      shown: {
        s: s.toFixed(2),
        b: String(b),
        r: String(r),
        hashes: String(numHashes),
        band: band.toFixed(4),
        noBand: (1 - band).toFixed(4),
        missed: (1 - value).toFixed(3),
        probability: value.toFixed(3),
        threshold: approxThreshold.toFixed(2),
      },
    };
  },
};

export default drill;
