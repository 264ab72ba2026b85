import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/layer-activations.ts';

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

describe('layer-activations', () => {
  it('finds 107 MB for a layer of GPT-3 with both kinds of parallelism', () => {
    const { value, unit, shown } = drill.solve(drill.example);
    expect(unit).toBe('bytes');
    expect(value).toBe(106_954_752);
    expect(shown).toEqual({
      h: '12,288',
      t: '8',
      b: '1',
      s: '2,048',
      technique: 'TP 8 + SP',
      sbh: '25,165,824',
      whole: '0',
      divided: '34',
      factor: '4.25',
      bytes: '107 MB',
      tp: '327.2 MB',
      sp: '107 MB',
    });
  });

  it('draws both techniques, all of it shown', () => {
    const names = Object.keys(drill.solve(drill.example).shown);
    fc.assert(
      fc.property(streams, (random) => {
        const params = drill.draw(random);
        const { value, shown } = drill.solve(params);
        const sbh = params.s * params.b * params.h;
        const factor = params.sequence ? 34 / params.t : 10 + 24 / params.t;
        expect(value).toBeCloseTo(factor * sbh, 3);
        expect(shown['factor']).toBe(String(factor));
        expect(Object.keys(shown)).toEqual(names);
      }),
    );
  });
});
