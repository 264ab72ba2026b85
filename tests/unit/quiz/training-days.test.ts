import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/training-days.ts';

describe('training-days', () => {
  it('answers LLaMA 65B with its published 21 days, within the tolerance', () => {
    const { value, unit, tolerance, shown } = drill.solve(drill.example);
    expect(unit).toBe('days');
    expect(Math.abs(value / 21 - 1)).toBeLessThan(tolerance);
    expect(shown).toEqual({
      parameters: '65.2B',
      tokens: '1.4T',
      gpu: 'A100',
      gpus: '2,048',
      peak: '312 TFLOP/s',
      mfu: '48%',
      flops: '5.48×10²³',
      perSecond: '3.07×10¹⁷',
      seconds: '1.79×10⁶',
      days: '20.7',
      // Table 15 prints 1,022,362 GPU-hours.
      gpuHours: '1.02×10⁶',
    });
  });

  it('draws runs of days to months, all of it shown', () => {
    const names = Object.keys(drill.solve(drill.example).shown);
    const stream = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 5,
      maxLength: 5,
    });
    fc.assert(
      fc.property(stream, (numbers) => {
        let next = 0;
        const params = drill.draw(() => numbers[next++] as number);
        expect(params.mfu).toBeGreaterThanOrEqual(0.35);
        expect(params.mfu).toBeLessThanOrEqual(0.5);
        const { value, shown } = drill.solve(params);
        expect(value).toBeGreaterThanOrEqual(2);
        expect(value).toBeLessThanOrEqual(150);
        expect(Object.keys(shown)).toEqual(names);
        expect(Object.values(shown).every((text) => /^[^N]+$/.test(text))).toBe(true);
      }),
    );
  });
});
