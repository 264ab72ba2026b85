import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tokenShares } from '../../../src/engines/mixture/index.ts';

// Llama 3, arXiv:2407.21783 Table 7: English, code, multilingual, exam-like, reasoning and tools, long context.
const examples = [52.66, 14.89, 3.01, 8.14, 21.19, 0.11];

it.each([
  ['all tokens', [974.0, 753.3, 520.5, 297.8, 661.6, 38135.6], 846.1],
  ['context', [656.7, 378.8, 230.8, 124.4, 359.8, 37395.2], 535.7],
  ['final response', [317.1, 374.5, 289.7, 173.4, 301.9, 740.5], 310.4],
])(
  'gives the published mean of %s from the published rows, within rounding',
  (_, tokensPerExample, mean) => {
    expect(tokenShares({ examples, tokensPerExample }).tokensPerExample / mean).toBeCloseTo(1, 2);
  },
);

it('gives shares that sum to 1 and do not depend on the unit of the counts', () => {
  const sources = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 10000 }), fc.integer({ min: 1, max: 50000 })),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(sources, (rows) => {
      const tokensPerExample = rows.map(([, tokens]) => tokens);
      const counts = rows.map(([count]) => count);
      const { shares } = tokenShares({ examples: counts, tokensPerExample });
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
      const scaled = tokenShares({ examples: counts.map((count) => count / 7), tokensPerExample });
      scaled.shares.forEach((share, index) => {
        expect(share).toBeCloseTo(shares[index] ?? Number.NaN, 10);
      });
    }),
  );
});

it('refuses lists of unequal length, negative counts and an empty mixture', () => {
  expect(() => tokenShares({ examples: [1], tokensPerExample: [] })).toThrow(RangeError);
  expect(() => tokenShares({ examples: [-1], tokensPerExample: [3] })).toThrow(/examples\[0\]/);
  expect(() => tokenShares({ examples: [0], tokensPerExample: [3] })).toThrow(/at least one token/);
  expect(() => tokenShares({ examples: 1 as never, tokensPerExample: [3] })).toThrow(TypeError);
});
