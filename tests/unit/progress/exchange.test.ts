import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../src/progress/events.ts';
import { exportProgress, MAX_CHARACTERS, previewImport } from '../../../src/progress/exchange.ts';
import { fold } from '../../../src/progress/fold.ts';
import { memoryStore } from '../../../src/progress/store.ts';
import { log, START } from './arbitrary.ts';
import { malformedFiles, WHOLE } from './malformed.ts';

describe('export and import', () => {
  it('carry every event over, foreign ones too, and the same events give the same text', () => {
    fc.assert(
      fc.property(log, (events) => {
        const text = exportProgress(events);
        const { add, known, problems } = previewImport(text, []);
        expect([problems, known]).toEqual([[], 0]);
        expect(fold(add)).toEqual(fold(events));
        expect(exportProgress(add)).toBe(text);
        expect(exportProgress([...events].reverse())).toBe(text);
      }),
    );
  });

  it('give the same progress in whatever order and however often files are imported', async () => {
    const cases = fc.tuple(
      log,
      fc.array(fc.array(fc.nat(29), { maxLength: 20 }), { maxLength: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([events, picks]) => {
        const files = picks.map((pick) => [
          ...new Set(pick.flatMap((n) => (events[n] ? [events[n]] : []))),
        ]);
        const merged = fold(files.flat());
        for (const order of [files, [...files].reverse(), [...files, ...files]]) {
          const store = memoryStore();
          for (const file of order) {
            const preview = previewImport(exportProgress(file), await store.all());
            expect(preview.problems).toEqual([]);
            expect(preview.add.length + preview.known).toBe(file.length);
            await store.appendAll(preview.add);
          }
          expect(fold(await store.all())).toEqual(merged);
          store.close();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('names what is here already', () => {
    const { add, known } = previewImport(exportProgress(WHOLE), WHOLE.slice(0, 2));
    expect([add.length, known]).toEqual([WHOLE.length - 2, 2]);
  });

  it('refuses a record that differs from the one here under the same id', () => {
    const [first] = WHOLE as [StoredEvent];
    const other = { ...first, at: START + 1 } as StoredEvent;
    expect(previewImport(exportProgress([other]), WHOLE).problems).toEqual([
      { place: 'events[0]', problem: 'conflict', value: first.id },
    ]);
  });

  it('says where and what is wrong', () => {
    const at = (events: unknown, rest = {}) =>
      previewImport(
        JSON.stringify({ format: 'llm-interview-lab/progress', schema: 1, events, ...rest }),
        [],
      ).problems;
    const review = { id: 'abcdef', at: 1, v: 1, kind: 'review', card: 'mp-001', grade: 3, ms: 5 };
    expect(at([review])).toEqual([]);
    expect(at([review, { ...review, id: 'abcdeg', grade: 5 }])).toEqual([
      { place: 'events[1].grade', problem: 'not-allowed', value: '5', allowed: '1, 2, 3, 4' },
    ]);
    expect(at([{ ...review, note: 'x' }])).toEqual([
      { place: 'events[0].note', problem: 'unknown-field' },
    ]);
    expect(at([{ ...review, ms: undefined }])).toEqual([
      { place: 'events[0].ms', problem: 'missing' },
    ]);
    expect(at([review], { extra: 1 })).toEqual([{ place: 'extra', problem: 'unknown-field' }]);
    const set = { id: 'abcdef', at: 1, v: 1, kind: 'settings', set: { interview: '2026-02-30' } };
    expect(at([set])[0]).toMatchObject({ place: 'events[0].set.interview', value: '"2026-02-30"' });
    const cut = exportProgress(WHOLE).slice(0, 300);
    expect(previewImport(cut, []).problems).toEqual([
      { place: `line ${cut.split('\n').length}`, problem: 'not-json' },
    ]);
    expect(previewImport(' '.repeat(MAX_CHARACTERS + 1), []).problems[0]?.problem).toBe(
      'too-large',
    );
  });

  it('accepts newer files as far as it can: what it does not know is kept', () => {
    const newer = { id: 'abcdef', at: 1, v: 7, kind: 'review', card: { new: 'form' } };
    const file = { format: 'llm-interview-lab/progress', schema: 7, events: [newer], device: 'x' };
    expect(previewImport(JSON.stringify(file), [])).toEqual({
      add: [newer],
      known: 0,
      problems: [],
    });
  });
});

describe('any file', () => {
  type Json = Record<string, unknown> | unknown[];
  /** Every place of a parsed file: what holds it, and its key there. */
  const places = (value: unknown): [Json, string][] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.keys(value).flatMap((key): [Json, string][] => [
          [value as Json, key],
          ...places((value as Record<string, unknown>)[key]),
        ]);
  /** Changed, deleted, doubled, moved elsewhere, or with a key that reaches a prototype. */
  const set = (holder: Json, key: string, value: unknown): void => {
    Object.defineProperty(holder, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  };
  const CHANGES: Readonly<Record<string, (holder: Json, key: string, value: unknown) => void>> = {
    change: set,
    delete: (holder, key) => {
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    },
    double: (holder, key) => {
      const value = (holder as Record<string, unknown>)[key];
      if (Array.isArray(holder)) holder.push(value);
      else set(holder, `${key}2`, value);
    },
    wrap: (holder, key) => set(holder, key, [(holder as Record<string, unknown>)[key]]),
    pollute: (holder, key) => set(holder, '__proto__', (holder as Record<string, unknown>)[key]),
  };
  const hostile = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(1e308, -1, 2 ** 53, 4e15, 4e15 + 1, 0.5, 'all', '9999-12-31', ''),
    fc.string({ unit: 'binary', maxLength: 80 }),
  );
  const mutated = fc
    .tuple(
      log,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(...Object.keys(CHANGES)), hostile), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([events, changes]) => {
      const file = JSON.parse(exportProgress([...WHOLE, ...events]));
      for (const [at, change, value] of changes) {
        const all = places(file);
        const [holder, key] = all[at % all.length] ?? [file, 'events'];
        CHANGES[change]?.(holder, key, value);
      }
      return JSON.stringify(file);
    });
  const cut = fc
    .tuple(log, fc.nat(), fc.nat(), fc.string({ unit: 'binary', maxLength: 3 }))
    .map(([events, from, to, between]) => {
      const text = exportProgress([...WHOLE, ...events]);
      const [a, b] = [from % text.length, to % text.length].sort((x, y) => x - y) as [
        number,
        number,
      ];
      return text.slice(0, a) + between + text.slice(b);
    });
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
    fc.string({ unit: 'binary' }),
    fc
      .jsonValue()
      .map(
        (events) =>
          `{"format":"llm-interview-lab/progress","schema":1,"events":[${JSON.stringify(events)}]}`,
      ),
  );

  it('is taken whole and folds, or is refused with places, and then adds nothing', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: mutated }, cut, anything), (text) => {
        const { add, known, problems } = previewImport(text, WHOLE.slice(0, 2));
        for (const { place, problem } of problems) {
          expect(place, text).not.toBe('');
          expect(problem).not.toBe('');
        }
        if (problems.length > 0) expect([add, known]).toEqual([[], 0]);
        const all = [...WHOLE.slice(0, 2), ...add];
        const folded = fold(all);
        expect(folded.events).toHaveLength(all.length);
        // What came in can be given on: the export of all is taken, and gives the same progress.
        const again = previewImport(exportProgress(all), []);
        expect(again.problems).toEqual([]);
        expect(fold(again.add)).toEqual(folded);
        expect(Object.getPrototypeOf({})).toBe(Object.prototype);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe('300 malformed files', () => {
  const files = malformedFiles(300);

  it('are 300 different ones', () => {
    expect(new Set(files.map(({ text }) => text)).size).toBe(300);
  });

  it('add nothing, and each gets a message with its place', async () => {
    const store = memoryStore();
    await store.appendAll(WHOLE.slice(0, 3));
    const before = exportProgress(await store.all());
    for (const { text, why } of files) {
      const { add, problems } = previewImport(text, await store.all());
      expect(problems.length, `${why}: ${text.slice(0, 200)}`).toBeGreaterThan(0);
      expect(problems.length).toBeLessThanOrEqual(20);
      for (const { place } of problems) expect(place).toMatch(/^(file|line \d+|[\w-]+([.[].*)?)$/s);
      await store.appendAll(add);
      expect(exportProgress(await store.all())).toBe(before);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    store.close();
  });
});
