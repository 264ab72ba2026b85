import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hyphened, hyphensOf } from '~/search/hyphens.ts';
import { isKnown, likeness, nearestWord, spelled, vocabularyOf } from '~/search/nearest.ts';
import { excerpt } from '~/search/passages.ts';
import { essence, isAsking, readQuery } from '~/search/query.ts';
import { addressOf, linkTo } from '~/search/result.ts';
import { coverage, findQuery, holdsWord } from '~/search/textMatch.ts';
import { translated } from '~/search/translate.ts';

const terms = [
  ['损失缩放', 'loss scaling'],
  ['张量并行', 'tensor parallelism', 'TP'],
  ['ZeRO', 'Zero Redundancy Optimizer', '零冗余优化器'],
];
const vocabulary = vocabularyOf({ pages: [], terms });
const hyphens = hyphensOf({ pages: [], terms: [['fine-tuning', 'ZeRO-3']] });

/** What people type, what they paste, and what only an attacker sends. */
const query = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...['loss', 'scaling', 'TP', 'ZeRO', 'zero3', '损失', '缩放', '张量并行', '的', ' ', '-'],
        ...['，', 'İ', 'ß', 'ﬁ', '\u200B', '\uD800', '🚀', '\\', '[', '(', '*', '$&', '.*', '\0'],
        ...['<img src=x onerror=alert(1)>', '__proto__', 'constructor', '%E0%A4%A', '&q=', '#x'],
        'a-'.repeat(500),
        '好'.repeat(500),
      ),
      { maxLength: 8 },
    )
    .map((pieces) => pieces.join('')),
);

test('any query is read, cleaned once and for all, and asked without an error', () => {
  fc.assert(
    fc.property(query, (typed) => {
      const read = readQuery(typed);
      expect(readQuery(read.text)).toEqual(read);
      expect(typeof isAsking(read)).toBe('boolean');
      essence(read);
      hyphened(read, hyphens);
      translated(read, terms);
      for (const word of spelled(read.text)) {
        isKnown(word, vocabulary);
        nearestWord(word, vocabulary);
      }
      const like = likeness('ZeRO', read.text);
      expect(like).toBeGreaterThanOrEqual(0);
      expect(like).toBeLessThanOrEqual(1);
    }),
    { numRuns: 150 },
  );
});

test('what it marks are places of the text, apart and in order, and no sign of the text is lost', () => {
  fc.assert(
    fc.property(query, query, (typed, text) => {
      for (const ranges of Object.values(findQuery(typed, text))) {
        let end = -1;
        for (const [from, to] of ranges) {
          expect(from).toBeGreaterThan(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }
      const share = coverage(typed, text);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
      for (const word of readQuery(typed).words) holdsWord(word, text);
      excerpt(text, typed);
    }),
    { numRuns: 120 },
  );
});

test('a query in an address comes back as it was typed, and stays text', () => {
  fc.assert(
    fc.property(
      query.map((typed) => typed.trim().toWellFormed()),
      fc.string(),
      (typed, topic) => {
        const address = addressOf('/search/', {
          query: typed,
          topic: topic.toWellFormed(),
          level: '',
        });
        const url = new URL(address, 'https://lab.example');
        expect([url.pathname, url.hash]).toEqual(['/search/', '']);
        expect(url.searchParams.get('q') ?? '').toBe(typed);
        expect(url.searchParams.get('topic') ?? '').toBe(topic.toWellFormed());
        const link = new URL(
          linkTo('topics/deepspeed', 'en', typed, 'zero'),
          'https://lab.example',
        );
        expect([link.searchParams.get('q') ?? '', link.hash]).toEqual([typed, '#zero']);
      },
    ),
  );
});

test('a letter that grows when it is made small moves nothing', () => {
  expect(translated(readQuery('İ loss scaling'), terms)?.text).toBe('İ 损失缩放');
  expect(findQuery('loss', 'İ loss').marks).toEqual([[2, 6]]);
});
