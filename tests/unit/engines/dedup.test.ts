import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  estimateJaccard,
  isCandidate,
  jaccard,
  lshProbability,
  lshThreshold,
  minhashSignature,
  SHINGLE_UNITS,
  shingleOverlap,
  shingles,
} from '../../../src/engines/dedup/index.ts';
import { refuses } from './refusals.ts';

const unit = fc.constantFrom(...SHINGLE_UNITS);
const prose = fc
  .array(fc.constantFrom('mask', 'the', 'Prompt', '梯度', '🚀', 'loss,', '\n', 'a1'), {
    maxLength: 20,
  })
  .map((words) => words.join(' '));
const similarity = fc.double({ min: 0, max: 1, noNaN: true });
const BANDING = { b: 'an integer ≥ 1', r: 'an integer ≥ 1' } as const;
const small = fc.integer({ min: 1, max: 60 });

describe('shingles', () => {
  it('counts each Han character as a word and drops punctuation', () => {
    expect([...shingles('FP16训练，快！', 'word3')]).toEqual(['fp16 训 练', '训 练 快']);
  });

  it('collapses white space for characters, keeps punctuation, counts code points', () => {
    expect([...shingles('  a\u0085\tb🚀c! ', 'char5')]).toEqual(['a b🚀c', ' b🚀c!']);
  });

  it('does not change when a lower-cased text is lower-cased again', () => {
    fc.assert(
      fc.property(prose, unit, (text, u) => {
        expect(shingles(text.toLowerCase(), u)).toEqual(shingles(text, u));
      }),
    );
  });
});

describe('jaccard', () => {
  it('is symmetric, lies in 0…1, and is 1 for a text with itself unless it has no shingle', () => {
    fc.assert(
      fc.property(prose, prose, unit, (a, b, u) => {
        const value = jaccard(a, b, u);
        expect(value).toBe(jaccard(b, a, u));
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(jaccard(a, a, u)).toBe(shingles(a, u).size === 0 ? 0 : 1);
      }),
    );
  });

  it('refuses what is no text', () => {
    const { a: _, ...none } = { a: '', b: 'b', unit: 'word3' } as const;
    expect(() => shingleOverlap({ ...none, a: 3 as never })).toThrow(
      new TypeError('text must be a string, got 3'),
    );
  });

  refuses(shingleOverlap, { a: 'a', b: 'b', unit: 'word3' }, { unit: 'one of word3, char5' });
});

describe('lshProbability', () => {
  it('never falls with s or b, never rises with r', () => {
    fc.assert(
      fc.property(similarity, similarity, small, small, (s1, s2, b, r) => {
        const [low, high] = s1 < s2 ? [s1, s2] : [s2, s1];
        const at = (s: number, bands = b, rows = r) => lshProbability({ s, b: bands, r: rows });
        expect(at(high)).toBeGreaterThanOrEqual(at(low));
        expect(at(low, b + 1)).toBeGreaterThanOrEqual(at(low));
        expect(at(low, b, r + 1)).toBeLessThanOrEqual(at(low));
        expect(at(0)).toBeCloseTo(0, 15);
        expect(at(1)).toBe(1);
      }),
    );
  });

  it('is one half where lshThreshold says so', () => {
    fc.assert(
      fc.property(small, small, (b, r) => {
        const s = lshThreshold({ b, r }).sAtPHalf;
        expect(lshProbability({ s, b, r })).toBeCloseTo(0.5, 10);
      }),
    );
  });

  it('keeps the digits of a tiny probability', () => {
    expect(lshProbability({ s: 0.1, b: 450, r: 20 }) / 4.5e-18).toBeCloseTo(1, 10);
  });

  refuses(
    lshProbability,
    { s: 0.5, b: 14, r: 8 },
    { s: 'a finite number from 0 to 1', ...BANDING },
  );
});

describe('lshThreshold', () => refuses(lshThreshold, { b: 14, r: 8 }, BANDING));

describe('MinHash', () => {
  const a = 'Write a Python function that returns the longest word in a sentence.';
  const b = 'Write a Python function that returns the shortest word in a sentence.';
  const sign = (text: string, seed: number, numHashes = 112) =>
    minhashSignature({ text, unit: 'char5', numHashes, seed });

  it('gives the same signature for the same seed on every machine, and another for another', () => {
    // Pinned: whoever changes the hashes changes what every seed that was written down means.
    expect(sign(a, 1, 4)).toEqual([112048156, 38133409, 42171157, 61217748]);
    expect(sign(a, 2, 4)).toEqual([20026267, 6752323, 100069936, 70361648]);
  });

  it('depends on the set of shingles only, and agrees wholly for equal sets', () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (text, seed) => {
        fc.pre(shingles(text, 'char5').size > 0);
        const signature = sign(text, seed, 8);
        expect(signature.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
        expect(sign(` ${text.toUpperCase()}`.toLowerCase(), seed, 8)).toEqual(
          sign(text.toLowerCase(), seed, 8),
        );
        expect(estimateJaccard(signature, signature)).toBe(1);
      }),
    );
  });

  it('estimates the Jaccard similarity: within 4 standard errors over many hashes', () => {
    const exact = jaccard(a, b, 'char5');
    const hashes = 4096;
    const estimate = estimateJaccard(sign(a, 5, hashes), sign(b, 5, hashes));
    expect(Math.abs(estimate - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / hashes));
  });

  it('makes a pair a candidate as often as the formula says', () => {
    const banding = { b: 14, r: 8 };
    const runs = 1500;
    let hits = 0;
    for (let seed = 0; seed < runs; seed += 1) {
      if (isCandidate(sign(a, seed), sign(b, seed), banding)) hits += 1;
    }
    const p = lshProbability({ s: jaccard(a, b, 'char5'), ...banding });
    expect(Math.abs(hits / runs - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / runs));
  });

  it('refuses a text without shingles, unequal signatures and too few rows', () => {
    const one = { b: 1, r: 1 };
    expect(() => sign('Hi', 0)).toThrow(
      new RangeError('text must hold at least one char5 shingle, got "Hi"'),
    );
    for (const compare of [estimateJaccard, (x: number[], y: number[]) => isCandidate(x, y, one)]) {
      for (const [x, y] of [
        [[1], [1, 2]],
        [[1, 2], [1]],
        [[], []],
      ] as [number[], number[]][]) {
        expect(() => compare(x, y)).toThrow(
          new RangeError(`signatures must be of one length ≥ 1, got ${x.length} and ${y.length}`),
        );
      }
    }
    expect(() => isCandidate([1, 2], [1, 2], { b: 2, r: 2 })).toThrow(
      new RangeError('signatures must hold at least b·r = 4 rows, got 2'),
    );
  });

  it('takes as a candidate what shares any one band, and reads no rows beyond them', () => {
    const of = (other: number[]) => isCandidate([1, 2, 3, 4, 5], other, { b: 2, r: 2 });
    expect(of([1, 2, 0, 0, 0])).toBe(true);
    expect(of([0, 0, 3, 4, 0])).toBe(true);
    expect(of([1, 0, 3, 0, 5])).toBe(false);
    expect(of([0, 2, 3, 0, 5])).toBe(false);
  });

  refuses(
    minhashSignature,
    { text: a, unit: 'char5', numHashes: 4, seed: 1 },
    {
      unit: 'one of word3, char5',
      numHashes: 'an integer ≥ 1',
      seed: `an integer from 0 to ${2 ** 32 - 1}`,
    },
  );
  describe('isCandidate', () =>
    refuses(
      (banding: { b: number; r: number }) => isCandidate([1], [1], banding),
      { b: 1, r: 1 },
      BANDING,
    ));
});
