import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createCleaner,
  createSplitter,
  MOST_RECORD_BYTES,
  type RecordMap,
} from '../../../../src/engines/sft-data/index.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** Pieces of a file of these sizes, over and over. */
function pieces(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    // A copy that is wiped afterwards would show what is kept of a chunk.
    found.push(bytes.slice(at, at + size));
    at += size;
  }
  return found;
}

function split(bytes: Uint8Array, sizes: readonly number[]) {
  const records: { text: string; number: number }[] = [];
  const places: [number, number][] = [];
  let blank = 0;
  const tooLong: number[] = [];
  const splitter = createSplitter({
    record(record, start, end, number) {
      records.push({ text: decode(record), number });
      places.push([start, end]);
      expect(decode(bytes.subarray(start, end))).toBe(decode(record));
    },
    tooLong: (_start, _end, number) => tooLong.push(number),
    blank: () => {
      blank += 1;
    },
  });
  for (const piece of pieces(bytes, sizes)) {
    splitter.push(piece);
    piece.fill(0);
  }
  return { ...splitter.end(), records, places, blank, tooLong };
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const line = fc.string({
  unit: fc.constantFrom('a', '"', '{', '好', '🚀', ' ', '\\', ','),
  maxLength: 12,
});

describe('lines', () => {
  it('are the same however the file is cut, also inside a sign', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        sizes,
        (lines, end, bom, last, cuts) => {
          const text = `x${end}${lines.join(end)}${last ? end : ''}`;
          const { kind, records, blank } = split(encode(`${bom ? '\ufeff' : ''}${text}`), cuts);
          const all = text.split('\n').map((item, index) => ({ text: item, number: index + 1 }));
          if (text.endsWith('\n')) all.pop();
          const filled = all.filter((item) => item.text.trim() !== '');
          expect(kind).toBe('lines');
          expect(records).toEqual(filled);
          expect(blank).toBe(all.length - filled.length);
        },
      ),
    );
  });

  it('of an empty file and of white space are none', () => {
    expect(split(encode(''), [1])).toMatchObject({ kind: 'lines', records: [], blank: 0 });
    expect(split(encode('\ufeff'), [1])).toMatchObject({ records: [] });
    expect(split(encode('\n \n'.repeat(5000)), [7])).toMatchObject({ records: [], blank: 10_000 });
  });

  it('longer than the most are named and not kept', () => {
    const sizes: number[] = [];
    const tooLong: number[] = [];
    const splitter = createSplitter({
      record: (record) => sizes.push(record.length),
      tooLong: (_start, _end, number) => tooLong.push(number),
      blank: () => {},
    });
    const longest = new Uint8Array(MOST_RECORD_BYTES).fill(97);
    for (const piece of ['a\n', longest, '\n', longest, 'a\nz']) {
      splitter.push(typeof piece === 'string' ? encode(piece) : piece);
    }
    splitter.end();
    expect(sizes).toEqual([1, MOST_RECORD_BYTES, 1]);
    expect(tooLong).toEqual([3]);
  });

  it('begin behind any white space and a mark, however much, and end with the file', () => {
    for (const head of [' '.repeat(4095), ' '.repeat(4096), `\ufeff${' '.repeat(5000)}`]) {
      const { records, kind, places } = split(encode(`${head}\n a\nb`), [1000]);
      expect([kind, records]).toEqual([
        'lines',
        [
          { text: ' a', number: 2 },
          { text: 'b', number: 3 },
        ],
      ]);
      const from = encode(head).length + 1;
      expect(places).toEqual([
        [from, from + 2],
        [from + 3, from + 4],
      ]);
    }
    expect(split(encode(`${' '.repeat(4000)}[1]`), [7]).kind).toBe('list');
    expect(split(encode('ab'), [1]).records).toEqual([{ text: 'ab', number: 1 }]);
  });

  it('of one sign or two are lines all the same', () => {
    expect(split(encode('a'), [1])).toMatchObject({ kind: 'lines', places: [[0, 1]] });
    expect(split(encode('[]'), [1])).toMatchObject({
      kind: 'list',
      records: [],
      problem: undefined,
    });
    expect(split(encode('['), [1])).toMatchObject({ kind: 'list', problem: 'unclosedList' });
    expect(split(Uint8Array.of(0xef, 0xbb), [1])).toMatchObject({ kind: 'lines' });
    expect(split(Uint8Array.of(0xfe, 0xff, 0, 0x5b), [1])).toMatchObject({ problem: 'utf16' });
  });

  it('are not taken for UTF-16 or for marked by one byte of the mark', () => {
    for (const bytes of [
      [0xff, 65],
      [65, 0xfe],
      [0xfe, 65],
      [65, 0xff],
      [0xff, 0xff],
      [0xfe, 0xfe],
    ]) {
      const { kind, problem, places } = split(Uint8Array.of(...bytes, 66), [1]);
      expect([kind, problem, places]).toEqual(['lines', undefined, [[0, 3]]]);
    }
    expect(split(Uint8Array.of(0xef, 0xbb, 66), [1]).places).toEqual([[0, 3]]);
    expect(split(Uint8Array.of(0xef, 0xbb, 0xbf, 66), [1]).places).toEqual([[3, 4]]);
    expect(split(Uint8Array.of(0xff, 0xfe), [1])).toMatchObject({
      kind: 'lines',
      problem: 'utf16',
    });
  });

  it('of control signs are no blank ones', () => {
    expect(split(encode('\u0001\n\u0008\n\t\n\u000b\n\u000e\n '), [3])).toMatchObject({
      records: [{ number: 1 }, { number: 2 }, { number: 5 }],
      blank: 3,
    });
  });

  it('of UTF-16 are refused as a file', () => {
    expect(split(Uint8Array.of(0xff, 0xfe, 0x7b, 0, 10, 0), [2])).toMatchObject({
      problem: 'utf16',
      records: [],
    });
  });
});

describe('a list', () => {
  it('has the items that JSON gives it, however printed and cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 8 }),
        fc.constantFrom(0, 1, 2),
        sizes,
        (items, indent, cuts) => {
          const found = split(encode(`\n ${JSON.stringify(items, null, indent)}\n`), cuts);
          expect(found.kind).toBe('list');
          expect(found.problem).toBeUndefined();
          expect(found.records.map(({ text }) => JSON.stringify(JSON.parse(text)))).toEqual(
            items.map((item) => JSON.stringify(item)),
          );
          expect(found.records.map(({ number }) => number)).toEqual(
            items.map((_, index) => index + 1),
          );
        },
      ),
    );
  });

  it('that does not close, or after which something stands, says so', () => {
    expect(split(encode('[{"a":1},{"b":'), [3])).toMatchObject({ problem: 'unclosedList' });
    expect(split(encode('[{"a":1}]\n{"b":2}'), [3])).toMatchObject({ problem: 'afterList' });
    expect(split(encode('[1] ,'), [3])).toMatchObject({ problem: 'afterList' });
    expect(split(encode('[1]\n \t'), [3])).toMatchObject({ problem: undefined });
    expect(split(encode('[1'), [3])).toMatchObject({
      problem: 'unclosedList',
      records: [{ text: '1', number: 1 }],
    });
    expect(split(encode('[ {"a":"]},\\"["} , [[1],2] ,"x" ]'), [2])).toMatchObject({
      records: [{ text: '{"a":"]},\\"["} ' }, { text: '[[1],2] ' }, { text: '"x" ' }],
      places: [
        [2, 17],
        [19, 27],
        [28, 32],
      ],
    });
    expect(split(encode('[1,,2]'), [3]).records.map(({ text }) => text)).toEqual(['1', '', '2']);
  });
});

describe('the cleaned file', () => {
  const mapOf = (bytes: Uint8Array, flags: readonly number[]): [RecordMap, 'lines' | 'list'] => {
    const { kind, places } = split(bytes, [bytes.length || 1]);
    return [
      {
        starts: Uint32Array.from(places, ([start]) => start),
        ends: Uint32Array.from(places, ([, end]) => end),
        numbers: Uint32Array.from(places, (_, index) => index + 1),
        flags: Uint8Array.from(places, (_, index) => flags[index % flags.length] ?? 0),
      },
      kind,
    ];
  };
  const clean = (
    bytes: Uint8Array,
    flags: readonly number[],
    removed: number,
    cuts: readonly number[],
  ) => {
    const [map, kind] = mapOf(bytes, flags);
    const cleaner = createCleaner(map, kind, removed);
    const out = pieces(bytes, cuts).flatMap((piece) => cleaner.push(piece));
    return [...out, ...cleaner.end()].map(decode2).join('');
  };
  // Bytes one by one: a piece may end inside a sign.
  const decode2 = (bytes: Uint8Array) => String.fromCharCode(...bytes);
  const flags = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 });

  it('keeps lines byte for byte, with their line ends', () => {
    fc.assert(
      fc.property(
        fc.array(
          line.map((text) => `x${text}`),
          { minLength: 1, maxLength: 10 },
        ),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        flags,
        sizes,
        (lines, end, last, given, cuts) => {
          const ended = lines.map((text, index) =>
            last || index < lines.length - 1 ? text + end : text,
          );
          const kept = ended.filter((_, index) => !((given[index % given.length] ?? 0) & 1));
          expect(clean(encode(`\ufeff${ended.join('')}`), given, 1, cuts)).toBe(
            decode2(encode(kept.join(''))),
          );
        },
      ),
    );
  });

  it('of a list in exact bytes', () => {
    const bytes = encode('[ {"a":1} ,{"b":2}]');
    expect(clean(bytes, [0, 0], 1, [4])).toBe('[\n{"a":1} ,\n{"b":2}\n]\n');
    expect(clean(bytes, [1, 0], 1, [4])).toBe('[\n{"b":2}\n]\n');
    expect(clean(bytes, [1], 1, [4])).toBe('[\n\n]\n'.replace('\n\n', '\n'));
    expect(clean(encode('[]'), [0], 1, [4])).toBe('[\n]\n');
    expect(clean(encode('a\n\nb'), [0], 1, [1])).toBe('a\nb');
  });

  it('keeps a list a list', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 8 }),
        flags,
        sizes,
        (items, given, cuts) => {
          const bytes = encode(JSON.stringify(items));
          const raw = Uint8Array.from(clean(bytes, given, 2, cuts), (sign) => sign.charCodeAt(0));
          expect(JSON.stringify(JSON.parse(decode(raw)))).toBe(
            JSON.stringify(items.filter((_, index) => !((given[index % given.length] ?? 0) & 2))),
          );
        },
      ),
    );
  });
});
