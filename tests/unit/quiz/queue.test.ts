import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRADES, type Grade } from '../../../src/progress/events.ts';
import type { DeckCard } from '../../../src/quiz/deck.ts';
import {
  type CardState,
  drillQueue,
  graded,
  skipped,
  startSession,
  summary,
  ungraded,
  without,
} from '../../../src/quiz/queue.ts';
import { seeded } from '../../../src/quiz/random.ts';

const card = (id: string, over: Partial<DeckCard> = {}): DeckCard => ({
  id,
  key: `deepspeed/${id}`,
  topic: 'deepspeed',
  level: 2,
  kind: 'open',
  title: id,
  passage: 'zero-stages',
  followUps: [],
  ...over,
});

const grades = fc.array(fc.constantFrom<Grade>(...GRADES), { maxLength: 60 });
const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 12 });

describe('a session', () => {
  it('asks every card until it is passed, and never loses or doubles one', () => {
    fc.assert(
      fc.property(ids, grades, (cards, given) => {
        let session = startSession(cards);
        const passed = new Set<string>();
        given.forEach((grade, n) => {
          const asked = session.waiting[0];
          if (asked !== undefined && grade > 1) passed.add(asked);
          session = graded(session, grade, `e${n}`);
          expect(new Set(session.waiting).size).toBe(session.waiting.length);
          expect([...session.waiting, ...passed].sort()).toEqual([...cards].sort());
        });
      }),
    );
  });

  it('brings a missed card back, but not at once while others wait', () => {
    const session = graded(startSession(['a', 'b', 'c', 'd', 'e', 'f']), 1, 'e');
    expect(session.waiting).toEqual(['b', 'c', 'd', 'e', 'a', 'f']);
    expect(graded(startSession(['a']), 1, 'e').waiting).toEqual(['a']);
  });

  it('takes grades back exactly, one by one', () => {
    fc.assert(
      fc.property(ids, grades, (cards, given) => {
        let session = startSession(cards);
        const before = [session];
        given.forEach((grade, n) => {
          if (session.waiting.length === 0) return;
          session = graded(session, grade, `e${n}`);
          before.push(session);
        });
        while (before.length > 1) {
          before.pop();
          session = ungraded(session).session;
          expect(session).toEqual(before.at(-1));
        }
        expect(ungraded(session).undone).toBeUndefined();
      }),
    );
  });

  it('skips without losing, and drops others but not the asked card', () => {
    const session = startSession(['a', 'b', 'c']);
    expect(skipped(session).waiting).toEqual(['b', 'c', 'a']);
    expect(without(session, () => true).waiting).toEqual(['a']);
  });

  it('sums up: first attempts, and what was missed', () => {
    let session = startSession(['a', 'b']);
    for (const [n, grade] of ([1, 3, 2] as const).entries())
      session = graded(session, grade, `${n}`);
    expect(summary(session)).toEqual({ cards: 2, reviews: 3, first: 1, missed: ['a'] });
  });
});

describe('drillQueue', () => {
  const cards = [
    card('ds-001'),
    card('ds-002', { kind: 'numeric', level: 1 }),
    card('mp-001', { topic: 'mixed-precision' }),
  ];
  const state = (id: string): CardState => ({
    unseen: id === 'mp-001',
    missed: id === 'ds-002',
    marked: id === 'ds-001',
  });
  const drill = (filter: Parameters<typeof drillQueue>[1]): string[] =>
    drillQueue(cards, filter, state, seeded(1)).sort();

  it('filters by topic, level, kind and state, together', () => {
    expect(drill({})).toHaveLength(3);
    expect(drill({ topic: 'deepspeed' })).toEqual(['ds-001', 'ds-002']);
    expect(drill({ level: 1 })).toEqual(['ds-002']);
    expect(drill({ kind: 'open' })).toEqual(['ds-001', 'mp-001']);
    expect(drill({ only: 'unseen' })).toEqual(['mp-001']);
    expect(drill({ only: 'missed' })).toEqual(['ds-002']);
    expect(drill({ only: 'marked', topic: 'mixed-precision' })).toEqual([]);
  });

  it('shuffles by the seed', () => {
    const order = (seed: number): string => drillQueue(cards, {}, state, seeded(seed)).join();
    expect(order(7)).toBe(order(7));
    expect(new Set(Array.from({ length: 40 }, (_, seed) => order(seed))).size).toBe(6);
  });
});
