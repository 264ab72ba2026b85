import fc from 'fast-check';
import { expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/cohen-kappa.ts';

it('gives 0.44 for 90 % agreement when each annotator says good nine times in ten', () => {
  // By hand: p_o = 0.90, p_e = 0.9² + 0.1² = 0.82, κ = 0.08 / 0.18.
  const { value, shown } = drill.solve(drill.example);
  expect(value).toBeCloseTo(0.08 / 0.18, 12);
  expect(shown).toMatchObject({ observed: '0.90', expected: '0.82', kappa: '0.44' });
});

it('gives 0.40 for the table 20, 5, 10, 15', () => {
  const { value } = drill.solve({ bothGood: 20, firstOnly: 5, secondOnly: 10, bothBad: 15 });
  expect(value).toBeCloseTo(0.4, 12);
});

it('draws tables of 100 answers whose κ is clear of 0 and 1, and shows every number', () => {
  fc.assert(
    fc.property(
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (stream) => {
        const params = drill.draw(() => stream.next().value);
        const { value, tolerance, shown } = drill.solve(params);
        expect(Object.values(params).every((count) => count > 0)).toBe(true);
        expect(shown['items']).toBe('100');
        expect(value).toBeGreaterThan(0.3);
        expect(value).toBeLessThan(0.95);
        // The printed steps lead to the answer, and the printed κ is accepted.
        expect(Number(shown['above']) / Number(shown['possible'])).toBeCloseTo(value, 2);
        expect(Math.abs(Number(shown['kappa']) - value)).toBeLessThanOrEqual(tolerance * value);
        expect(Object.keys(shown).sort()).toEqual(
          Object.keys(drill.solve(drill.example).shown).sort(),
        );
      },
    ),
  );
});
