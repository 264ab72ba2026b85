import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createNearDuplicateFinder,
  jaccard,
  jaccardOfHashes,
  MOST_COMPARED,
  SHINGLE_UNITS,
  shingleHashes,
  shingles,
} from '../../../src/engines/dedup/index.ts';
import { hashShingle } from '../../../src/engines/dedup/shingleHashes.ts';

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

  it('refuse a threshold that is none', () => {
    expect(() => find([], { threshold: 2 })).toThrow(/threshold must be/);
    expect(() => find([], { b: 0 })).toThrow(/b must be/);
  });
});
