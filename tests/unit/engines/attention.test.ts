import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attendedPairs,
  attentionMask,
  MASKS,
  type MaskCell,
  type MaskShape,
} from '../../../src/engines/attention/index.ts';

const drawn = (shape: MaskShape): string[] =>
  attentionMask(shape).map((row) => row.map((cell) => SIGNS[cell]).join(''));
const SIGNS: Record<MaskCell, string> = { none: '.', back: '#', ahead: '>', cross: 'x' };

const shapes = fc
  .record({ mask: fc.constantFrom(...MASKS), length: fc.integer({ min: 1, max: 40 }) })
  .chain(({ mask, length }) =>
    fc.integer({ min: 1, max: length }).map((input) => ({ mask, length, input })),
  );

describe('attention masks', () => {
  it('draws the patterns of arXiv:1910.10683 Figure 3', () => {
    expect(drawn({ mask: 'encoder', length: 3 })).toEqual(['#>>', '##>', '###']);
    expect(drawn({ mask: 'decoder', length: 3 })).toEqual(['#..', '##.', '###']);
    expect(drawn({ mask: 'prefix', length: 5, input: 3 })).toEqual([
      '#>>..',
      '##>..',
      '###..',
      '####.',
      '#####',
    ]);
  });

  it('lets an encoder-decoder read its input across, and its output back', () => {
    expect(drawn({ mask: 'encoder-decoder', length: 5, input: 3 })).toEqual([
      '#>>..',
      '##>..',
      '###..',
      'xxx#.',
      'xxx##',
    ]);
  });

  it('counts what it draws', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const seen = attentionMask(shape).flat();
        expect(attendedPairs(shape)).toBe(seen.filter((cell) => cell !== 'none').length);
      }),
    );
  });

  it('shows the same pairs to a prefix LM and to an encoder-decoder', () => {
    fc.assert(
      fc.property(shapes, ({ length, input }) => {
        const pairs = (mask: 'prefix' | 'encoder-decoder') =>
          attentionMask({ mask, length, input }).map((row) => row.map((cell) => cell !== 'none'));
        expect(pairs('prefix')).toEqual(pairs('encoder-decoder'));
      }),
    );
  });

  it('becomes a decoder with an input of one, an encoder with an input of all', () => {
    expect(attendedPairs({ mask: 'prefix', length: 9, input: 1 })).toBe(45);
    expect(attendedPairs({ mask: 'prefix', length: 9, input: 9 })).toBe(81);
  });

  it.each([
    [{ mask: 'decoder', length: 0 }, 'length must be an integer ≥ 1, got 0'],
    [{ mask: 'prefix', length: 4, input: 5 }, 'input must be an integer from 1 to 4, got 5'],
    [{ mask: 'prefix', length: 4 }, 'input must be an integer, got undefined'],
    [{ mask: 'sparse', length: 4 }, 'mask must be one of'],
  ])('refuses %j', (shape, message) => {
    expect(() => attentionMask(shape as MaskShape)).toThrow(message);
  });
});
