import { describe, expect, test } from 'vitest';
import { coverage, findQuery, holdsWord } from '~/search/textMatch.ts';

const marked = (query: string, text: string): string[] =>
  findQuery(query, text).marks.map(([from, to]) => text.slice(from, to));

describe('what is marked', () => {
  test('the query as written, whatever joins its words', () => {
    expect(marked('loss scaling', 'Loss scaling, loss-scaling and the scale of the loss')).toEqual([
      'Loss scaling',
      'loss-scaling',
    ]);
  });

  test('its words in other endings where it does not stand as written', () => {
    expect(marked('scaling losses', 'the loss is scaled')).toEqual(['loss', 'scaled']);
  });

  test('no other word for a slip that looks like an ending', () => {
    expect(marked('deepspeeed', 'DeepSpeed')).toEqual([]);
    expect(marked('deepspeed', 'DeepSpeed')).toEqual(['DeepSpeed']);
  });

  test('no function words', () => {
    expect(marked('what is the bubble', 'the bubble is what')).toEqual(['bubble']);
  });

  test('the longest pieces of a Chinese run', () => {
    expect(marked('混合精度训练的原理', '混合精度训练为什么可行：原理')).toEqual([
      '混合精度训练',
      '原理',
    ]);
  });

  test('each clause by itself', () => {
    expect(marked('按层切，代价是气泡', '流水线并行按层切；代价是气泡。')).toEqual([
      '按层切',
      '代价是气泡',
    ]);
  });

  test('a number and a letter with or without what joins them, but no part of a longer number', () => {
    expect(marked('ZeRO-3', 'ZeRO 3, zero3, ZeRO-30')).toEqual(['ZeRO 3', 'zero3']);
    expect(marked('GPT3', 'GPT-3')).toEqual(['GPT-3']);
  });

  test('signs of regular expressions as themselves', () => {
    expect(marked('ZeRO++', 'ZeRO, ZeRO++')).toEqual(['ZeRO++']);
    expect(marked('a.b[c', 'a.b[c axb[c')).toEqual(['a.b[c']);
    expect(marked('[', '[')).toEqual([]);
  });

  test('places that stay places when a letter changes its length in lower case', () => {
    expect(marked('bubble', 'İ bubble')).toEqual(['bubble']);
  });
});

describe('how much of a query a text holds', () => {
  test.each([
    ['显存', '显示器存放', 0],
    ['显存', '显存', 1],
    ['loss scaling', 'the loss', 0.5],
    ['qwertyuiop', 'q', 0],
    ['the', 'the', 0],
  ])('%s in %s: %f', (query, text, share) => {
    expect(coverage(query, text)).toBe(share);
  });
});

test('a word half typed is held by what it may become, a longer one not by its beginning', () => {
  expect(holdsWord('precisi', 'mixed precision')).toBe(true);
  expect(holdsWord('deepsped', 'deep')).toBe(false);
  expect(holdsWord('deepspeeed', 'DeepSpeed')).toBe(false);
  expect(holdsWord('speed', 'DeepSpeed')).toBe(false);
});
