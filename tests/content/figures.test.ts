import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCode } from '~/content-check/checkContent.ts';
import { readContent } from '~/content-check/readContent.ts';
import { engineNumber } from '~/markdown/engineNumber.ts';
import { figuresIn, typedTwice } from './figures.ts';

const content = readContent(process.cwd());
const { engines } = await loadCode(process.cwd());
const texts = [...content.topics, ...content.questions, ...content.labs].flatMap((entry) =>
  Object.values(entry.texts).map(({ file, parsed }) => ({
    file,
    source: readFileSync(file, 'utf8'),
    printed: parsed.elements
      .filter(({ name }) => name === 'Engine')
      .map(({ attributes }) => engineNumber(engines, attributes).printed),
  })),
);

describe('figures in the texts', () => {
  it('have their source beside them', () => {
    // A lab's words name the numbers the reader is to enter; what it states, its presets cite.
    const figures = texts
      .filter(({ file }) => !file.startsWith('content/labs/'))
      .flatMap(({ file, source }) => figuresIn(source).map((figure) => ({ file, ...figure })));
    expect(figures.length).toBeGreaterThan(1500);
    expect(
      figures
        .filter(({ beside }) => beside === null)
        .map(({ file, line, text, around }) => `${file}:${line}: ${text} in "${around}"`),
    ).toEqual([]);
  });

  it('are not typed where an engine of the text prints them', () => {
    expect(
      texts.flatMap(({ file, source, printed }) =>
        typedTwice(source, printed).map((found) => `${file}:${found}`),
      ),
    ).toEqual([]);
  });
});

describe('the rule for figures', () => {
  const beside = (source: string): (string | null)[] =>
    figuresIn(source).map((figure) => figure.beside);

  it.each<[string, string, (string | null)[]]>([
    ['a percentage', 'It keeps 83.1% of them.', [null]],
    ['a count', 'It has 2,048 GPUs and 3 stages.', [null]],
    ['a year', 'Published in 2017.', [null]],
    ['a Chinese count', '共有3.03亿参数。', [null]],
    ['a figure with its source', 'It keeps 83.1% <Cite ref="x" />.', ['cite']],
    [
      'a figure after the source of another',
      'Some keep 80% <Cite ref="x" />. Others 90%.',
      ['cite', null],
    ],
    [
      'two figures of one sentence',
      'Some keep 80% <Cite ref="x" />, others 90%.',
      ['cite', 'cite'],
    ],
    ['numbers in names', 'Qwen3.5, GPT-3 175B, H100 and 1F1B.', []],
    ['numbers in code and formulas', '`betas=0.95` and $\\beta = 0.95$.', []],
    [
      'what an engine reckons with',
      '7B takes <Engine call="a.b" with={{ params: 7e9 }} />.',
      ['engine'],
    ],
    ['the width of a format', 'It takes 2 bytes.', ['definition']],
    ['a row without a source', '| a | b |\n| - | - |\n| x | 80% |', [null]],
    [
      'a row under a heading with one',
      '| a | b <Cite ref="x" /> |\n| - | - |\n| x | 80% |',
      ['cite'],
    ],
    [
      "the question's own number",
      '<Prompt>\nWith 80 GB?\n</Prompt>\n\n80 GB is enough.',
      ['posed'],
    ],
    [
      'a key point that repeats',
      'It keeps 80% <Cite ref="x" />.\n\n<KeyPoint id="a">80%, not 90%</KeyPoint>',
      ['cite', 'repeated', null],
    ],
    [
      'an option that may be false',
      '<Option id="a">It keeps 90%. <Why>It keeps 80%.</Why></Option>',
      [null],
    ],
  ])('%s', (_name, source, expected) => {
    expect(beside(source)).toEqual(expected);
  });

  it('finds a number that an engine prints, and no argument or small count', () => {
    const engine = '<Engine call="a.b" with={{ params: 7.5e9 }} />';
    expect(typedTwice(`7.5B take ${engine}, that is 31.4 GB.`, ['31.4 GB', '7.5B'])).toEqual([
      '1: 31.4 GB',
    ]);
    expect(typedTwice(`The scale is 2¹⁶ in 16 runs of ${engine}.`, ['2¹⁶', '16'])).toEqual([
      '1: 2¹⁶',
    ]);
  });
});
