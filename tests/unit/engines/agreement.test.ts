import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cohenKappa } from '../../../src/engines/agreement/index.ts';
import { refusal } from './refusals.ts';

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

it('knows any number of classes, and which annotator said what', () => {
  // p_o = 10/20; p_e = (8·6 + 7·6 + 5·8) / 400.
  const { observed, expected, kappa } = cohenKappa({
    table: [
      [4, 1, 3],
      [1, 4, 2],
      [1, 1, 3],
    ],
  });
  expect(observed).toBeCloseTo(11 / 20, 12);
  expect(expected).toBeCloseTo(130 / 400, 12);
  expect(kappa).toBeCloseTo((11 / 20 - 0.325) / 0.675, 12);
});

it('does not depend on who is first, on the unit of the counts, or on the order of the classes', () => {
  const tables = fc.integer({ min: 2, max: 5 }).chain((n) =>
    fc.array(fc.array(fc.integer({ min: 1, max: 99 }), { minLength: n, maxLength: n }), {
      minLength: n,
      maxLength: n,
    }),
  );
  fc.assert(
    fc.property(tables, (table) => {
      const { kappa } = cohenKappa({ table });
      const turned = table.map((_, i) => table.map((row) => row[i] as number));
      const shares = table.map((row) => row.map((count) => count / 7));
      const reversed = table.map((row) => [...row].reverse()).reverse();
      for (const same of [turned, shares, reversed]) {
        expect(cohenKappa({ table: same }).kappa).toBeCloseTo(kappa, 10);
      }
    }),
  );
});

it('has no κ where chance alone agrees always, however much of the one class there is', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (count) => {
      const table = [
        [0, 0],
        [0, count],
      ];
      expect(() => cohenKappa({ table })).toThrow(/more than one class/);
    }),
  );
});

it.each<[unknown, string]>([
  ['x', 'TypeError: table must be a list of lists of numbers, got x'],
  [[1, 2], 'TypeError: table must be a list of lists of numbers, got 1,2'],
  [[[1, 2], 3], 'TypeError: table must be a list of lists of numbers, got 1,2,3'],
  [[], 'RangeError: table must be square with at least 2 classes, got rows of '],
  [[[5]], 'RangeError: table must be square with at least 2 classes, got rows of 1'],
  [[[1, 2]], 'RangeError: table must be square with at least 2 classes, got rows of 2'],
  [
    [
      [1, 2],
      [3, 4, 5],
    ],

    'RangeError: table must be square with at least 2 classes, got rows of 2,3',
  ],
  [
    [
      [1, 2, 3],
      [3, 4, 5],
    ],

    'RangeError: table must be square with at least 2 classes, got rows of 3,3',
  ],
  [
    [
      [1, 2],
      [-3, 4],
    ],

    'RangeError: table[1][0] must be a finite number ≥ 0, got -3',
  ],
  [
    [
      [0, 0],
      [0, 0],
    ],

    'RangeError: table must hold at least one item, got 0',
  ],
  [
    [
      [9, 0],
      [0, 0],
    ],

    'RangeError: table must use more than one class: κ is undefined at chance agreement 1',
  ],
])('refuses %j', (table, message) => {
  const call = () => cohenKappa({ table: table as number[][] });
  expect(refusal(call)).toBe(message);
});
