import { describe, expect, test } from 'vitest';
import { essence, isAsking, plain, readQuery, segments } from '~/search/query.ts';

describe('a query as typed', () => {
  test('is cleaned of full-width letters, zero-width spaces and double spaces', () => {
    expect(readQuery('  ＺｅＲＯ\u200B-3　 显存 ').text).toBe('ZeRO-3 显存');
  });

  test('keeps hyphens and joins them to their word', () => {
    expect(readQuery('ZeRO-3 all-reduce').words).toEqual(['ZeRO-3', 'all-reduce']);
  });

  test('knows its scripts', () => {
    expect(readQuery('ZeRO显存')).toMatchObject({ hasHan: true, hasLatin: true });
    expect(readQuery('1F1B')).toMatchObject({ hasHan: false, hasLatin: true });
    expect(readQuery('显存')).toMatchObject({ hasHan: true, hasLatin: false });
  });

  test('is cut at punctuation, over which no phrase runs', () => {
    expect(readQuery('按层切，代价是气泡').clauses).toEqual(['按层切', '代价是气泡']);
  });

  test.each([
    ['显', true],
    ['z', false],
    ['PP', true],
    ['?!', false],
  ])('%s is enough to ask the index: %s', (text, asking) => {
    expect(isAsking(readQuery(text))).toBe(asking);
  });
});

describe('the essence of a query', () => {
  test.each([
    ['does mixed precision save memory', 'mixed precision save memory'],
    ['混合精度训练的原理是什么', '混合精度训练 原理'],
    ['ZeRO-3和TP区别', 'ZeRO-3 TP 区别'],
    ['what is the', 'what is the'],
  ])('%s → %s', (text, meant) => {
    expect(essence(readQuery(text))).toBe(meant);
  });

  test('does not cut a word in which a joining character stands', () => {
    expect(essence(readQuery('混和精度'))).toBe('混和精度');
  });
});

test('names are compared by letters and digits alone', () => {
  expect(plain('ZeRO-3 显存')).toBe(plain('zero3显存'));
  expect(plain('ZeRO++')).not.toBe(plain('ZeRO'));
});

test('Chinese is cut as the browser cuts it', () => {
  expect(segments('混合精度训练的原理')).toEqual(['混合', '精度', '训练', '的', '原理']);
});
