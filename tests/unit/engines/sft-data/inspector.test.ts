import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countKept,
  createCleaner,
  createInspector,
  type Finding,
  flagsOf,
  type InspectionSettings,
  MOST_LISTED,
  MOST_RECORD_BYTES,
} from '../../../../src/engines/sft-data/index.ts';
import { summarizeLengths } from '../../../../src/engines/sft-data/lengths.ts';
import { refusal } from '../refusals.ts';

const sampleAt = (name: string) =>
  readFileSync(new URL(`../../../../src/labs/sft-data/inspect/${name}`, import.meta.url));
const sample = sampleAt('sample.jsonl');
const items = sampleAt('sample-evaluation.txt').toString().trim().split('\n');

const settings: InspectionSettings = {
  part: 'example',
  unit: 'word3',
  b: 14,
  r: 8,
  threshold: 0.7,
  seed: 1,
};

const encode = (text: string) => new TextEncoder().encode(text);

function inspect(
  bytes: Uint8Array | string,
  change: Partial<InspectionSettings> = {},
  size = 65536,
) {
  const inspector = createInspector({ ...settings, ...change });
  const all = typeof bytes === 'string' ? encode(bytes) : bytes;
  for (let at = 0; at < all.length; at += size) inspector.push(all.slice(at, at + size));
  return inspector.finish();
}

const line = (...texts: string[]) =>
  JSON.stringify({
    messages: texts.map((content, at) => ({ role: at % 2 ? 'assistant' : 'user', content })),
  });

describe('the sample', () => {
  const { inspection, map } = inspect(sample, { overlap: { items, n: 8, coverage: 0.5 } });
  const lines = sample.toString().split('\n');
  const at = (finding: Exclude<Finding, 'overlap'>) =>
    inspection[finding].first.map(({ number }) => number);

  it('has something of everything, at the lines where it was put', () => {
    expect(inspection).toMatchObject({ kind: 'lines', records: 28, blank: 1, clean: 10 });
    expect(at('schema')).toEqual([11, 12, 13, 28]);
    expect(at('empty')).toEqual([10]);
    expect(at('roles')).toEqual([7, 8, 9, 23, 24]);
    expect(inspection.exact.first).toEqual([{ number: 5, of: 1 }]);
    expect(inspection.near.first.map(({ number, of }) => [number, of])).toEqual([
      [6, 4],
      [27, 26],
    ]);
    expect(at('pii')).toEqual([17, 17, 18, 18, 19, 19]);
    expect(inspection.overlap).toMatchObject({ items: 3, matched: 2, total: 2, tooShort: 0 });
  });

  it('is the same however it is cut', () => {
    const again = inspect(sample, { overlap: { items, n: 8, coverage: 0.5 } }, 3);
    expect(again.inspection).toEqual(inspection);
    expect(again.map).toEqual(map);
  });

  it('cleaned has the lines that stay, as they are', () => {
    const removed: Finding[] = ['schema', 'exact', 'pii'];
    const cleaner = createCleaner(map, 'lines', flagsOf(removed));
    const kept = Buffer.concat(cleaner.push(sample)).toString();
    const gone = new Set(removed.flatMap((finding) => at(finding as Exclude<Finding, 'overlap'>)));
    const expected = lines.filter((text, index) => text && !gone.has(index + 1));
    expect(kept).toBe(`${expected.join('\n')}\n`);
    expect(countKept(map, flagsOf(removed))).toBe(expected.length);
  });

  it('finds more of the evaluation by 8-grams than by 13-grams', () => {
    const { overlap } = inspect(sample, { overlap: { items, n: 13, coverage: 0 } }).inspection;
    expect(overlap).toMatchObject({ matched: 1, first: [{ number: 20, item: 1, coverage: 1 }] });
  });
});

describe('copies', () => {
  it('are equal but for case, width and white space; a system message tells them apart', () => {
    const system = (text: string) =>
      JSON.stringify({
        messages: [
          { role: 'system', content: text },
          { role: 'user', content: 'Say hello to all of them, please.' },
          { role: 'assistant', content: 'Hello to all of you here!' },
        ],
      });
    const { inspection } = inspect(
      [
        line('a  b', 'C'),
        line(' Ａ b\n', 'c'),
        line('ab', 'c'),
        system('x'),
        system('y'),
        system('X '),
      ].join('\n'),
    );
    expect(inspection.exact.first).toEqual([
      { number: 2, of: 1 },
      { number: 6, of: 4 },
    ]);
    expect(inspection.near.first).toEqual([{ number: 5, of: 4, jaccard: 1 }]);
  });

  it('by prompt alone leave the answer out', () => {
    const text = [line('one two', 'three'), line('one two', 'four')].join('\n');
    expect(inspect(text).inspection.flagged.exact).toBe(0);
    expect(inspect(text, { part: 'prompt' }).inspection.flagged.exact).toBe(1);
  });
});

describe('any bytes', () => {
  it('are inspected without an error, and every record is counted once', () => {
    const piece = fc.constantFrom(
      line('a', 'b'),
      '{',
      '[',
      ']',
      '"',
      '\\',
      ',',
      '\n',
      '\r',
      '{"__proto__":{"messages":[]}}',
      '{"messages":[{"role":"user","content":"\\ud800"}]}',
      '\ufeff',
      '{"conversations":[[]]}',
      '\u2028',
      '<b>',
    );
    const tokens = fc.array(piece, { maxLength: 30 }).map((pieces) => encode(pieces.join('')));
    const noise = fc.uint8Array({ maxLength: 200 });
    // Bytes changed in a file that is whole: half a sign, a quote too many, a line end gone.
    const damaged = fc
      .array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { maxLength: 12 })
      .map((changes) => {
        const bytes = Uint8Array.from(sample);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      });
    const size = fc.integer({ min: 1, max: 40 });
    const checked = (bytes: Uint8Array, cut: number): void => {
      const whole = inspect(bytes, {}, bytes.length || 1);
      const { inspection, map } = inspect(bytes, {}, cut);
      expect(inspection).toEqual(whole.inspection);
      expect(map).toEqual(whole.map);
      expect(map.flags.length).toBe(inspection.records);
      expect(countKept(map, 255)).toBe(inspection.clean);
      expect(countKept(map, 0)).toBe(inspection.records);
      const cleaned = (step: number): string => {
        const cleaner = createCleaner(map, inspection.kind, 255);
        const out: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; at += step) {
          out.push(...cleaner.push(bytes.subarray(at, at + step)));
        }
        return Buffer.concat([...out, ...cleaner.end()]).toString('latin1');
      };
      expect(cleaned(cut)).toBe(cleaned(bytes.length || 1));
      // What was found clean is clean by itself: nothing else of the file is left.
      const again = inspect(Buffer.from(cleaned(cut), 'latin1')).inspection;
      expect([again.records, again.clean]).toEqual([inspection.clean, inspection.clean]);
    };
    fc.assert(fc.property(fc.oneof(tokens, noise), size, checked));
    fc.assert(fc.property(damaged, size, checked), { numRuns: 12 });
  });

  it('are listed so far and counted all', () => {
    const { inspection } = inspect('{}\n'.repeat(3000));
    expect(inspection.schema).toMatchObject({ total: 3000, kinds: [['unknownFormat', 3000]] });
    expect(inspection.schema.first).toHaveLength(MOST_LISTED);
  });
});

describe('the list of findings', () => {
  const chat = (...letters: string[]) =>
    JSON.stringify({
      messages: letters.map((letter, at) => ({
        role: { u: 'user', a: 'assistant', s: 'system' }[letter[0] as 'u'],
        content: letter.slice(1) || `said ${letters.join()} at ${at}`,
      })),
    });

  it('names each record once a finding, by its first turn, and the kinds that occur most first', () => {
    const { inspection, map } = inspect(
      [
        chat('u', 'a', 'u'),
        chat('u', 'u', 'a', 'a'),
        chat('a', 'a'),
        JSON.stringify({ instruction: 'mail a@b.co and c@d.co', output: 'call 13800138000' }),
        '{"prompt":1}',
        '{"chosen":1}',
        '{"rejected":1}',
        '',
        chat('u', 'a ', 'u ', 'a  '),
      ].join('\n'),
    );
    expect(inspection).toMatchObject({ records: 8, blank: 1, clean: 0, kind: 'lines' });
    expect(inspection.roles).toEqual({
      total: 3,
      first: [
        { number: 1, code: 'lastNotAssistant', turn: 3 },
        { number: 2, code: 'userTwice', turn: 2 },
        { number: 3, code: 'assistantFirst', turn: 1 },
      ],
      kinds: [
        ['assistantTwice', 2],
        ['lastNotAssistant', 1],
        ['userTwice', 1],
        ['assistantFirst', 1],
      ],
    });
    expect(inspection.schema).toMatchObject({
      total: 3,
      kinds: [
        ['preference', 2],
        ['missing', 1],
      ],
    });
    expect(inspection.empty).toEqual({
      total: 1,
      first: [{ number: 9, code: 'emptyAnswer', turn: 2 }],
      kinds: [
        ['emptyAnswer', 1],
        ['emptyPrompt', 1],
      ],
    });
    expect(inspection.pii).toEqual({
      total: 2,
      first: [
        { number: 4, rule: 'email', masked: 'a•••@b•••.co' },
        { number: 4, rule: 'chineseMobile', masked: '13••••00' },
      ],
      kinds: [
        ['email', 1],
        ['chineseMobile', 1],
      ],
    });
    expect(inspection.formats).toEqual([
      ['messages', 4],
      ['alpaca', 1],
    ]);
    expect(inspection.flagged).toEqual({
      schema: 3,
      empty: 1,
      roles: 3,
      exact: 0,
      near: 0,
      overlap: 0,
      pii: 1,
    });
    expect([...map.numbers]).toEqual([1, 2, 3, 4, 5, 6, 7, 9]);
    expect(inspection.overlap).toBeUndefined();
  });

  it('names the item that a record covers most, and counts all that are matched', () => {
    const items = ['one two three four', 'five six seven eight', 'nine'];
    const text = line('one two three', 'five six seven eight');
    const settled = { overlap: { items, n: 2, coverage: 0 } };
    expect(inspect(text, settled).inspection.overlap).toEqual({
      total: 1,
      first: [{ number: 1, item: 2, coverage: 1 }],
      items: 3,
      tooShort: 1,
      matched: 2,
    });
    const prompt = inspect(text, { ...settled, part: 'prompt' }).inspection.overlap;
    expect(prompt).toMatchObject({ matched: 1, first: [{ item: 1, coverage: 0.75 }] });
    expect(inspect(line('x', 'y'), settled).inspection.overlap).toMatchObject({
      total: 0,
      matched: 0,
    });
  });

  it('grows past any number of records', () => {
    const many = Array.from({ length: 2500 }, (_, index) => line(`question ${index}`, `${index}`));
    const { inspection, map } = inspect(many.join('\n'));
    expect([inspection.records, inspection.lengths.count]).toEqual([2500, 2500]);
    expect(map.numbers[2499]).toBe(2500);
    expect(map.ends[2499]).toBe(inspection.bytes);
  });

  it('tells how far the comparing is', () => {
    const inspector = createInspector(settings);
    inspector.push(encode([line('a b c d', 'e f g h'), line('i j k l', 'm n o p')].join('\n')));
    const shares: number[] = [];
    inspector.finish((share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(0);
    expect(shares.every((share, at) => share >= (shares[at - 1] ?? 0) && share <= 1)).toBe(true);
  });

  it('lists formats by how many examples have them', () => {
    const { inspection } = inspect(
      ['{"prompt":"p","completion":"c"}', line('a', 'b'), line('c', 'd')].join('\n'),
    );
    expect(inspection.formats).toEqual([
      ['messages', 2],
      ['completion', 1],
    ]);
  });

  it('names lines that are no UTF-8, that begin with a mark, or that are too long, and goes on', () => {
    const inspector = createInspector(settings);
    inspector.push(encode(`${line('a', 'b')}\n`));
    inspector.push(Uint8Array.of(0x22, 0xff, 0x22, 10));
    inspector.push(encode(`\ufeff${line('c', 'd')}\n`));
    inspector.push(new Uint8Array(MOST_RECORD_BYTES + 1).fill(97));
    inspector.push(encode(`\n${line('e', 'f')}`));
    const { inspection, map } = inspector.finish();
    expect(inspection.schema.first.map(({ number, code, at }) => [number, code, at])).toEqual([
      [2, 'notUtf8', ''],
      [3, 'notJson', ''],
      [4, 'tooLong', ''],
    ]);
    expect(inspection.schema.first[2]?.found).toBe('');
    expect([inspection.records, inspection.clean]).toEqual([5, 2]);
    expect((map.ends[3] as number) - (map.starts[3] as number)).toBe(MOST_RECORD_BYTES + 1);
  });

  it('names the first record where another is nearly the same', () => {
    const words = Array.from({ length: 60 }, (_, at) => `word${at}`);
    const text = [
      line(words.join(' '), 'yes'),
      line([...words.slice(0, -1), 'other'].join(' '), 'yes'),
    ].join('\n');
    expect(inspect(text).inspection.near).toMatchObject({
      total: 1,
      first: [{ number: 2, of: 1 }],
    });
  });

  it('refuses a part nobody knows', () => {
    expect(refusal(() => createInspector({ ...settings, part: 'answer' as never }))).toBe(
      'RangeError: part must be one of example, prompt, got "answer"',
    );
  });
});

describe('copies of one text', () => {
  const copies = (first: string, second: string) =>
    inspect([first, second].join('\n')).inspection.flagged.exact === 1;

  it.each([
    ['a b', 'a\u00a0b', true],
    ['a b', 'a\u2028b', true],
    ['a b', 'a \u2029\t b', true],
    [' a b ', 'a b', true],
    ['ＡＢＣ', 'abc', true],
    ['a b', 'ab', false],
    ['a\u200bb', 'a b', false],
    ['', ' ', true],
    ['abc', 'acb', false],
  ])('%j and %j are copies: %s', (one, other, are) => {
    expect(copies(line(one, 'x'), line(other, 'x'))).toBe(are);
  });

  it('are not where another says them, or a tool is called', () => {
    const said = (role: string, more = {}) =>
      JSON.stringify({ messages: [{ role, content: 'x', ...more }] });
    expect(copies(said('user'), said('assistant'))).toBe(false);
    expect(copies(said('assistant'), said('assistant', { tool_calls: [1] }))).toBe(false);
    expect(copies(line('ab', 'c'), line('a', 'bc'))).toBe(false);
  });
});

describe('lengths', () => {
  it('have a bin for nothing at all, and quantiles that one example decides', () => {
    const lengths = summarizeLengths(Uint32Array.of(...Array(19).fill(1), 0, 4096));
    expect(lengths).toMatchObject({ count: 21, total: 4115, median: 1, p95: 1, most: 4096 });
    expect(lengths.bins[0]).toEqual({ from: 0, to: 0, count: 1 });
    expect(lengths.bins.at(-1)).toEqual({ from: 4096, to: 8191, count: 1 });
    expect(lengths.bins).toHaveLength(14);
    expect(summarizeLengths(Uint32Array.of(5, 1, 3, 2)).median).toBe(2);
    expect(summarizeLengths(Uint32Array.of(7)).p95).toBe(7);
    expect(summarizeLengths(Uint32Array.of(2 ** 32 - 1)).bins).toEqual([
      { from: 2 ** 31, to: 2 ** 32 - 1, count: 1 },
    ]);
  });

  it('count code points, in bins that double', () => {
    const { lengths } = inspect(
      [line('🚀'.repeat(3), ''), line('abcd', 'efg'), line('x', '')].join('\n'),
    ).inspection;
    expect(lengths).toEqual({
      count: 3,
      total: 11,
      median: 3,
      p95: 7,
      most: 7,
      bins: [
        { from: 1, to: 1, count: 1 },
        { from: 2, to: 3, count: 1 },
        { from: 4, to: 7, count: 1 },
      ],
    });
    expect(inspect('').inspection.lengths).toMatchObject({ count: 0, bins: [], most: 0 });
  });
});
