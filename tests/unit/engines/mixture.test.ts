import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tokenShares } from '../../../src/engines/mixture/index.ts';
import { refusal } from './refusals.ts';

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

it('weighs a source by its tokens, not by its examples', () => {
  expect(tokenShares({ examples: [90, 10], tokensPerExample: [100, 2100] })).toEqual({
    shares: [0.3, 0.7],
    tokensPerExample: 300,
  });
  expect(tokenShares({ examples: [0, 5], tokensPerExample: [7, 3] })).toEqual({
    shares: [0, 1],
    tokensPerExample: 3,
  });
});

it.each<[unknown, unknown, string]>([
  [1, [3], 'TypeError: examples must be a list, got 1'],
  [[3], undefined, 'TypeError: tokensPerExample must be a list, got undefined'],
  [
    [1],
    [],

    'RangeError: examples and tokensPerExample must be lists of one length ≥ 1, got 1 and 0',
  ],
  [
    [],
    [],

    'RangeError: examples and tokensPerExample must be lists of one length ≥ 1, got 0 and 0',
  ],
  [[2, -1], [3, 3], 'RangeError: examples[1] must be a finite number ≥ 0, got -1'],
  [[2, 1], [3, '4'], 'TypeError: tokensPerExample[1] must be a number, got "4"'],
  [[0], [3], 'RangeError: examples must hold at least one token in all, got 0'],
])('refuses %j examples of %j tokens', (examples, tokensPerExample, message) => {
  const call = () =>
    tokenShares({
      examples: examples as number[],
      tokensPerExample: tokensPerExample as number[],
    });
  expect(refusal(call)).toBe(message);
});
