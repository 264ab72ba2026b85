import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/micro-batches-per-pipeline.ts';

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

describe('micro-batches-per-pipeline', () => {
  it('finds 48 micro-batches for the published 145.6B layout: 24 copies, 96 sequences each', () => {
    const { value, unit, tolerance, shown } = drill.solve(drill.example);
    expect(unit).toBe('count');
    expect(tolerance).toBe(0);
    expect(value).toBe(48);
    expect(shown).toEqual({
      gpus: '1,536',
      t: '8',
      p: '8',
      batch: '2,304',
      b: '2',
      modelParallel: '64',
      d: '24',
      perReplica: '96',
      m: '48',
      bubble: '14.6%',
    });
  });

  it('draws layouts that divide, with at least one micro-batch per stage, all of it shown', () => {
    const names = Object.keys(drill.solve(drill.example).shown);
    fc.assert(
      fc.property(streams, (random) => {
        const params = drill.draw(random);
        const { value, shown } = drill.solve(params);
        expect(Number.isInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(params.p);
        expect(value * params.b * (params.gpus / (params.t * params.p))).toBe(params.B);
        expect(Object.keys(shown)).toEqual(names);
        expect(Object.values(shown).every((text) => text !== '' && !text.includes('NaN'))).toBe(
          true,
        );
      }),
    );
  });
});
