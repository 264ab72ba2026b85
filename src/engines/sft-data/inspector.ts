import { oneOf } from '../arguments.ts';
import {
  createNearDuplicateFinder,
  type NearDuplicates,
  type ShingleUnit,
} from '../dedup/index.ts';
import { type Format, readExample, type SchemaProblem, type Turn } from './example.ts';
import { type Lengths, summarizeLengths } from './lengths.ts';
import { createOverlapFinder, type OverlapSettings } from './overlap.ts';
import { findPii, maskHit, type PiiRule } from './pii.ts';
import { type EmptyProblem, emptyProblems, type RoleProblem, roleProblems } from './roles.ts';
import { createSplitter, type FileKind, type FileProblem } from './split.ts';

export const FINDINGS = ['schema', 'empty', 'roles', 'exact', 'near', 'overlap', 'pii'] as const;
/** What can be wrong with an example; each is a bit of its flags, in this order. */
export type Finding = (typeof FINDINGS)[number];

export const PARTS = ['example', 'prompt'] as const;
/** What is compared: the whole example without its system message, or what the user says. */
export type Part = (typeof PARTS)[number];

export interface InspectionSettings {
  part: Part;
  unit: ShingleUnit;
  b: number;
  r: number;
  threshold: number;
  seed: number;
  overlap?: OverlapSettings;
}

/** Numbers are those of lines, or of items of a list, counted from 1. */
export interface Listed<T> {
  total: number;
  first: ({ number: number } & T)[];
}

export interface Inspection {
  kind: FileKind;
  problem?: FileProblem;
  bytes: number;
  /** Lines or items that are not blank. */
  records: number;
  blank: number;
  /** Records without any finding. */
  clean: number;
  /** Records with each finding; one may have several. */
  flagged: Record<Finding, number>;
  /** Readable records by format, those that occur. */
  formats: [Format, number][];
  /** Kinds of problem by how many records have them, those that occur. */
  schema: Listed<SchemaProblem> & { kinds: [string, number][] };
  roles: Listed<{ code: RoleProblem; turn: number }> & { kinds: [RoleProblem, number][] };
  empty: Listed<{ code: EmptyProblem; turn: number }> & { kinds: [EmptyProblem, number][] };
  pii: Listed<{ rule: PiiRule; masked: string }> & { kinds: [PiiRule, number][] };
  exact: Listed<{ of: number }>;
  near: Listed<{ of: number; jaccard: number }> &
    Pick<NearDuplicates, 'compared' | 'reached' | 'similarities' | 'tooShort' | 'limited'>;
  overlap?: Listed<{ item: number; coverage: number }> & {
    items: number;
    tooShort: number;
    /** Items that some record matches. */
    matched: number;
  };
  /** In code points of all texts of an example, without JSON. */
  lengths: Lengths;
}

/** Where each record stands in the file and what was found in it; record by record. */
export interface RecordMap {
  starts: Uint32Array;
  ends: Uint32Array;
  flags: Uint8Array;
  numbers: Uint32Array;
}

export interface Inspector {
  /** Takes the next bytes of the file. */
  push: (chunk: Uint8Array) => void;
  /** Finishes; `onProgress` is told the share of the comparing that is done, 0 to 1. */
  finish: (onProgress?: (share: number) => void) => { inspection: Inspection; map: RecordMap };
}

/** Findings listed one by one; all are counted. */
export const MOST_LISTED = 50;

export const flagOf = (finding: Finding): number => 1 << FINDINGS.indexOf(finding);

/**
 * Inspects a file of training examples piece by piece. For each example it keeps its place, its flags,
 * a hash, its length, its shingles and bands as numbers (`dedup`), and no text.
 *
 * @throws RangeError for settings out of range.
 */
export function createInspector(settings: InspectionSettings): Inspector {
  oneOf('part', settings.part, PARTS);
  const near = createNearDuplicateFinder(settings);
  const overlap = settings.overlap && createOverlapFinder(settings.overlap);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const starts = numbers();
  const ends = numbers();
  const places = numbers();
  const flags = numbers();
  const lengths = numbers();
  const firstWith = new Map<number, number>();
  const matched = new Set<number>();
  const formats = new Map<Format, number>();
  const schema = tally<SchemaProblem, string>();
  const roles = tally<{ code: RoleProblem; turn: number }, RoleProblem>();
  const empty = tally<{ code: EmptyProblem; turn: number }, EmptyProblem>();
  const pii = tally<{ rule: PiiRule; masked: string }, PiiRule>();
  const exact = listed<{ of: number }>();
  const overlaps = listed<{ item: number; coverage: number }>();
  let blank = 0;
  let bytes = 0;

  const place = (start: number, end: number, number: number): void => {
    starts.push(start);
    ends.push(end);
    places.push(number);
  };
  const broken = (number: number, problem: SchemaProblem): void => {
    near.skip();
    flags.push(flagOf('schema'));
    schema.note(number, problem, [problem.code]);
  };

  const splitter = createSplitter({
    blank() {
      blank += 1;
    },
    tooLong(start, end, number) {
      place(start, end, number);
      broken(number, { code: 'tooLong', at: '', found: '' });
    },
    record(record, start, end, number) {
      place(start, end, number);
      const reading = read(record, decoder);
      if (reading.problem) {
        broken(number, reading.problem);
        return;
      }
      const { format, turns } = reading;
      formats.set(format, (formats.get(format) ?? 0) + 1);
      let found = 0;
      const order = roleProblems(turns);
      for (const [code, turn] of order) {
        found |= flagOf('roles');
        roles.note(number, { code, turn: turn + 1 }, [...order.keys()]);
        break;
      }
      const blanks = emptyProblems(turns);
      for (const [code, turn] of blanks) {
        found |= flagOf('empty');
        empty.note(number, { code, turn: turn + 1 }, [...blanks.keys()]);
        break;
      }

      let length = 0;
      const rules = new Map<PiiRule, string>();
      for (const { text } of turns) {
        length += codePoints(text);
        for (const { rule, start: from, end: to } of findPii(text)) {
          if (!rules.has(rule)) rules.set(rule, maskHit(rule, text.slice(from, to)));
        }
      }
      lengths.push(length);
      for (const [rule, masked] of rules) {
        found |= flagOf('pii');
        pii.note(number, { rule, masked }, [rule]);
      }

      const key = exactKey(turns, settings.part);
      const first = firstWith.get(key);
      const text = comparedText(turns, settings.part);
      if (first === undefined) {
        firstWith.set(key, places.count() - 1);
        near.add(text);
      } else {
        found |= flagOf('exact');
        exact.note(number, { of: places.at(first) });
        // A copy is one finding, not two.
        near.skip();
      }
      const matches = overlap?.match(text) ?? [];
      if (matches.length > 0) {
        found |= flagOf('overlap');
        const [best] = matches.sort((a, b) => b.coverage - a.coverage);
        overlaps.note(number, { ...best!, item: best!.item + 1 });
        for (const { item } of matches) matched.add(item);
      }
      flags.push(found);
    },
  });

  return {
    push(chunk) {
      bytes += chunk.length;
      splitter.push(chunk);
    },
    finish(onProgress) {
      const { kind, problem } = splitter.end();
      firstWith.clear();
      const { of, jaccard, ...compared } = near.find(onProgress);
      const nears = listed<{ of: number; jaccard: number }>();
      const map: RecordMap = {
        starts: starts.all(),
        ends: ends.all(),
        numbers: places.all(),
        flags: Uint8Array.from(flags.all()),
      };
      const records = map.flags.length;
      const flagged = Object.fromEntries(FINDINGS.map((finding) => [finding, 0])) as Record<
        Finding,
        number
      >;
      let clean = 0;
      for (let index = 0; index < records; index += 1) {
        if (of[index]! >= 0) {
          map.flags[index]! |= flagOf('near');
          nears.note(map.numbers[index]!, {
            of: map.numbers[of[index]!]!,
            jaccard: jaccard[index]!,
          });
        }
        const found = map.flags[index]!;
        if (found === 0) clean += 1;
        for (const finding of FINDINGS) if (found & flagOf(finding)) flagged[finding] += 1;
      }
      const inspection: Inspection = {
        kind,
        problem,
        bytes,
        records,
        blank,
        clean,
        flagged,
        formats: [...formats].sort((a, b) => b[1] - a[1]),
        schema: schema.done(),
        roles: roles.done(),
        empty: empty.done(),
        pii: pii.done(),
        exact: exact.done(),
        near: { ...nears.done(), ...compared },
        overlap: overlap && {
          ...overlaps.done(),
          items: settings.overlap!.items.length,
          tooShort: overlap.tooShort,
          matched: matched.size,
        },
        lengths: summarizeLengths(lengths.all()),
      };
      return { inspection, map };
    },
  };
}

/** The example in one record's bytes, or what keeps it from being one. Never throws. */
export function read(
  bytes: Uint8Array,
  decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }),
): ReturnType<typeof readExample> {
  let json: string;
  try {
    json = decoder.decode(bytes);
  } catch {
    return { problem: { code: 'notUtf8', at: '', found: '' } };
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    // Engines word it differently; where they name the place, it is by this number.
    const [, position = ''] = /position (\d+)/.exec((error as Error).message) ?? [];
    return {
      problem: { code: 'notJson', at: '', found: position && String(Number(position) + 1) },
    };
  }
  return readExample(value);
}

/** What near-duplicates and overlap are measured on. A system message shared by all would make all alike. */
export function comparedText(turns: readonly Turn[], part: Part): string {
  const texts: string[] = [];
  for (const { role, text } of turns) {
    if (role === 'user' || (part === 'example' && role !== 'system')) texts.push(text);
  }
  return texts.join('\n');
}

/** 53 bits of the roles and texts, white space collapsed, width and case folded. */
function exactKey(turns: readonly Turn[], part: Part): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  const add = (code: number): void => {
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
    high ^= high >>> 15;
  };
  for (const { role, text, calls } of turns) {
    if (part === 'prompt' && role !== 'user') continue;
    add(0xffff);
    add(role.charCodeAt(0));
    if (calls) add(0xfffe);
    const folded = text.normalize('NFKC').toLowerCase();
    let gap = false;
    let any = false;
    for (let index = 0; index < folded.length; index += 1) {
      const code = folded.charCodeAt(index);
      if (code <= 32 || code === 0x2028 || code === 0x2029) {
        gap = any;
        continue;
      }
      if (gap) add(32);
      gap = false;
      any = true;
      add(code);
    }
  }
  return (low >>> 0) + (high & 0x1fffff) * 2 ** 32;
}

function codePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index += 1) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xdc00) count -= 1;
  }
  return count;
}

function listed<T extends object>() {
  const list: Listed<T> = { total: 0, first: [] };
  return {
    note(number: number, what: T): void {
      list.total += 1;
      if (list.first.length < MOST_LISTED) list.first.push({ number, ...what });
    },
    done: (): Listed<T> => list,
  };
}

/** A list that also counts its kinds. */
function tally<T extends object, Kind extends string>() {
  const list = listed<T>();
  const kinds = new Map<Kind, number>();
  return {
    note(number: number, what: T, of: readonly Kind[]): void {
      list.note(number, what);
      for (const kind of of) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    },
    done: (): Listed<T> & { kinds: [Kind, number][] } => ({
      ...list.done(),
      kinds: [...kinds].sort((a, b) => b[1] - a[1]),
    }),
  };
}

/** A growing list of unsigned 32-bit numbers. */
function numbers() {
  let list = new Uint32Array(1024);
  let count = 0;
  return {
    push(value: number): void {
      if (count === list.length) {
        const longer = new Uint32Array(count * 2);
        longer.set(list);
        list = longer;
      }
      list[count++] = value;
    },
    at: (index: number): number => list[index]!,
    count: (): number => count,
    all: (): Uint32Array => list.slice(0, count),
  };
}
