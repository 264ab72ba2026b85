import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accumulate,
  cast,
  FORMAT_NAMES,
  type FormatName,
  fieldsOf,
  fromBits,
  roundAll,
  rounderOf,
  roundTo,
  toBits,
  updatesUntilVisible,
  zoneOf,
} from '../../../src/engines/floats/index.ts';
import { refusal } from './refusals.ts';

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

test('a target of its own leaves the source as it was, and may be longer', () => {
  const source = Float64Array.of(1 / 3, -0, -1 / 3, 1e6, -1e6, NaN);
  const before = source.slice();
  const target = new Float64Array(8).fill(7);
  expect(roundAll('fp16', source, target)).toBe(target);
  expect([...target]).toEqual([...before].map((x) => roundTo('fp16', x)).concat(7, 7));
  expect(source).toEqual(before);
  // Numbers that begin inside a buffer, as a part of a longer array does.
  const part = Float64Array.of(9, 1 / 3, 2 / 3).subarray(1);
  expect([...roundAll('bf16', part)]).toEqual([1 / 3, 2 / 3].map((x) => roundTo('bf16', x)));
});

test('one cast saturates its bits as well as its value', () => {
  const { value, bits } = cast({ format: 'fp8_e4m3fn', x: -500, saturate: true });
  expect([value, bits]).toEqual([-448, 0xfe]);
  expect(cast({ format: 'fp16', x: -70_000 }).bits).toBe(0xfc00);
});

const odd = 'fp12' as FormatName;
const unknown = `RangeError: format must be one of ${FORMAT_NAMES.join(', ')}, got "fp12"`;
test.each<[() => unknown, string]>([
  [() => rounderOf(odd), unknown],
  [() => roundAll(odd, new Float64Array(1)), unknown],
  [() => roundTo(odd, 'x' as never), unknown],
  [() => accumulate({ format: odd, master: 'fp32', start: 0, update: 0, steps: 0 }), unknown],
  [() => fieldsOf(odd, 0), unknown],
  [() => roundTo('fp16', '1' as never), 'TypeError: x must be a number, got 1'],
  [() => zoneOf('fp16', NaN), 'RangeError: x must be a number other than NaN, got NaN'],
  [() => zoneOf('fp16', '1' as never), 'RangeError: x must be a number other than NaN, got 1'],
  [
    () => fromBits('fp16', 65_536),
    'RangeError: bits must be an integer from 0 to 65535, got 65536',
  ],
  [
    () => fieldsOf('fp16', 65_536),
    'RangeError: bits must be an integer from 0 to 65535, got 65536',
  ],
  [() => toBits('fp4_e2m1fn', NaN), 'RangeError: x must be a number in fp4_e2m1fn, got NaN'],
  [
    () => roundAll('fp16', new Float64Array(3), new Float64Array(2)),
    'RangeError: target must have at least 3 elements, got 2',
  ],
  [
    () => accumulate({ format: 'fp16', start: 0, update: NaN, steps: 1 }),
    'RangeError: update must be a finite number ≥ -Infinity, got NaN',
  ],
  [
    () => accumulate({ format: 'fp16', start: 0, update: 1, steps: 1e6 + 1 }),
    'RangeError: steps must be an integer from 0 to 1000000, got 1000001',
  ],
  [() => updatesUntilVisible({ format: 'fp16', master: odd, start: 1, update: 1 }), unknown],
])('%s is refused', (call, message) => {
  expect(refusal(call)).toBe(message);
});
