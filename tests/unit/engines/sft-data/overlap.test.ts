import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOverlapFinder } from '../../../../src/engines/sft-data/index.ts';
import { refusal } from '../refusals.ts';

const item = Array.from({ length: 100 }, (_, index) => `word${index}`);
/** A copy in which every tenth word is another. */
const reworded = item.map((word, index) => (index % 10 === 9 ? 'other' : word)).join(' ');
const match = (n: number, coverage: number, text: string, items = [item.join(' ')]) =>
  createOverlapFinder({ items, n, coverage }).match(text);

describe('overlap', () => {
  it('finds a copy with every tenth word changed by 8-grams and not by 13-grams', () => {
    expect(match(13, 0, reworded)).toEqual([]);
    expect(match(8, 0.5, reworded)).toEqual([{ item: 0, coverage: 0.9 }]);
  });

  it('needs more than the share', () => {
    const half = item.slice(0, 50).join(' ');
    expect(match(8, 0.5, half)).toEqual([]);
    expect(match(8, 0.49, half)).toEqual([{ item: 0, coverage: 0.5 }]);
  });

  it('minds neither case nor punctuation, and counts each Han character', () => {
    expect(match(3, 0, 'THE, quick: (brown)', ['the quick brown fox'])).toEqual([
      { item: 0, coverage: 0.75 },
    ]);
    expect(match(4, 0, '梯度累积。', ['梯度累积步数'])).toEqual([{ item: 0, coverage: 4 / 6 }]);
    expect(match(2, 0, 'ещё раз', ['Ещё раз!'])).toEqual([{ item: 0, coverage: 1 }]);
  });

  it('names items too short to be matched', () => {
    expect(createOverlapFinder({ items: ['a b', 'a b c', ''], n: 3, coverage: 0 }).tooShort).toBe(
      2,
    );
  });

  it('agrees with runs compared as texts', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 14 });
    fc.assert(
      fc.property(words, words, fc.integer({ min: 1, max: 4 }), (text, wanted, n) => {
        const runs = new Set(
          text
            .map((_, at) => text.slice(at, at + n).join(' '))
            .filter((_, at) => at + n <= text.length),
        );
        const covered = new Set<number>();
        for (let at = 0; at + n <= wanted.length; at += 1) {
          if (!runs.has(wanted.slice(at, at + n).join(' '))) continue;
          for (let index = at; index < at + n; index += 1) covered.add(index);
        }
        const [found] = match(n, 0, text.join(' '), [wanted.join(' ')]);
        expect(found?.coverage ?? 0).toBe(covered.size === 0 ? 0 : covered.size / wanted.length);
      }),
    );
  });

  it('knows the items apart, and counts a word under two runs once', () => {
    const items = ['a b c d e', 'x y z', 'b c d', 'q'];
    const finder = createOverlapFinder({ items, n: 2, coverage: 0 });
    expect(finder.match('z x y b c d a b')).toEqual([
      { item: 1, coverage: 2 / 3 },
      { item: 0, coverage: 4 / 5 },
      { item: 2, coverage: 1 },
    ]);
    expect(finder.match('x y')).toEqual([{ item: 1, coverage: 2 / 3 }]);
    expect(finder.match('')).toEqual([]);
    expect(finder.tooShort).toBe(1);
  });

  it('takes the ends of its range', () => {
    expect(match(1, 0, 'a', ['a'])).toEqual([{ item: 0, coverage: 1 }]);
    expect(match(1, 1, 'a', ['a'])).toEqual([]);
  });

  it.each([
    [{ n: 0, coverage: 0 }, 'RangeError: n must be an integer ≥ 1, got 0'],
    [{ n: 1.5, coverage: 0 }, 'RangeError: n must be an integer ≥ 1, got 1.5'],
    [{ n: 8, coverage: 1.2 }, 'RangeError: coverage must be a finite number from 0 to 1, got 1.2'],
    [{ n: 8, coverage: -1 }, 'RangeError: coverage must be a finite number from 0 to 1, got -1'],
  ])('refuses %j', (settings, message) => {
    expect(refusal(() => createOverlapFinder({ items: [], ...settings }))).toBe(message);
  });
});
