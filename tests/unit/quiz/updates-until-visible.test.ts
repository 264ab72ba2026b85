import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accumulate } from '../../../src/engines/floats/index.ts';
import drill from '../../../src/quiz/drills/updates-until-visible.ts';

describe('updates-until-visible', () => {
  test('the example: 40 steps of 0.0001 move a BF16 copy of 1.0 for the first time', () => {
    const { value, unit, tolerance, shown } = drill.solve(drill.example);
    expect({ value, unit, tolerance }).toEqual({ value: 40, unit: 'count', tolerance: 0.02 });
    expect(shown).toEqual({
      format: 'BF16',
      weight: '1',
      update: '10⁻⁴',
      gap: '2⁻⁷ ≈ 7.813×10⁻³',
      halfGap: '2⁻⁸ ≈ 3.906×10⁻³',
      ratio: '39.06',
      steps: '40',
      neighbour: '1.0078125',
      arrived: '0',
    });
  });

  test('FP16 has three more bits, so the same weight moves after 5 steps', () => {
    const { value, shown } = drill.solve({ ...drill.example, format: 'fp16' });
    expect(value).toBe(5);
    expect(shown['neighbour']).toBe('1.0009765625');
    expect(drill.solve({ ...drill.example, significand: 3, exponent: -5 }).shown['update']).toBe(
      '3×10⁻⁵',
    );
  });

  test('every draw: the copy moves at that step and not before, and no update arrives without the master', () => {
    const names = Object.keys(drill.solve(drill.example).shown);
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.array(unit, { minLength: 4, maxLength: 4 }), (drawn) => {
        const numbers = [...drawn];
        const params = drill.draw(() => numbers.shift() ?? 0);
        const { value, shown } = drill.solve(params);
        const update = Number(`${params.significand}e${params.exponent}`);
        const { format, weight: start } = params;
        const seenAfter = (steps: number): number =>
          accumulate({ format, master: 'fp32', start, update, steps }).value;
        expect(value).toBeGreaterThanOrEqual(5);
        expect(value).toBeLessThanOrEqual(400);
        expect(value).toBe(Math.ceil(Number(shown['ratio'])));
        expect(seenAfter(value)).toBeGreaterThan(start);
        expect(seenAfter(value - 1)).toBe(start);
        expect(accumulate({ format, start, update, steps: value }).arrived).toBe(0);
        expect(shown['arrived']).toBe('0');
        expect(Object.keys(shown)).toEqual(names);
        for (const text of Object.values(shown)) expect(text).not.toMatch(/^$|NaN|undefined|∞/);
      }),
    );
  });
});
