import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/prefix-mask-pairs.ts';

describe('prefix-mask-pairs', () => {
  it('answers the example: a causal triangle of 1,024 and the upper one of 512', () => {
    const { value, unit, shown } = drill.solve(drill.example);
    expect(unit).toBe('count');
    expect(value).toBe(524_800 + 130_816);
    expect(shown).toEqual({
      length: '1,024',
      input: '512',
      causal: '524,800',
      ahead: '130,816',
      pairs: '655,616',
      all: '1,048,576',
    });
  });

  it('draws whole prefixes that leave something to write', () => {
    const pair = fc.tuple(...[0, 1].map(() => fc.double({ min: 0, max: 0.999, noNaN: true })));
    fc.assert(
      fc.property(pair, (numbers) => {
        let next = 0;
        const { length, input } = drill.draw(() => numbers[next++] as number);
        expect(Number.isInteger(input) && input >= 1 && input < length).toBe(true);
        const { value } = drill.solve({ length, input });
        expect(value).toBeGreaterThan((length * length) / 2);
        expect(value).toBeLessThan(length * length);
      }),
    );
  });
});
