import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../src/progress/events.ts';
import { stamp } from '../../../src/progress/events.ts';
import { add, DEFAULT_SETTINGS, fold } from '../../../src/progress/fold.ts';
import { DAY } from '../../../src/progress/schedule.ts';
import { log, START, shuffled } from './arbitrary.ts';

let count = 0;
const event = (at: number, fields: object): StoredEvent => {
  count += 1;
  return { id: `fixed-${String(count).padStart(4, '0')}`, at, v: 1, ...fields } as StoredEvent;
};
const graded = (card: string, grade: number, at: number): StoredEvent =>
  event(at, { kind: 'review', card, grade, ms: 1000 });

describe('fold', () => {
  it('gives the same progress whatever the order of the events and however often each comes', () => {
    const cases = log.chain((events) => fc.tuple(fc.constant(events), shuffled(events)));
    fc.assert(
      fc.property(cases, ([events, other]) => {
        expect(fold([...other, ...events, ...other])).toEqual(fold(events));
      }),
    );
  });

  it('is what adding the events one by one gives, in any order', () => {
    const cases = log.chain((events) => fc.tuple(fc.constant(events), shuffled(events)));
    fc.assert(
      fc.property(cases, ([events, other]) => {
        const whole = fold(events);
        expect(events.reduce(add, fold([]))).toEqual(whole);
        expect(other.reduce(add, fold([]))).toEqual(whole);
        expect(other.reduce(add, whole)).toBe(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves earlier progress as it was when an event is added', () => {
    fc.assert(
      fc.property(log, (events) => {
        const last = events.at(-1);
        if (!last) return;
        const before = fold(events.slice(0, -1));
        const copy = structuredClone({ ...before, cancelled: undefined });
        add(before, last);
        expect(structuredClone({ ...before, cancelled: undefined })).toEqual(copy);
      }),
    );
  });

  it('takes a review back as if it had not been, and an undo too', () => {
    const first = graded('mp-001', 3, START);
    const second = graded('mp-001', 1, START + DAY);
    const undo = event(START + DAY + 1, { kind: 'undo', of: second.id });
    const redo = event(START + DAY + 2, { kind: 'undo', of: undo.id });
    expect(fold([first, second, undo]).cards).toEqual(fold([first]).cards);
    expect(fold([first, second, undo]).reviews).toEqual([first]);
    expect(fold([first, second, undo, redo]).cards).toEqual(fold([first, second]).cards);
  });

  it('lets an undo name only what counts before it, so that two cannot take each other back', () => {
    const review = graded('mp-001', 3, START);
    const early = event(START - 1, { kind: 'undo', of: review.id });
    expect(fold([review, early]).cards.size).toBe(1);
    const a = { ...event(START + 1, { kind: 'undo' }), of: 'mutual-b' } as StoredEvent;
    const b = { id: 'mutual-b', at: START + 2, v: 1, kind: 'undo', of: a.id } as StoredEvent;
    expect([...fold([a, b]).cancelled.undone]).toEqual([a.id]);
  });

  it('starts over with a card, a topic, all, and takes that back', () => {
    const events = ['mp-001', 'mp-002', 'par-001'].map((card, i) => graded(card, 3, START + i));
    const mark = event(START + 5, { kind: 'mark', card: 'mp-001', mark: 'revisit', on: true });
    const mock = event(START + 6, {
      kind: 'mock',
      minutes: 15,
      topics: ['mp'],
      level: 1,
      answers: [],
    });
    const minutes = event(START + 7, { kind: 'settings', set: { minutes: 45 } });
    const log = [...events, mark, mock, minutes];
    const reset = (scope: unknown) => fold([...log, event(START + DAY, { kind: 'reset', scope })]);
    expect([...reset({ card: 'mp-001' }).cards.keys()]).toEqual(['mp-002', 'par-001']);
    expect([...reset({ topic: 'mp' }).cards.keys()]).toEqual(['par-001']);
    expect(reset({ topic: 'mp' }).marks.size).toBe(0);
    expect(reset({ topic: 'mp' }).mocks.length).toBe(1);
    const nothing = reset('all');
    expect([nothing.cards.size, nothing.marks.size, nothing.mocks.length]).toEqual([0, 0, 0]);
    expect(nothing.settings).toEqual({ ...DEFAULT_SETTINGS, minutes: 45 });
    const all = event(START + DAY, { kind: 'reset', scope: 'all' });
    const undo = event(START + DAY + 1, { kind: 'undo', of: all.id });
    expect(fold([...log, all, undo]).cards).toEqual(fold(log).cards);
  });

  it('starts a card anew after its reset: its first review counts as a first', () => {
    const reset = event(START + DAY, { kind: 'reset', scope: { card: 'mp-001' } });
    const again = graded('mp-001', 3, START + 2 * DAY);
    expect(fold([graded('mp-001', 1, START), reset, again]).cards).toEqual(fold([again]).cards);
  });

  it('keeps what it does not understand and counts it', () => {
    const newer = { ...graded('mp-001', 3, START), v: 2 } as StoredEvent;
    const other = event(START, { kind: 'badge', of: { any: ['thing'] } });
    const progress = fold([newer, other]);
    expect(progress.events).toEqual(expect.arrayContaining([newer, other]));
    expect([progress.cards.size, progress.foreign]).toEqual([0, 2]);
  });

  it('survives cards named like parts of a prototype', () => {
    const progress = fold([graded('constructor', 3, START), graded('__proto__', 3, START + 1)]);
    expect([...progress.cards.keys()]).toEqual(['constructor', '__proto__']);
  });
});

describe('stamp', () => {
  it('dates an event by the clock, and after what it follows when the clock was set back', () => {
    const draft = { kind: 'review', card: 'mp-001', grade: 3, ms: 10 } as const;
    expect(stamp(draft, 1000.7).at).toBe(1000);
    expect(stamp(draft, 1000, 5000).at).toBe(5001);
    expect(stamp(draft, 1000).id).not.toBe(stamp(draft, 1000).id);
  });
});
