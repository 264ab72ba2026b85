import fc from 'fast-check';
import type { StoredEvent } from '../../../src/progress/events.ts';

export const START = Date.UTC(2026, 10, 1, 8);

const CARDS = ['mp-001', 'mp-002', 'par-001', 'sft-007'];
const card = fc.constantFrom(...CARDS);
const grade = fc.constantFrom(1, 2, 3, 4) as fc.Arbitrary<1 | 2 | 3 | 4>;

/** Ids count up so that undos often name an event that exists. */
const idOf = (n: number): string => `event-${String(n).padStart(4, '0')}`;

const body: fc.Arbitrary<object> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('review' as const),
      card,
      grade,
      ms: fc.nat(60_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('undo' as const), of: fc.nat(30).map(idOf) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('reset' as const),
      scope: fc.oneof(
        card.map((id) => ({ card: id })),
        fc.constantFrom('mp', 'par').map((topic) => ({ topic })),
        fc.constant('all' as const),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('mark' as const),
      card,
      mark: fc.constantFrom('read' as const, 'revisit' as const),
      on: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('settings' as const),
      set: fc.record({ minutes: fc.integer({ min: 1, max: 60 }) }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('mock' as const),
      minutes: fc.constant(15),
      topics: fc.constant(['mp']),
      level: fc.constant(2 as const),
      answers: fc.constant([]),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('from-the-future'), depth: fc.nat(5) }),
  },
);

/** Logs as devices write them: unique ids, clocks that now and then jump back or stand still. */
export const log: fc.Arbitrary<StoredEvent[]> = fc
  .array(fc.tuple(body, fc.integer({ min: -2, max: 40 }), fc.boolean()), { maxLength: 30 })
  .map((entries) => {
    let at = START;
    return entries.map(([entry, hours], n) => {
      at += hours * 3_600_000;
      return { ...entry, id: idOf(n), at, v: 1 } as StoredEvent;
    });
  });

export const shuffled = (events: readonly StoredEvent[]): fc.Arbitrary<StoredEvent[]> =>
  fc.shuffledSubarray([...events], { minLength: events.length });
