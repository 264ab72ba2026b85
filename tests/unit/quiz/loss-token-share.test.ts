import fc from 'fast-check';
import { expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/loss-token-share.ts';

it('counts the example by hand: 45 + 3 × 360 tokens, 3 × 251 with loss', () => {
  const { value, shown } = drill.solve(drill.example);
  expect(value).toBeCloseTo(753 / 1125, 12);
  expect(shown).toMatchObject({
    systemTurn: '45',
    pair: '360',
    total: '1125',
    trained: '753',
    trainedLast: '251',
  });
});

it('draws conversations with a share between 0 and 1, and shows every number', () => {
  fc.assert(
    fc.property(
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (stream) => {
        const params = drill.draw(() => stream.next().value);
        const { value, shown } = drill.solve(params);
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThan(1);
        expect(Number(shown['trained'])).toBe(params.turns * Number(shown['trainedLast']));
        expect(Number(shown['trained']) / Number(shown['total'])).toBeCloseTo(value, 12);
        expect(Object.keys(shown).sort()).toEqual(
          Object.keys(drill.solve(drill.example).shown).sort(),
        );
      },
    ),
  );
});
