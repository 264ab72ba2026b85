import { describe, expect, test } from 'vitest';
import { hyphened, hyphensOf } from '~/search/hyphens.ts';
import { readQuery } from '~/search/query.ts';
import { translated } from '~/search/translate.ts';

const onChinesePages = [
  ['损失缩放', 'loss scaling'],
  ['主权重', 'master weights', 'FP32 master copy'],
  ['张量并行', 'tensor parallelism', 'TP'],
  ['ZeRO', 'Zero Redundancy Optimizer', '零冗余优化器'],
];
const onEnglishPages = onChinesePages.map(([zh = '', en = '', ...rest]) => [en, zh, ...rest]);

describe('glossary names in the language of the page', () => {
  test.each([
    ['BF16为什么不需要loss scaling', 'BF16为什么不需要损失缩放'],
    ['loss-scaling', '损失缩放'],
    ['master weight怎么更新', '主权重怎么更新'],
    ['TP 跨机', '张量并行跨机'],
    ['零冗余优化器', 'ZeRO'],
  ])('%s → %s', (typed, written) => {
    expect(translated(readQuery(typed), onChinesePages)?.text).toBe(written);
  });

  test('the other way round too', () => {
    expect(translated(readQuery('损失缩放'), onEnglishPages)?.text).toBe('loss scaling');
  });

  test('no part of a longer word', () => {
    expect(translated(readQuery('HTTP'), onChinesePages)).toBeUndefined();
    expect(translated(readQuery('TPU'), onChinesePages)).toBeUndefined();
  });

  test('nothing to say where the name is already written so', () => {
    expect(translated(readQuery('张量并行'), onChinesePages)).toBeUndefined();
  });
});

describe('words that the texts write with a hyphen', () => {
  const hyphens = hyphensOf({
    pages: [],
    terms: [
      ['fine-tuning'],
      ['ZeRO-3'],
      ['checkpoint'],
      ['allreduce'],
      ['all-reduce'],
      ['all-reduce'],
    ],
  });

  test.each([
    ['finetuning ZeRO3', 'fine-tuning ZeRO-3'],
    ['ZeRO3显存', 'ZeRO-3显存'],
    ['allreduce', 'all-reduce'],
    ['checkpoint', 'checkpoint'],
  ])('%s → %s', (typed, written) => {
    expect(hyphened(readQuery(typed), hyphens).text).toBe(written);
  });
});
