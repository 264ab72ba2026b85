import { describe, expect, test } from 'vitest';
import { readQuery } from '~/search/query.ts';
import { type Hits, rankPages } from '~/search/rank.ts';
import type { SearchPage } from '~/search/words.ts';

const page = (path: string, title: string, names: string[] = [], main = false): SearchPage => ({
  path,
  title,
  topic: 'x',
  kind: main ? 'main' : 'open',
  level: main ? 0 : 1,
  names,
});
const pages = [
  page('topic/', 'How does mixed-precision training work?', ['mixed precision', 'AMP'], true),
  page('bf16/', 'Why does BF16 need no loss scaling?', ['bfloat16', 'AMP']),
  page('other/', 'What is a pipeline bubble?'),
  page('last/', 'Which layers stay in FP32?'),
];
const nothing: Hits = { all: [], phrases: [], most: [] };
const order = (query: string, hits: Partial<Hits> = {}): string[] =>
  rankPages(readQuery(query), pages, { ...nothing, ...hits }).map(({ path }) => path);

describe('the order of results', () => {
  test('a page of that name comes first, a topic before its questions', () => {
    const all = [
      { path: 'last/', score: 9 },
      { path: 'bf16/', score: 8 },
    ];
    expect(order('AMP', { all })).toEqual(['topic/', 'bf16/', 'last/']);
  });

  test('names answer without the index, by letters alone', () => {
    expect(order('Mixed-Precision')).toEqual(['topic/']);
    expect(order('what is mixed precision')).toEqual(['topic/']);
    expect(order('pipeline bubble')).toEqual(['other/']);
  });

  test('a title that holds all words comes before texts that do', () => {
    const all = [
      { path: 'last/', score: 9 },
      { path: 'bf16/', score: 1 },
    ];
    expect(order('scaling BF16', { all })[0]).toBe('bf16/');
  });

  test('the words as written come before the same words apart', () => {
    const all = [
      { path: 'last/', score: 9 },
      { path: 'other/', score: 1 },
    ];
    const phrases = [[{ path: 'other/', score: 1 }]];
    expect(order('stage bubble time', { all, phrases })).toEqual(['other/', 'last/']);
  });

  test('a page must hold every clause as written to count as written', () => {
    const all = [
      { path: 'last/', score: 9 },
      { path: 'other/', score: 1 },
    ];
    const phrases = [[{ path: 'other/', score: 1 }], []];
    expect(order('gradient, optimizer', { all, phrases })).toEqual(['last/', 'other/']);
  });

  test('all words or most of them: the score decides', () => {
    const all = [{ path: 'last/', score: 3 }];
    const most = [
      { path: 'last/', score: 3 },
      { path: 'other/', score: 5 },
    ];
    expect(order('gradient overflow step', { all, most })).toEqual(['other/', 'last/']);
  });

  test('what fits nothing is not there', () => {
    expect(order('qwertyuiop')).toEqual([]);
  });
});
