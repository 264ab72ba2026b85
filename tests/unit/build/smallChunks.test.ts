import { describe, expect, test } from 'vitest';
import { readCbor, writeArray, writeText } from '~/build/cbor.ts';
import { smallChunks } from '~/build/smallChunks.ts';

const NUMBER = Uint8Array.of(7);
const word = (text: string): Uint8Array => writeArray([writeText(text), NUMBER]);
const chunk = (words: readonly string[]): Uint8Array => writeArray([writeArray(words.map(word))]);

/** A meta file as Pagefind 1.6 writes it, with its chunks as [from, to, name]. */
function metaOf(chunks: readonly (readonly string[])[]): Uint8Array {
  const entries = chunks.map((entry) => writeArray(entry.map(writeText)));
  const rest = [writeArray([]), writeArray([]), writeArray([])];
  return writeArray([writeText('1.6.0'), writeArray([]), writeArray(entries), ...rest]);
}

function entriesOf(meta: Uint8Array): string[][] {
  const list = readCbor(meta).items()[2]?.items() ?? [];
  return list.map((entry) => entry.items().map((item) => item.text()));
}

function wordsOf(bytes: Uint8Array | undefined): string[] {
  const words =
    readCbor(bytes ?? writeArray([]))
      .items()[0]
      ?.items() ?? [];
  return words.map((item) => item.items()[0]?.text() ?? '');
}

describe('an index cut into small chunks', () => {
  const words = [
    'a',
    'adam',
    'adapter',
    'adaptive',
    'batch',
    'bf16',
    '优化',
    '优化器',
    '显存',
    '混合',
  ];
  const files = new Map([
    ['one', chunk(words.slice(0, 4))],
    ['two', chunk(words.slice(4))],
  ]);
  const meta = metaOf([
    ['a', 'adaptive', 'one'],
    ['batch', '混合', 'two'],
  ]);
  const cut = smallChunks(meta, (name) => files.get(name) ?? new Uint8Array(), 'zh-cn', 1);
  const entries = entriesOf(cut.meta);

  test('keeps every word, in order, once', () => {
    expect(entries.flatMap(([, , name]) => wordsOf(cut.chunks.get(name ?? '')))).toEqual(words);
  });

  test('keeps words with one beginning together, so that a word half typed finds its endings', () => {
    const together = entries.map(([, , name]) => wordsOf(cut.chunks.get(name ?? '')));
    expect(together).toEqual([
      ['a', 'adam', 'adapter', 'adaptive'],
      ['batch'],
      ['bf16'],
      ['优化', '优化器'],
      ['显存'],
      ['混合'],
    ]);
  });

  test('claims words that are longer than any it holds, so that a stem is found by its word', () => {
    const holder = (asked: string): string[] => {
      const entry = entries.find(([from = '', to = '']) => asked >= from && asked <= to);
      return wordsOf(cut.chunks.get(entry?.[2] ?? ''));
    };
    expect(holder('batches')).toEqual(['batch']);
    expect(holder('adaptively')).toContain('adaptive');
    expect(holder('显存占用')).toEqual(['显存']);
  });

  test('leaves the rest of the meta file as it was', () => {
    const before = readCbor(meta).items();
    const after = readCbor(cut.meta).items();
    for (const index of [0, 1, 3, 4, 5]) expect(after[index]?.bytes).toEqual(before[index]?.bytes);
  });

  test('refuses a meta file of another form', () => {
    expect(() => smallChunks(writeArray([writeText('2.0.0')]), () => NUMBER, 'en')).toThrow(
      /new form/,
    );
  });
});

describe('CBOR', () => {
  test.each([1, 23, 24, 255, 256, 70_000])('reads back a text of %i letters', (length) => {
    const text = 'x'.repeat(length);
    expect(readCbor(writeText(text)).text()).toBe(text);
  });

  test('names what it does not know', () => {
    expect(() => readCbor(Uint8Array.of(0xf5))).toThrow(/type 7/);
    expect(() => readCbor(Uint8Array.of(0x62, 0x61))).toThrow();
    expect(() => readCbor(Uint8Array.of(1, 2))).toThrow(/after the item/);
  });
});
