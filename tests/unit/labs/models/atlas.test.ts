import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LOCALES } from '~/i18n/locale.ts';
import { type Atlas, atlas, loadAtlas } from '~/labs/models/atlas.ts';
import { factsOf } from '~/labs/models/facts.ts';
import { nearest, placeLabels, stepped, yearOf } from '~/labs/models/plot.ts';
import { amount } from '~/labs/models/print.ts';
import { countsOf, FACETS, type Sieve, sift, valuesOf } from '~/labs/models/sift.ts';
import { ready as wordsReady } from '~/labs/models/words.ts';

let all: Atlas;
beforeAll(async () => {
  await Promise.all([...LOCALES.map(loadAtlas), ...LOCALES.map(wordsReady)]);
  all = atlas('en');
});

const nothing: Sieve = {
  field: 'all',
  architecture: 'all',
  objective: 'all',
  maker: 'all',
  weights: 'all',
  named: 'all',
};

describe('the models', () => {
  it('have a source each, in both languages', () => {
    for (const locale of LOCALES) {
      expect(atlas(locale).models.map(({ id }) => id)).toEqual(all.models.map(({ id }) => id));
      for (const { source } of atlas(locale).models) expect(source.url).toMatch(/^https:/);
    }
  });

  it('are without sizes exactly where nobody published or confirmed them', () => {
    for (const { sizes, sizesFrom } of all.models) {
      expect(sizes.length === 0).toBe(sizesFrom === 'undisclosed' || sizesFrom === 'unverified');
    }
  });

  it('have the runs of the published table: 1.7, 20 and 39 tokens per parameter', () => {
    const ratio = (id: string): number => {
      const run = all.runs.find((one) => one.id === id);
      return run ? run.tokens / run.parameters : Number.NaN;
    };
    expect(ratio('gpt-3')).toBeCloseTo(1.7, 1);
    expect(ratio('chinchilla')).toBe(20);
    expect(ratio('llama-3.1')).toBeCloseTo(38.5, 1);
    expect(ratio('deepseek-v3')).toBe(400);
  });
});

describe('sifting', () => {
  it('combines facets, and counts what each choice would leave', () => {
    const sieve: Sieve = { ...nothing, field: 'language', architecture: 'encoder' };
    expect(sift(all.models, sieve).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['bert', 'modernbert']),
    );
    for (const facet of FACETS) {
      for (const [value, count] of countsOf(all.models, sieve, facet)) {
        expect(sift(all.models, { ...sieve, [facet]: value })).toHaveLength(count);
      }
    }
  });

  it('finds what the interview question names', () => {
    const named = sift(all.models, { ...nothing, named: 'yes' }).map(({ id }) => id);
    expect(named).toHaveLength(16);
    expect(named).toEqual(expect.arrayContaining(['bert', 't5', 'ernie-3.0', 'nezha', 'clip']));
  });

  it('offers every value that occurs', () => {
    expect(valuesOf(all.models, 'weights').sort()).toEqual(['closed', 'open', 'partly']);
  });
});

describe('facts', () => {
  it('have the same rows for every model, so that they can stand side by side', () => {
    for (const locale of LOCALES) {
      const rows = atlas(locale).models.map((model) =>
        factsOf(locale, model).map(({ label }) => label),
      );
      expect(new Set(rows.map((row) => row.join())).size).toBe(1);
    }
  });
});

describe('the picture', () => {
  const box = { left: 0, right: 800, top: 0, bottom: 500 };
  const marks = fc.array(
    fc.record({
      x: fc.integer({ min: 0, max: 800 }),
      y: fc.integer({ min: 0, max: 500 }),
      label: fc.constantFrom('GPT-3', 'Megatron-Turing NLG', 'T5'),
    }),
    { maxLength: 60 },
  );

  it('names marks inside the picture, the first one wherever there is room at all', () => {
    fc.assert(
      fc.property(marks, (drawn) => {
        const points = drawn.map((point, index) => ({ id: String(index), ...point }));
        const labels = placeLabels(points, points, box);
        expect(new Set(labels.map(({ id }) => id)).size).toBe(labels.length);
        for (const { x, y } of labels) {
          expect(x >= 0 && x <= 800 && y >= 0 && y <= 500).toBe(true);
        }
      }),
    );
    const alone = [{ id: 'a', x: 400, y: 250, label: 'GPT-3' }];
    expect(placeLabels(alone, alone, box)).toEqual([{ id: 'a', x: 408, y: 254, anchor: 'start' }]);
  });

  it('answers with the nearest mark within reach', () => {
    const near = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
    ];
    expect(nearest(near, 7, 0, 20)).toBe(near[1]);
    expect(nearest(near, 100, 0, 20)).toBeUndefined();
  });

  it('puts a month at its middle', () => {
    expect(yearOf('2020-01')).toBeCloseTo(2020.04, 2);
    expect(yearOf('2020-12')).toBeCloseTo(2020.96, 2);
  });
});

it.each([
  [175e9, '175B'],
  [1.4e12, '1.4T'],
  [51.23e9, '51.2B'],
  [1e7, '10M'],
  [116534784, '117M'],
  [8e9, '8B'],
])('prints %d as %s', (value, printed) => {
  expect(amount(value)).toBe(printed);
});

it('arrows go by date and by size, each through every mark once, and hold at the ends', () => {
  const marks = [
    { id: 'old and large', x: 1, y: 0 },
    { id: 'small', x: 2, y: 9 },
    { id: 'same month', x: 2, y: 5 },
    { id: 'new', x: 3, y: 5 },
  ];
  const walk = (key: string): string[] => {
    const ids: string[] = [];
    let at = stepped(marks, undefined, key);
    for (let i = 0; i < marks.length; i += 1) {
      ids.push(at?.id ?? '');
      at = stepped(marks, at, key);
    }
    expect(at?.id).toBe(ids.at(-1));
    return ids;
  };
  expect(walk('ArrowRight')).toEqual(['old and large', 'small', 'same month', 'new']);
  expect(walk('ArrowUp')).toEqual(['small', 'same month', 'new', 'old and large']);
  const [first] = marks;
  expect(stepped(marks, first, 'ArrowLeft')).toBe(first);
  expect(stepped(marks, marks[1], 'ArrowLeft')).toBe(first);
  expect(stepped(marks, first, 'ArrowDown')?.id).toBe('new');
  expect(stepped(marks, first, 'End')?.id).toBe('new');
  expect(stepped(marks, first, 'Tab')).toBeUndefined();
});
