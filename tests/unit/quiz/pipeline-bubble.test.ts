import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/pipeline-bubble.ts';

/** A source of random numbers in [0, 1) that replays a drawn list. */
const streams = fc
  .array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 4,
    maxLength: 4,
  })
  .map((numbers) => {
    let next = 0;
    return () => numbers[next++] as number;
  });

describe('pipeline-bubble', () => {
  it('answers the published 145.6B layout: 7 idle slots of 103, 7/96 over ideal time', () => {
    const { value, unit, shown } = drill.solve(drill.example);
    expect(unit).toBe('ratio');
    expect(value).toBeCloseTo(7 / 103, 12);
    expect(shown).toEqual({
      schedule: 'interleaved 1F1B',
      p: '8',
      m: '48',
      v: '2',
      idle: '7',
      work: '96',
      slots: '103',
      overTotal: '6.8%',
      overIdeal: '7.3%',
    });
  });

  it('draws pipelines whose answer is a share between 0 and 1, all of it shown', () => {
    const names = Object.keys(drill.solve(drill.example).shown);
    fc.assert(
      fc.property(streams, (random) => {
        const params = drill.draw(random);
        const { value, shown } = drill.solve(params);
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThan(0.5);
        expect(params.m % params.p).toBe(0);
        expect(Object.keys(shown)).toEqual(names);
        expect(Object.values(shown).every((text) => text !== '' && !text.includes('NaN'))).toBe(
          true,
        );
      }),
    );
  });
});
