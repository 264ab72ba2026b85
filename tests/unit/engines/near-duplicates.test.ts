import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createNearDuplicateFinder,
  isCandidate,
  jaccard,
  jaccardOfHashes,
  MOST_COMPARED,
  minhashSignature,
  type NearDuplicateSettings,
  SHINGLE_UNITS,
  SIMILARITY_BINS,
  shingleHashes,
  shingles,
} from '../../../src/engines/dedup/index.ts';
import { hashShingle } from '../../../src/engines/dedup/shingleHashes.ts';
import { refuses } from './refusals.ts';

const unit = fc.constantFrom(...SHINGLE_UNITS);
const prose = fc
  .array(
    fc.constantFrom('mask', 'The', 'İstanbul', '梯度', '🚀', 'loss,', '\u0085', 'a1', '\ud800'),
    { maxLength: 20 },
  )
  .map((words) => words.join(' '));

describe('shingles as numbers', () => {
  it('are the hashes of the shingles, distinct and ascending', () => {
    fc.assert(
      fc.property(prose, unit, (text, u) => {
        const expected = [...new Set([...shingles(text, u)].map(hashShingle))].sort(
          (a, b) => a - b,
        );
        expect([...shingleHashes(text, u)]).toEqual(expected);
      }),
    );
  });

  it('refuse what is no text and no unit', () => {
    expect(() => shingleHashes(3 as never, 'word3')).toThrow(
      new TypeError('text must be a string, got 3'),
    );
    expect(() => shingleHashes('a b c', 'word5' as never)).toThrow(
      new RangeError('unit must be one of word3, char5, got "word5"'),
    );
  });

  it('share nothing where there are none', () => {
    const of = (a: number[], b: number[]) =>
      jaccardOfHashes(Uint32Array.from(a), Uint32Array.from(b));
    expect([of([], []), of([1], []), of([], [1]), of([1, 3, 5], [2, 3, 4])]).toEqual([
      0, 0, 0, 0.2,
    ]);
  });

  it('give the Jaccard similarities of the golden pairs', () => {
    const { pairs } = JSON.parse(
      readFileSync(new URL('../../golden/data/golden-minhash.json', import.meta.url), 'utf8'),
    ) as { pairs: { a: string; b: string }[] };
    for (const { a, b } of pairs) {
      for (const u of SHINGLE_UNITS) {
        expect(jaccardOfHashes(shingleHashes(a, u), shingleHashes(b, u))).toBe(jaccard(a, b, u));
      }
    }
  });
});

describe('near-duplicates', () => {
  const settings = { unit: 'word3', b: 14, r: 8, threshold: 0.7, seed: 1 } as const;
  const find = (texts: readonly (string | undefined)[], change = {}) => {
    const finder = createNearDuplicateFinder({ ...settings, ...change });
    for (const text of texts) {
      if (text === undefined) finder.skip();
      else finder.add(text);
    }
    return finder.find();
  };

  it('are measured against a text that stays, which reaches the threshold', () => {
    fc.assert(
      fc.property(
        fc.array(prose, { maxLength: 25 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (texts, threshold) => {
          const found = find(texts, { threshold, b: 30, r: 1 });
          texts.forEach((text, index) => {
            const of = found.of[index]!;
            if (of < 0) return;
            expect(of).toBeLessThan(index);
            expect(found.of[of]).toBe(-1);
            expect(found.jaccard[index]).toBe(Math.fround(jaccard(text, texts[of]!, 'word3')));
            expect(jaccard(text, texts[of]!, 'word3')).toBeGreaterThanOrEqual(threshold);
          });
          expect(found.similarities.reduce((sum, count) => sum + count, 0)).toBe(found.compared);
        },
      ),
    );
  });

  it('with equal shingles are always found, over skipped and short texts', () => {
    const text = 'one two three four five';
    const found = find([text, undefined, 'too short', text.toUpperCase(), `${text}!`]);
    expect([...found.of]).toEqual([-1, -1, -1, 0, 0]);
    expect(found).toMatchObject({ tooShort: 1, compared: 2, reached: 2, limited: 0 });
  });

  it('of one mould are compared with so many and no more, and the limit is told', () => {
    const texts = Array.from(
      { length: MOST_COMPARED + 10 },
      (_, index) => `a b c d ${index} ${index}x`,
    );
    const found = find(texts, { b: 40, r: 1, threshold: 0.9 });
    expect(found.reached).toBe(0);
    expect(found.limited).toBeGreaterThan(0);
  });

  it('are compared exactly where two texts share a band of their MinHash signatures', () => {
    const words = fc.constantFrom('a', 'b', 'c', 'd');
    const texts = fc.uniqueArray(
      fc.array(words, { minLength: 3, maxLength: 8 }).map((some) => some.join(' ')),
      { maxLength: 12, selector: (text) => [...shingles(text, 'word3')].sort().join('|') },
    );
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        (all, b, r) => {
          const sign = (text: string) =>
            minhashSignature({ text, unit: 'word3', numHashes: b * r, seed: 1 });
          // No two have the same shingles, so none is a duplicate and none drops out.
          const found = find(all, { b, r, threshold: 1 });
          const bins = new Array<number>(SIMILARITY_BINS).fill(0);
          let pairs = 0;
          for (const [i, one] of all.entries()) {
            for (const other of all.slice(0, i)) {
              if (!isCandidate(sign(one), sign(other), { b, r })) continue;
              pairs += 1;
              bins[Math.floor(jaccard(one, other, 'word3') * SIMILARITY_BINS)]! += 1;
            }
          }
          expect(found).toMatchObject({ compared: pairs, reached: 0, similarities: bins });
        },
      ),
    );
  });

  it('are all found: a text that stays is unlike every earlier one that stays and shares a band', () => {
    const texts = fc.array(prose, { maxLength: 25 });
    const banding = { b: 6, r: 2 };
    fc.assert(
      fc.property(texts, fc.double({ min: 0, max: 1, noNaN: true }), (all, threshold) => {
        const found = find(all, { ...banding, threshold });
        const sign = (text: string) =>
          minhashSignature({ text, unit: 'word3', numHashes: 12, seed: 1 });
        const staying = all.flatMap((text, index) =>
          found.of[index] === -1 && shingles(text, 'word3').size > 0 ? [text] : [],
        );
        expect(found.reached).toBe([...found.of].filter((of) => of >= 0).length);
        for (const [i, one] of staying.entries()) {
          for (const other of staying.slice(0, i)) {
            if (jaccard(one, other, 'word3') < threshold) continue;
            expect(isCandidate(sign(one), sign(other), banding)).toBe(false);
          }
        }
      }),
    );
  });

  it('of equal texts in the last bin: 1 belongs to it', () => {
    const text = 'one two three four';
    const { similarities } = find([text, text]);
    expect(similarities[SIMILARITY_BINS - 1]).toBe(1);
  });

  it('are found among thousands, and in texts of a hundred thousand words', () => {
    const many = Array.from({ length: 3000 }, (_, index) => `text number ${index} of many`);
    const twice = find([...many, many[5], undefined, many[2500]]);
    expect(twice.of[3000]).toBe(5);
    expect([...twice.of.slice(3001)]).toEqual([-1, 2500]);
    expect(twice.reached).toBe(2);
    const long = Array.from({ length: 3 }, (_, book) =>
      Array.from({ length: 100_000 - 1000 * book }, (_, word) => `${book}${word}`).join(' '),
    );
    const found = find(
      [long[0], 'a few more words', long[1], long[2], long[0], 'a few more words'],
      {
        b: 2,
        r: 1,
      },
    );
    expect([...found.of]).toEqual([-1, -1, -1, -1, 0, 1]);
    expect([...found.jaccard]).toEqual([0, 0, 0, 0, 1, 1]);
  });

  it('tell their progress from 0 to 1, never backward', () => {
    const finder = createNearDuplicateFinder(settings);
    for (let index = 0; index < 5000; index += 1) finder.add(`text number ${index} of many`);
    const shares: number[] = [];
    finder.find((share) => shares.push(share));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBe(0);
    expect(shares).toContain(0.5);
    expect(shares.at(-1)).toBeCloseTo(0.5 + (0.5 * 4096) / 5000, 12);
    expect(shares).toHaveLength(settings.b + 2);
  });

  describe('settings', () =>
    refuses((change: NearDuplicateSettings) => createNearDuplicateFinder(change), settings, {
      b: 'an integer ≥ 1',
      r: 'an integer ≥ 1',
      threshold: 'a finite number from 0 to 1',
      seed: `an integer from 0 to ${2 ** 32 - 1}`,
    }));
});
