import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  jaccard,
  lshProbability,
  lshThreshold,
  shingleOverlap,
} from '../../src/engines/dedup/index.ts';

interface Counts {
  size_a: number;
  size_b: number;
  intersection: number;
  union: number;
  jaccard: number;
}
interface Golden {
  s_curves: {
    b: number;
    r: number;
    num_hashes: number;
    approx_threshold: number;
    s_at_p_half: number;
    values: { s: number; p: number }[];
  }[];
  pairs: {
    id: string;
    case: string;
    a: string;
    b: string;
    word3: Counts;
    char5: Counts;
    p_candidate_word3: { b: number; r: number; p: number }[];
  }[];
}
const golden: Golden = JSON.parse(
  readFileSync(new URL('./data/golden-minhash.json', import.meta.url), 'utf8'),
);

describe('S-curves', () => {
  it.each(golden.s_curves)('b = $b, r = $r', ({ b, r, values, ...shape }) => {
    const found = lshThreshold({ b, r });
    expect(found.numHashes).toBe(shape.num_hashes);
    expect(found.approxThreshold).toBeCloseTo(shape.approx_threshold, 8);
    expect(found.sAtPHalf).toBeCloseTo(shape.s_at_p_half, 8);
    for (const { s, p } of values) {
      expect(Math.abs(lshProbability({ s, b, r }) - p)).toBeLessThanOrEqual(1e-9);
    }
  });
});

describe('pairs', () => {
  it.each(golden.pairs)('$id: $case', ({ a, b, word3, char5, p_candidate_word3 }) => {
    for (const [unit, counts] of [
      ['word3', word3],
      ['char5', char5],
    ] as const) {
      const overlap = shingleOverlap({ a, b, unit });
      expect(overlap).toEqual({
        sizeA: counts.size_a,
        sizeB: counts.size_b,
        intersection: counts.intersection,
        union: counts.union,
        jaccard: overlap.jaccard,
      });
      expect(jaccard(a, b, unit)).toBeCloseTo(counts.jaccard, 12);
    }
    for (const row of p_candidate_word3) {
      const p = lshProbability({ s: jaccard(a, b, 'word3'), b: row.b, r: row.r });
      expect(Math.abs(p - row.p)).toBeLessThanOrEqual(1e-9);
    }
  });
});
