import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifetimeFlops } from '../../../src/engines/scaling-laws/index.ts';
import drill from '../../../src/quiz/drills/serving-break-even.ts';

const total = (model: { parameters: number; trainingTokens: number }, inferenceTokens: number) =>
  lifetimeFlops({ ...model, inferenceTokens }).total;

describe('serving-break-even', () => {
  it('pays Llama 3 8B’s longer training back after about 1.06T tokens against Chinchilla 70B', () => {
    const { value, unit, shown } = drill.solve(drill.example);
    expect(unit).toBe('tokens');
    expect(value).toBeCloseTo((3 * (8e9 * 15e12 - 70e9 * 1.4e12)) / 62e9, -3);
    expect(shown).toEqual({
      small: '8B',
      smallTokens: '15T',
      large: '70B',
      largeTokens: '1.4T',
      smallTraining: '7.20×10²³',
      largeTraining: '5.88×10²³',
      extra: '1.32×10²³',
      saved: '1.24×10¹¹',
      tokens: '1.06T',
    });
  });

  it('draws pairs that break even at a positive number of tokens, all of it shown', () => {
    const names = Object.keys(drill.solve(drill.example).shown);
    const stream = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(stream, (numbers) => {
        let next = 0;
        const params = drill.draw(() => numbers[next++] as number);
        expect(params.small.parameters).toBeLessThan(params.large.parameters);
        const { value, shown } = drill.solve(params);
        expect(Number.isFinite(value) && value > 0).toBe(true);
        expect(total(params.small, value) / total(params.large, value)).toBeCloseTo(1, 9);
        expect(total(params.small, 2 * value)).toBeLessThan(total(params.large, 2 * value));
        expect(Object.keys(shown)).toEqual(names);
        expect(shown.smallTokens).toMatch(/^\d+(\.\d)?T$/);
        expect(Object.values(shown).every((text) => /^[^N]+$/.test(text))).toBe(true);
      }),
    );
  });
});
