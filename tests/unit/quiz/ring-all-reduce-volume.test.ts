import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/ring-all-reduce-volume.ts';

/** A source of random numbers in [0, 1) that replays a drawn list. */
const streams = fc
  .array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 3,
    maxLength: 3,
  })
  .map((numbers) => {
    let next = 0;
    return () => numbers[next++] as number;
  });

describe('ring-all-reduce-volume', () => {
  it('comes to 63/64 of the ZeRO paper’s 2Ψ for 7.5B parameters on 64 GPUs', () => {
    const { value, unit, shown } = drill.solve(drill.example);
    expect(unit).toBe('bytes');
    expect(value).toBe((2 * 7.5e9 * 2 * 63) / 64);
    expect(shown).toEqual({
      model: '7.5B',
      format: 'bf16',
      elemBytes: '2',
      gpus: '64',
      others: '63',
      buffer: '15 GB',
      chunk: '0.2344 GB',
      half: '14.77 GB',
      volume: '29.53 GB',
      limit: '30 GB',
      steps: '126',
    });
  });

  it('draws models whose answer lies between one and two buffers, all of it shown', () => {
    const names = Object.keys(drill.solve(drill.example).shown);
    fc.assert(
      fc.property(streams, (random) => {
        const params = drill.draw(random);
        const { value, tolerance, shown } = drill.solve(params);
        const buffer = params.params * params.elemBytes;
        expect(value).toBeGreaterThanOrEqual(buffer);
        expect(Math.abs(2 * buffer - value)).toBeGreaterThan(tolerance * value);
        expect(Object.keys(shown)).toEqual(names);
        expect(Object.values(shown).every((text) => text !== '' && !text.includes('NaN'))).toBe(
          true,
        );
      }),
    );
  });
});
