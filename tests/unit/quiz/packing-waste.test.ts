import fc from 'fast-check';
import { expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/packing-waste.ts';

it('packs the example by hand: 974 + 974, then 753 + 662 + 521, then 298', () => {
  const { value, shown } = drill.solve(drill.example);
  expect(shown['packed']).toBe('974 + 974 | 753 + 662 + 521 | 298');
  expect(value).toBeCloseTo(1 - 4182 / (3 * 2048), 12);
});

it('draws six examples that fit, with something wasted but not all', () => {
  fc.assert(
    fc.property(
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (stream) => {
        const params = drill.draw(() => stream.next().value);
        expect(params.lengths).toHaveLength(6);
        expect(Math.max(...params.lengths)).toBeLessThan(params.window);
        const { value, shown } = drill.solve(params);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(Number(shown['padded']) + 0.001);
      },
    ),
  );
});
