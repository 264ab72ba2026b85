import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cohenKappa } from '../../../src/engines/agreement/index.ts';

it('is negative for two annotators who each say "good" 95 % of the time and agree on 90 %', () => {
  const { observed, expected, kappa } = cohenKappa({
    table: [
      [90, 5],
      [5, 0],
    ],
  });
  expect(observed).toBeCloseTo(0.9, 12);
  expect(expected).toBeCloseTo(0.905, 12);
  expect(kappa).toBeCloseTo(-0.005 / 0.095, 12);
});

it('is 0.70 for balanced two-way labels with 85 % agreement', () => {
  expect(
    cohenKappa({
      table: [
        [42.5, 7.5],
        [7.5, 42.5],
      ],
    }).kappa,
  ).toBeCloseTo(0.7, 12);
});

it('is 1 for full agreement, at most 1 always, and 0 for independent answers', () => {
  const count = fc.integer({ min: 1, max: 500 });
  fc.assert(
    fc.property(count, count, count, count, (a, b, c, d) => {
      expect(
        cohenKappa({
          table: [
            [a, b],
            [c, d],
          ],
        }).kappa,
      ).toBeLessThanOrEqual(1);
      expect(
        cohenKappa({
          table: [
            [a, 0],
            [0, d],
          ],
        }).kappa,
      ).toBe(1);
      expect(
        cohenKappa({
          table: [
            [a * c, a * d],
            [b * c, b * d],
          ],
        }).kappa,
      ).toBeCloseTo(0, 10);
    }),
  );
});

it('refuses a table that is not square, empty, or of one class', () => {
  expect(() => cohenKappa({ table: [[1, 2]] })).toThrow(/square/);
  expect(() =>
    cohenKappa({
      table: [
        [0, 0],
        [0, 0],
      ],
    }),
  ).toThrow(/at least one item/);
  expect(() =>
    cohenKappa({
      table: [
        [9, 0],
        [0, 0],
      ],
    }),
  ).toThrow(/more than one class/);
  expect(() => cohenKappa({ table: 'x' as never })).toThrow(TypeError);
});
