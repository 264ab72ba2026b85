import { describe, expect, test } from 'vitest';
import type { PageText } from '~/search/pagefind.ts';
import { excerpt, pageCoverage, passagesOf } from '~/search/passages.ts';

type Anchor = [element: string, id: string, text: string, at: number];

/** A page as Pagefind keeps it: words with their places, names first. */
function pageOf(words: string[], anchors: Anchor[]): PageText {
  return {
    content: words.join(' '),
    meta: { title: 'How is memory saved?' },
    anchors: anchors.map(([element, id, text, location]) => ({ element, id, text, location })),
  };
}

const page = pageOf(
  'ZeRO, sharding ⁂. How is memory saved? By sharding. Stages. Stage 1 shards optimizer states. ZeRO-3 shards only parameters. All three are sharded.'.split(
    ' ',
  ),
  [
    ['h2', 'stages', 'Stages', 9],
    ['figure', 'figure-x', '', 11],
    ['details', 'only-parameters', '', 15],
    ['s', 'only-parameters-wrong', 'ZeRO-3 shards only parameters.', 15],
  ],
);

describe('passages of a page', () => {
  test('stand under their heading and are linked by its id', () => {
    const [first] = passagesOf(page, 'optimizer states');
    expect(first).toMatchObject({ anchor: 'stages', heading: ['Stages'], refuted: false });
    expect(first?.parts).toEqual(['Stage 1 shards ', 'optimizer states', '.']);
  });

  test('show a wrong sentence as refuted, with its correction as the text', () => {
    const [first] = passagesOf(page, 'only parameters');
    expect(first).toMatchObject({ anchor: 'only-parameters', refuted: true });
    expect(first?.heading).toEqual(['ZeRO-3 shards ', 'only parameters', '.']);
    expect(first?.parts.join('')).toBe('All three are sharded.');
  });

  test('never show the names that stand before the text, nor the title twice', () => {
    for (const query of ['sharding', 'memory', 'qwertyuiop']) {
      const [first] = passagesOf(page, query);
      expect(first?.parts.join('')).not.toMatch(/⁂|ZeRO, sharding|How is memory/);
    }
    expect(passagesOf(page, 'qwertyuiop')[0]?.parts).toEqual(['By sharding.']);
  });

  test('are at most three', () => {
    const words = Array.from({ length: 40 }, (_, index) => (index % 4 === 0 ? 'bubble' : 'x'));
    const anchors = [8, 16, 24, 32].map((at): Anchor => ['h2', `h${at}`, `H ${at}`, at]);
    expect(passagesOf(pageOf(['⁂', ...words], anchors), 'bubble')).toHaveLength(3);
  });

  test('read Chinese without its zero-width spaces', () => {
    const chinese: PageText = {
      content: ['名', '⁂', '。', '显', '存', '碎片', '要', '整理', '<p>'].join('\u200B'),
      meta: { title: '题' },
      anchors: [],
    };
    expect(passagesOf(chinese, '显存碎片')[0]?.parts).toEqual(['', '显存碎片', '要整理<p>']);
    expect(pageCoverage(chinese, '显存')).toBe(1);
  });
});

describe('an excerpt', () => {
  const long = `${'before '.repeat(60)}the pipeline bubble${' after'.repeat(60)}`;

  test('shows the marked place and cuts no word in two', () => {
    const shown = excerpt(long, 'pipeline bubble').parts;
    expect(shown[1]).toBe('pipeline bubble');
    expect(shown.join('')).toMatch(/^…(before )+the pipeline bubble( after)+ ?…$/);
    expect(shown.join('').length).toBeLessThan(160);
  });

  test('is the beginning where nothing is marked', () => {
    expect(excerpt('Short text.', 'qwertyuiop').parts).toEqual(['Short text.']);
  });
});
