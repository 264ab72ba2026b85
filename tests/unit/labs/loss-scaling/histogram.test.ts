import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zoneOf } from '~/engines/floats/index.ts';
import {
  accounts,
  bars,
  bestScale,
  prepare,
  type ZoneCounts,
  zoneCounts,
} from '~/labs/loss-scaling/histogram/counts.ts';
import {
  SAMPLE_SIZE,
  speechGradients,
  ssdGradients,
} from '~/labs/loss-scaling/histogram/published.ts';
import { MAX_EXPONENT } from '~/labs/loss-scaling/training/state.ts';

const exponents = fc.integer({ min: 0, max: MAX_EXPONENT });
/** Numbers on and next to the edges of the zones, and anywhere else. */
const gradient = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(2 ** -25, 2 ** -24, 2 ** -14 - 2 ** -25, 2 ** -14, 65504, 65520),
      exponents,
      fc.constantFrom(1, 1 - 2 ** -23, 1 + 2 ** -22, -1),
    )
    .map(([edge, exponent, nudge]) => Math.fround((edge / 2 ** exponent) * nudge)),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0),
);

test('zones are those that rounding each scaled gradient gives', () => {
  fc.assert(
    fc.property(fc.array(gradient, { maxLength: 60 }), exponents, (values, exponent) => {
      const expected = { zero: 0, underflow: 0, subnormal: 0, normal: 0, overflow: 0 };
      for (const value of values) expected[zoneOf('fp16', value * 2 ** exponent)] += 1;
      expect(zoneCounts(prepare(values), exponent)).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test('bars hold each gradient but the zeros, in its binade and zone', () => {
  fc.assert(
    fc.property(fc.array(gradient, { maxLength: 60 }), exponents, (values, exponent) => {
      const ready = prepare(values);
      const drawn = bars(ready, exponent, -40, 20);
      const counts: Record<keyof ZoneCounts, number> = {
        zero: ready.zeros,
        underflow: 0,
        subnormal: 0,
        normal: 0,
        overflow: 0,
      };
      for (const { binade, parts } of drawn) {
        const inside = values.filter((value) => {
          const scaled = Math.abs(value) * 2 ** exponent;
          return (
            value !== 0 &&
            (binade === -40 || scaled >= 2 ** binade) &&
            (binade === 20 || scaled < 2 ** (binade + 1))
          );
        });
        expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(inside.length);
        for (const { zone, count } of parts) counts[zone] += count;
      }
      expect(counts).toEqual(zoneCounts(ready, exponent));
    }),
  );
});

test('infinities and NaN have no place', () => {
  expect(prepare([1, NaN, Infinity, -Infinity]).magnitudes).toEqual(Float64Array.of(1));
});

test('the best scale overflows nothing if any does not, then loses fewest, then is smallest', () => {
  expect(bestScale(accounts(prepare([2 ** -27])))).toEqual({
    exponent: 3,
    underflow: 0,
    overflow: 0,
  });
  // 2^-27 wants ×8, 16384 allows ×2: the step must not be lost.
  expect(bestScale(accounts(prepare([2 ** -27, 16384])))).toEqual({
    exponent: 0,
    underflow: 1,
    overflow: 0,
  });
  expect(bestScale(accounts(prepare([1e9, 1e-9])))).toMatchObject({ overflow: 1 });
  expect(bestScale(accounts(prepare([]))).exponent).toBe(0);
});

test('SSD: the published shares hold', () => {
  const ready = prepare(ssdGradients());
  expect(ready.magnitudes.length).toBe(SAMPLE_SIZE);
  const share = (count: number) => count / SAMPLE_SIZE;
  const unscaled = zoneCounts(ready, 0);
  expect(share(unscaled.zero)).toBeCloseTo(0.668, 10);
  expect(share(unscaled.subnormal + unscaled.normal)).toBeCloseTo(0.053, 4);
  expect(unscaled.overflow).toBe(0);
  const within = ready.magnitudes.filter((value) => value > 2 ** -32 && value < 2 ** -30);
  expect(share(within.length)).toBeCloseTo(0.04, 10);
  const shifted = zoneCounts(ready, 15);
  expect(shifted.overflow).toBe(0);
  expect(shifted.underflow / unscaled.underflow).toBeCloseTo(0.001, 3);
});

test('speech: about 5 % below 2^-24', () => {
  const below = speechGradients().filter((value) => value < 2 ** -24);
  expect(below.length / SAMPLE_SIZE).toBeCloseTo(0.05, 3);
});

test('100,000 gradients: all a drag needs takes a fraction of a frame', () => {
  const ready = prepare(ssdGradients());
  const began = performance.now();
  for (let exponent = 0; exponent <= MAX_EXPONENT; exponent += 1) bars(ready, exponent, -48, 20);
  expect((performance.now() - began) / (MAX_EXPONENT + 1)).toBeLessThan(4);
});
