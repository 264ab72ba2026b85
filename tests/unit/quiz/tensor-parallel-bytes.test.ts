import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/tensor-parallel-bytes.ts';

/** A source of random numbers in [0, 1) that replays a drawn list. */
const streams = fc
  .array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 5,
    maxLength: 5,
  })
  .map((numbers) => {
    let next = 0;
    return () => numbers[next++] as number;
  });

describe('tensor-parallel-bytes', () => {
  it('finds 352 MB for a layer of GPT-3 on 8 GPUs', () => {
    const { value, unit, shown } = drill.solve(drill.example);
    expect(unit).toBe('bytes');
    expect(value).toBe(((8 * 2048 * 12288 * 7) / 8) * 2);
    expect(shown).toEqual({
      h: '12,288',
      t: '8',
      b: '1',
      s: '2,048',
      elements: '25,165,824',
      buffer: '50.33 MB',
      others: '7',
      once: '88.08 MB',
      volume: '352.3 MB',
    });
  });

  it('draws layers whose whole solution is shown', () => {
    const names = Object.keys(drill.solve(drill.example).shown);
    fc.assert(
      fc.property(streams, (random) => {
        const params = drill.draw(random);
        const { value, shown } = drill.solve(params);
        const buffer = 2 * params.b * params.s * params.h;
        expect(value).toBeCloseTo((8 * buffer * (params.t - 1)) / params.t, 3);
        expect(Object.keys(shown)).toEqual(names);
        expect(Object.values(shown).every((text) => text !== '' && !text.includes('NaN'))).toBe(
          true,
        );
      }),
    );
  });
});
