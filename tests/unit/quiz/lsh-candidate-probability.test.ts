import fc from 'fast-check';
import { expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/lsh-candidate-probability.ts';

it('reproduces the published 92.4 % of 14 bands of 8 hashes at similarity 0.8', () => {
  const solution = drill.solve(drill.example);
  expect(solution.value).toBeCloseTo(0.924, 3);
  expect(solution.shown).toMatchObject({
    b: '14',
    r: '8',
    s: '0.80',
    hashes: '112',
    probability: '0.924',
  });
});

it('draws pairs whose answer is neither 0 nor 1, and shows every number', () => {
  fc.assert(
    fc.property(
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (stream) => {
        const random = (): number => stream.next().value;
        const params = drill.draw(random);
        const { value, shown } = drill.solve(params);
        expect(params.s).toBeGreaterThan(0);
        expect(params.s).toBeLessThan(1);
        expect(value).toBeGreaterThan(0.03);
        expect(value).toBeLessThan(0.999);
        expect(Object.keys(shown).sort()).toEqual(
          Object.keys(drill.solve(drill.example).shown).sort(),
        );
        expect(Object.values(shown).every((text) => text !== '' && !text.includes('NaN'))).toBe(
          true,
        );
        // The worked steps agree with the answer at the printed digits.
        expect(1 - Number(shown['noBand']) ** params.b).toBeCloseTo(value, 2);
      },
    ),
  );
});
