import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundTo } from '../../../src/engines/floats/index.ts';
import drill from '../../../src/quiz/drills/smallest-loss-scale.ts';

describe('smallest-loss-scale', () => {
  test('the published case: gradients from 2^-27 on need a factor of 8 (arXiv:1710.03740 §3.2)', () => {
    const { value, unit, tolerance, shown } = drill.solve(drill.example);
    expect({ value, unit, tolerance }).toEqual({ value: 8, unit: 'count', tolerance: 0 });
    expect(shown).toEqual({
      magnitude: '2⁻²⁷',
      scale: '8 = 2³',
      scaled: '2⁻²⁴',
      half: '4 = 2²',
      scaledByHalf: '2⁻²⁵',
      keepAbove: '2⁻²⁸',
      overflowFrom: '8,190',
    });
  });

  test('a little more than 2^-27 needs only half of that', () => {
    const { value, shown } = drill.solve({ significand: 1.25, exponent: -27 });
    expect(value).toBe(4);
    expect(shown['magnitude']).toBe('1.25 × 2⁻²⁷');
  });

  test('every draw: the scale keeps the gradient, half of it does not', () => {
    const names = Object.keys(drill.solve(drill.example).shown);
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(unit, unit, (a, b) => {
        const numbers = [a, b];
        const params = drill.draw(() => numbers.shift() ?? 0);
        const { value, shown } = drill.solve(params);
        const magnitude = params.significand * 2 ** params.exponent;
        expect(roundTo('fp16', magnitude * value)).toBeGreaterThan(0);
        expect(roundTo('fp16', (magnitude * value) / 2)).toBe(0);
        expect(Object.keys(shown)).toEqual(names);
        for (const text of Object.values(shown)) expect(text).not.toMatch(/^$|NaN|undefined|∞/);
      }),
    );
  });
});
