import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewEvent } from '../../../src/progress/events.ts';
import { exportProgress, previewImport } from '../../../src/progress/exchange.ts';
import { fold } from '../../../src/progress/fold.ts';
import { dayPlan, planAhead, planFrame } from '../../../src/progress/plan.ts';
import { DAY } from '../../../src/progress/schedule.ts';
import type { Deck } from '../../../src/quiz/deck.ts';
import {
  forecast,
  hardest,
  recallByTopic,
  reviewsPerDay,
  sinceExport,
  stabilityBands,
} from '../../../src/quiz/progress/stats.ts';
import { planCards, secondsSpent } from '../../../src/quiz/today.ts';

const NOW = new Date(2026, 10, 24, 12).getTime();
const IDS = ['ds-001', 'ds-002', 'mp-001'];
const deck: Deck = {
  topics: [
    { slug: 'deepspeed', prefix: 'ds', short: 'DeepSpeed' },
    { slug: 'mixed-precision', prefix: 'mp', short: 'Mixed precision' },
  ],
  cards: IDS.map((id) => ({
    id,
    key: `x/${id}`,
    topic: id.startsWith('ds') ? 'deepspeed' : 'mixed-precision',
    level: 1,
    kind: 'open',
    title: id,
    passage: 'p',
    followUps: [],
  })),
};
let made = 0;
const review = (card: string, grade: 1 | 2 | 3 | 4, at: number): ReviewEvent => ({
  id: `event-${made++}`,
  at,
  v: 1,
  kind: 'review',
  card,
  grade,
  ms: 1000,
});
const events = fc.array(
  fc
    .tuple(
      fc.constantFrom(...IDS),
      fc.constantFrom<1 | 2 | 3 | 4>(1, 2, 3, 4),
      fc.double({ min: 0, max: 29, noNaN: true }),
    )
    .map(([card, grade, daysAgo]) => review(card, grade, NOW - daysAgo * DAY)),
  { maxLength: 30 },
);

describe('what the page of progress counts', () => {
  it('counts every card in one band, every review of the month on one day, and no card due twice', () => {
    fc.assert(
      fc.property(events, (given) => {
        const progress = fold(given);
        const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
        expect(sum(stabilityBands(progress))).toBe(progress.cards.size);
        expect(sum(reviewsPerDay(progress, NOW, 31).map(({ count }) => count))).toBe(given.length);
        const due = forecast(progress, NOW, 14).map(({ count }) => count);
        expect(due).toHaveLength(14);
        expect(sum(due)).toBeLessThanOrEqual(progress.cards.size);
        for (const { seen, cards, recall, onTheDay } of recallByTopic(
          progress,
          deck,
          NOW,
          NOW + DAY,
        )) {
          expect(seen).toBeLessThanOrEqual(cards);
          for (const share of [recall ?? 0, onTheDay ?? 0]) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it('keeps reviews from a clock that ran ahead on today', () => {
    const progress = fold([review('ds-001', 3, NOW + 40 * DAY)]);
    expect(reviewsPerDay(progress, NOW, 30).at(-1)?.count).toBe(1);
  });

  it('ranks cards by the share that was missed', () => {
    const progress = fold([
      review('ds-001', 1, NOW - 3),
      review('ds-001', 3, NOW - 2),
      review('ds-002', 1, NOW - 3),
      review('mp-001', 3, NOW - 3),
    ]);
    expect(hardest(progress, deck, 10).map(({ card }) => card.id)).toEqual(['ds-002', 'ds-001']);
  });

  it('recalls nothing of a topic never seen, and less on a later day', () => {
    const progress = fold([review('ds-001', 3, NOW)]);
    const [deepspeed, precision] = recallByTopic(progress, deck, NOW, NOW + 10 * DAY);
    expect(deepspeed).toMatchObject({ seen: 1, cards: 2, recall: 1 });
    expect(deepspeed?.onTheDay).toBeLessThan(0.5);
    expect(precision).toMatchObject({ seen: 0, recall: undefined, onTheDay: 0 });
  });

  it('stands the clocks, days and settings of any file that may be imported', () => {
    const at = fc.oneof(fc.integer({ min: 0, max: 4e15 }), fc.constantFrom(0, NOW, 4e15));
    const given = fc.array(
      fc.oneof(
        fc
          .tuple(fc.constantFrom(...IDS), fc.constantFrom<1 | 2 | 3 | 4>(1, 2, 3, 4), at, at)
          .map(([card, grade, when, ms]) => ({ ...review(card, grade, when), ms })),
        fc
          .record({
            interview: fc.constantFrom(
              null,
              '1000-01-01',
              '2026-11-24',
              '2026-11-25',
              '2999-12-31',
            ),
            minutes: fc.constantFrom(1, 20, 600),
            retention: fc.constantFrom(0.7, 0.97),
            exported: at,
          })
          .map((set) => ({ id: `event-${made++}`, at: NOW, v: 1, kind: 'settings' as const, set })),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(given, (list) => {
        const { add, problems } = previewImport(exportProgress(list), []);
        expect(problems).toEqual([]);
        const progress = fold(add);
        expect(reviewsPerDay(progress, NOW, 31)).toHaveLength(31);
        expect(forecast(progress, NOW, 14)).toHaveLength(14);
        for (const { recall = 0 } of recallByTopic(progress, deck, NOW, NOW + DAY)) {
          expect(recall).toBeGreaterThanOrEqual(0);
          expect(recall).toBeLessThanOrEqual(1);
        }
        const { settings } = progress;
        const cards = planCards(deck, progress);
        const plan = dayPlan(cards, planFrame(settings, NOW, secondsSpent(progress, NOW)));
        expect(plan.seconds).toBeGreaterThanOrEqual(0);
        for (const day of planAhead(cards, settings, NOW, 0, 31)) {
          expect(day.seconds).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('counts reviews since the last export', () => {
    const progress = fold([
      review('ds-001', 3, NOW),
      { id: 's', at: NOW + 1, v: 1, kind: 'settings', set: { exported: NOW + 1 } },
      review('ds-002', 3, NOW + 2),
    ]);
    expect(sinceExport(progress)).toBe(1);
  });
});
