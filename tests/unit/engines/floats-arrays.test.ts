import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundAll, rounderOf, roundTo } from '../../../src/engines/floats/index.ts';

test.each(['fp16', 'bf16', 'tf32', 'fp32', 'fp8_e4m3fn', 'fp8_e5m2'] as const)(
  '%s: a whole array and the unchecked rounder round as roundTo does',
  (format) => {
    const one = rounderOf(format);
    fc.assert(
      fc.property(fc.array(fc.double()), (numbers) => {
        const expected = numbers.map((x) => roundTo(format, x));
        expect([...roundAll(format, Float64Array.from(numbers))]).toEqual(expected);
        expect(numbers.map((x) => one(x))).toEqual(expected);
      }),
    );
  },
);
