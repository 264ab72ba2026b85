import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNumber } from '../../../../src/labs/kit/parseNumber.ts';

test.each([
  ['4096', 4096],
  ['4,096', 4096],
  ['7.5e9', 7.5e9],
  ['7.5B', 7.5e9],
  ['80 G', 80e9],
  ['2^16', 65536],
  ['2^-24', 2 ** -24],
  ['−3', -3],
  ['６４', 64],
  ['.5', 0.5],
])('reads %s', (typed, value) => {
  expect(parseNumber(typed)).toBe(value);
});

test.each([
  '',
  ' ',
  'NaN',
  'Infinity',
  '1e999',
  '2^9999',
  '12 apples',
  '1,2',
  '0x10',
  '--1',
  '7.5.1',
])('refuses “%s”', (typed) => {
  expect(parseNumber(typed)).toBeUndefined();
});

test('reads back every number that is printed', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(parseNumber(String(value))).toBe(value + 0);
    }),
  );
});

test('never throws and never returns what is not finite', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const value = parseNumber(typed);
      expect(value === undefined || Number.isFinite(value)).toBe(true);
    }),
  );
});
