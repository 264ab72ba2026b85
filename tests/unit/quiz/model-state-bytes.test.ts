import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesPerParameter } from '../../../src/engines/memory/index.ts';
import drill from '../../../src/quiz/drills/model-state-bytes.ts';

describe('model-state-bytes', () => {
  test('the published case: 18 bytes per parameter, 126 GB for 7B', () => {
    const { value, unit, tolerance, shown } = drill.solve(drill.example);
    expect({ value, unit, tolerance }).toEqual({ value: 126e9, unit: 'bytes', tolerance: 0.02 });
    expect(value / 7e9).toBe(bytesPerParameter({ convention: 'megatron-bf16-fp32-gradients' }));
    expect(shown).toEqual({
      params: '7B',
      weights: 'BF16',
      gradients: 'FP32',
      moments: 'FP32',
      sum: '2 + 4 + 4 + 2 × 4',
      perParameter: '18',
      total: '126 GB',
      fp32: '112 GB',
    });
  });

  test('the ZeRO paper’s 16 bytes, and 12 with BF16 moments', () => {
    const mixed = { params: 1.5e9, weights: 'FP16', gradients: 'FP16', moments: 'FP32' } as const;
    expect(drill.solve(mixed)).toMatchObject({ value: 24e9, shown: { total: '24 GB' } });
    expect(drill.solve({ ...mixed, moments: 'BF16' }).shown['perParameter']).toBe('12');
  });

  test('every draw shows every number and lies between 12 and 18 bytes per parameter', () => {
    const names = Object.keys(drill.solve(drill.example).shown);
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.array(unit, { minLength: 4, maxLength: 4 }), (drawn) => {
        const numbers = [...drawn];
        const params = drill.draw(() => numbers.shift() ?? 0);
        const { value, shown } = drill.solve(params);
        expect(value / params.params).toBeGreaterThanOrEqual(12);
        expect(value / params.params).toBeLessThanOrEqual(18);
        expect(params.gradients === params.weights || params.gradients === 'FP32').toBe(true);
        expect(Object.keys(shown)).toEqual(names);
        for (const text of Object.values(shown)) expect(text).not.toMatch(/^$|NaN|undefined|∞/);
      }),
    );
  });
});
