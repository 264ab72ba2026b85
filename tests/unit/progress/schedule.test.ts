import fc from 'fast-check';
import { createEmptyCard, fsrs, State } from 'ts-fsrs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Grade } from '../../../src/progress/events.ts';
import {
  DAY,
  dueAt,
  endOfDay,
  intervalDays,
  isDue,
  type Memory,
  MINUTE,
  NEW_MEMORY,
  nextIntervals,
  retrievability,
  review,
} from '../../../src/progress/schedule.ts';
import { START } from './arbitrary.ts';

const PHASES = {
  [State.New]: 'new',
  [State.Learning]: 'learning',
  [State.Review]: 'review',
  [State.Relearning]: 'relearning',
};

describe('review', () => {
  it('leads to the memory ts-fsrs itself leads to, whole days apart or within a sitting', () => {
    const step = fc.tuple(fc.constantFrom(1, 2, 3, 4), fc.constantFrom(0, 1, 2, 5, 30));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const scheduler = fsrs();
        let theirs = createEmptyCard(new Date(START));
        let ours: Memory = NEW_MEMORY;
        let at = START;
        for (const [grade, days] of steps) {
          at += days === 0 ? 5 * MINUTE : days * DAY;
          // Their days begin at midnight in UTC; stay away from it.
          if (new Date(at).getUTCHours() >= 20) at = Math.floor(at / DAY) * DAY + DAY + 60 * MINUTE;
          theirs = scheduler.next(theirs, new Date(at), grade as Grade).card;
          ours = review(ours, grade as Grade, at);
          expect(ours.phase).toBe(PHASES[theirs.state]);
          expect([ours.reps, ours.lapses]).toEqual([theirs.reps, theirs.lapses]);
          // Ours counts parts of days where theirs counts midnights.
          expect(Math.abs(ours.stability / theirs.stability - 1)).toBeLessThan(0.02);
          expect(ours.difficulty).toBeCloseTo(theirs.difficulty, 6);
          if (ours.stepDue > 0) expect(ours.stepDue).toBe(theirs.due.getTime());
        }
      }),
    );
  });

  it('gives the published intervals of a card that is always good: 10 minutes, 2, 11, 46 days', () => {
    let memory: Memory = NEW_MEMORY;
    let at = START;
    const intervals: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      memory = review(memory, 3, at);
      const due = dueAt(memory, 0.9);
      intervals.push((due - at) / DAY);
      at = due;
    }
    expect(intervals).toEqual([10 / 1440, 2, 11, 46]);
  });

  it('never lets time run backwards for a card', () => {
    const seen = review(NEW_MEMORY, 4, START);
    const back = review(seen, 3, START - 10 * DAY);
    expect(back).toEqual(review(seen, 3, START));
    expect(retrievability(back, START - 20 * DAY)).toBe(1);
  });
});

describe('retrievability', () => {
  it('is 0 for a new card, 1 at a review, 0.9 when its stability has passed, and falls', () => {
    expect(retrievability(NEW_MEMORY, START)).toBe(0);
    const memory = review(NEW_MEMORY, 4, START);
    expect(retrievability(memory, START)).toBe(1);
    expect(retrievability(memory, START + memory.stability * DAY)).toBeCloseTo(0.9, 6);
    expect(retrievability(memory, START + 100 * DAY)).toBeLessThan(0.8);
  });
});

describe('intervals', () => {
  it('prints for each grade when the card comes back', () => {
    const next = nextIntervals(NEW_MEMORY, START, 0.9);
    expect(next).toEqual({ 1: MINUTE, 2: 6 * MINUTE, 3: 10 * MINUTE, 4: 8 * DAY });
  });

  it('shortens with the retention asked for and refuses one that makes no sense', () => {
    expect(intervalDays(11, 0.9)).toBe(11);
    expect(intervalDays(11, 0.95)).toBeLessThan(6);
    expect(intervalDays(0.1, 0.9)).toBe(1);
    for (const retention of [0, 0.5, 0.99, 1, Number.NaN]) {
      expect(() => intervalDays(11, retention)).toThrow(RangeError);
    }
  });
});

describe('days of study', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('end at four in the morning where the reader is, also when the clocks change', () => {
    process.env['TZ'] = 'Asia/Shanghai';
    expect(endOfDay(Date.UTC(2026, 10, 24, 12))).toBe(Date.UTC(2026, 10, 24, 20));
    expect(endOfDay(Date.UTC(2026, 10, 24, 19, 59))).toBe(Date.UTC(2026, 10, 24, 20));
    expect(endOfDay(Date.UTC(2026, 10, 24, 20))).toBe(Date.UTC(2026, 10, 25, 20));
    process.env['TZ'] = 'America/New_York';
    // 1 November 2026: 25 hours long.
    expect(endOfDay(Date.UTC(2026, 9, 31, 16))).toBe(Date.UTC(2026, 10, 1, 9));
  });

  it('move with the time zone while memory and due times stay', () => {
    const memory = review(review(NEW_MEMORY, 3, START), 3, START + 10 * MINUTE);
    const due = dueAt(memory, 0.9);
    const now = due - 13 * 3_600_000;
    process.env['TZ'] = 'Asia/Shanghai';
    const inChina = [dueAt(memory, 0.9), isDue(memory, now, 0.9)];
    process.env['TZ'] = 'America/Los_Angeles';
    expect([dueAt(memory, 0.9), isDue(memory, now, 0.9)]).not.toEqual(inChina);
    expect(dueAt(memory, 0.9)).toBe(due);
    expect(isDue(memory, due, 0.9)).toBe(true);
  });
});
