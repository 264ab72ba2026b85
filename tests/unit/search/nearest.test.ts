import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  editDistance,
  isKnown,
  likeness,
  nearestName,
  nearestWord,
  spelled,
  vocabularyOf,
} from '~/search/nearest.ts';
import type { SearchPage } from '~/search/words.ts';

const page = (title: string, ...names: string[]): SearchPage => ({
  path: 'x/',
  title,
  topic: 'x',
  kind: 'open',
  level: 1,
  names,
});
const vocabulary = vocabularyOf({
  pages: [
    page('Why does mixed precision need loss scaling?', '混合精度'),
    page('Pipeline parallelism', 'parallelism'),
  ],
  terms: [['gradient_clipping', '梯度裁剪']],
});

describe('the nearest word', () => {
  test.each([
    ['precisoin', 'precision'],
    ['paralellism', 'parallelism'],
    ['piplines', 'pipeline'],
    ['clippng', 'clipping'],
    ['scalling', 'scaling'],
  ])('%s → %s', (slip, word) => {
    expect(nearestWord(slip, vocabulary)).toBe(word);
  });

  test('is none where nothing is near', () => {
    expect(nearestWord('qwertyuiop', vocabulary)).toBeUndefined();
  });

  test('is none for the word itself', () => {
    expect(nearestWord('precision', vocabulary)).toBeUndefined();
  });
});

test('a word half typed is known', () => {
  expect(isKnown('precisi', vocabulary)).toBe(true);
  expect(isKnown('precisoin', vocabulary)).toBe(false);
});

test('a Chinese name with one wrong character is put right, two are too many', () => {
  expect(nearestName('混和精度', vocabulary)).toBe('混合精度');
  expect(nearestName('混入深度', vocabulary)).toBeUndefined();
});

test('words that can be misspelt: long enough, letters only, cut at underscores', () => {
  expect(spelled('why gradient_cliping in 1F1B on A100')).toEqual(['gradient', 'cliping']);
});

describe('edit distance', () => {
  test.each([
    ['scale', 'scale', 0],
    ['sclae', 'scale', 1],
    ['scal', 'scale', 1],
    ['stale', 'scale', 1],
    ['catastrofic', 'catastrophic', 2],
  ])('%s, %s: %i', (a, b, distance) => {
    expect(editDistance(a, b, 3)).toBe(distance);
  });

  test('is the same both ways and never above the limit by more than one', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const there = editDistance(a, b, 2);
        expect(editDistance(b, a, 2)).toBe(there);
        expect(there).toBeLessThanOrEqual(3);
      }),
    );
  });
});

test('names are the more alike the more pairs of characters they share', () => {
  expect(likeness('流水线', '流水线并行')).toBeGreaterThan(likeness('流水线', '数据并行'));
  expect(likeness('', '')).toBe(0);
});
