import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/chinchilla-tokens.ts';

describe('chinchilla-tokens', () => {
  it('answers the example as DeepMind did: 1.4T tokens within the tolerance', () => {
    const { value, unit, tolerance, shown } = drill.solve(drill.example);
    expect(unit).toBe('tokens');
    expect(Math.abs(value / 1.4e12 - 1)).toBeLessThan(tolerance);
    expect(shown).toEqual({
      flops: '5.76×10²³',
      quotient: '4.80×10²¹',
      parameters: '69.3B',
      tokens: '1.39T',
    });
  });

  it('draws budgets whose answer is finite, positive and shown', () => {
    const stream = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 2,
      maxLength: 2,
    });
    fc.assert(
      fc.property(stream, (numbers) => {
        let next = 0;
        const params = drill.draw(() => numbers[next++] as number);
        expect(params.flops).toBeGreaterThanOrEqual(1e20);
        expect(params.flops).toBeLessThan(1e26);
        const { value, shown } = drill.solve(params);
        expect(Number.isFinite(value) && value > 0).toBe(true);
        expect(Object.keys(shown).sort()).toEqual(['flops', 'parameters', 'quotient', 'tokens']);
        expect(shown.flops).toMatch(/^\d\.\d\d×10[⁰¹²³⁴⁵⁶⁷⁸⁹]{2}$/);
        expect(shown.parameters).toMatch(/^\d+(\.\d+)?[BMT]$/);
        expect(shown.tokens).toMatch(/^\d+(\.\d+)?[BT]$/);
      }),
    );
  });
});
