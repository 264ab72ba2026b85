import { describe, expect, it } from 'vitest';
import {
  dayPlan,
  daysLeft,
  expectedRecall,
  gainOnTheDay,
  interviewMoment,
  latestReview,
  type PlanCard,
  type PlanFrame,
  planAhead,
  planFrame,
  SECONDS,
} from '../../../src/progress/plan.ts';
import {
  DAY,
  NEW_MEMORY,
  nextIntervals,
  retrievability,
  review,
} from '../../../src/progress/schedule.ts';

const now = new Date('2026-11-24T21:00:00').getTime();
const settings = { interview: '2026-12-01', minutes: 20, retention: 0.9, exported: 0 };
const seen = (id: string, daysAgo: number, ...grades: (1 | 2 | 3 | 4)[]): PlanCard => {
  let memory = NEW_MEMORY;
  for (const grade of grades) memory = review(memory, grade, now - daysAgo * DAY);
  return { id, memory };
};
const ids = ({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id);
const fresh = (count: number): PlanCard[] =>
  Array.from({ length: count }, (_, i) => ({ id: `new-${i}` }));

describe('the interview', () => {
  it('is at nine on its day; days of study are counted from today to its eve', () => {
    const moment = interviewMoment('2026-12-01');
    expect(new Date(moment).getHours()).toBe(9);
    expect(daysLeft(moment, now)).toBe(7);
    expect(daysLeft(moment, moment - DAY)).toBe(1);
    expect(daysLeft(moment, moment - 60_000)).toBe(1);
    expect(daysLeft(moment, moment)).toBe(0);
  });

  it('must be a day of the calendar', () => {
    for (const day of ['2026-02-30', '1.12.2026', '', '2026-12-01T09:00']) {
      expect(() => interviewMoment(day)).toThrow(RangeError);
    }
  });

  it('sets the frame: minutes studied today are spent, days after today are left', () => {
    const frame = planFrame(settings, now, 300);
    expect([frame.secondsToday, frame.secondsLater]).toEqual([900, 6 * 1200]);
    expect(planFrame(settings, now, 5000).secondsToday).toBe(0);
    const past = planFrame({ ...settings, interview: '2026-11-01' }, now);
    expect([past.moment, past.secondsLater]).toEqual([undefined, 0]);
    expect(planFrame({ ...settings, interview: null }, now).moment).toBeUndefined();
  });
});

describe('the plan of a day', () => {
  const frame = planFrame(settings, now);
  const plain: PlanFrame = { ...frame, moment: undefined, secondsLater: 0 };

  it('fills the minutes and no more, and says what is left', () => {
    const { items, seconds, left } = dayPlan(fresh(90), frame);
    expect(items.length).toBe(Math.floor(1200 / SECONDS.new));
    expect(seconds).toBe(items.length * SECONDS.new);
    expect(left).toBe(90 - items.length);
    expect(dayPlan(fresh(3), { ...frame, secondsToday: 10 }).items.length).toBe(1);
    expect(dayPlan(fresh(3), { ...frame, secondsToday: 0 }).items).toEqual([]);
    expect(dayPlan([], frame)).toEqual({ items: [], seconds: 0, left: 0 });
  });

  it('without a date is plain FSRS: the longest overdue, then new cards, nothing ahead of time', () => {
    const cards = [
      ...fresh(1),
      seen('ahead', 1, 4, 4),
      seen('due', 4, 3, 3),
      seen('overdue', 9, 3, 3),
    ];
    expect(ids(dayPlan(cards, plain))).toEqual(['overdue', 'due', 'new-0']);
  });

  it('with much time decides like plain FSRS and then goes ahead', () => {
    const cards = [...fresh(1), seen('ahead', 1, 4, 4), seen('due', 4, 3, 3)];
    expect(ids(dayPlan(cards, frame))).toEqual(['due', 'new-0', 'ahead']);
  });

  it('with little time prefers what is not known at all to what will be remembered anyway', () => {
    const known = Array.from({ length: 60 }, (_, i) => seen(`known-${i}`, 9, 4, 4));
    const scarce = { ...frame, secondsLater: 600 };
    const plan = dayPlan([...known, ...fresh(5)], scarce);
    expect(ids(plan).slice(0, 5)).toEqual(fresh(5).map(({ id }) => id));
    expect(new Set(plan.items.map(({ why }) => why))).toEqual(new Set(['new', 'interview']));
  });

  it('does not ask a card twice a day', () => {
    const cards = [seen('today', 0, 1), ...fresh(60)];
    expect(ids(dayPlan(cards, { ...frame, secondsToday: 1e5 }))).not.toContain('today');
  });
});

describe('the days to the interview', () => {
  it('are planned from today to the eve within their minutes, and cover every card', () => {
    const days = planAhead(fresh(30), settings, now, 300, 31);
    expect(days.length).toBe(7);
    expect(days[0]?.seconds).toBeLessThanOrEqual(900);
    for (const { seconds } of days) expect(seconds).toBeLessThanOrEqual(1200);
    expect(days.reduce((sum, day) => sum + day.fresh, 0)).toBe(30);
    expect(planAhead(fresh(30), { ...settings, interview: null }, now, 0, 31)).toEqual([]);
    const morning = new Date('2026-11-24T08:00:00').getTime();
    expect(planAhead(fresh(3), settings, morning, 0, 31).length).toBe(7);
  });

  it('far away are not all computed', () => {
    const far = { ...settings, interview: '2999-12-31' };
    expect(planAhead(fresh(30), far, now, 0, 31)).toHaveLength(31);
  });

  it('let no card wait beyond the eve', () => {
    const latest = latestReview(settings, now);
    expect(new Date(latest ?? 0).getHours()).toBe(21);
    const firm = seen('firm', 3, 4, 4).memory ?? NEW_MEMORY;
    expect(nextIntervals(firm, now, 0.9, latest)[4]).toBe((latest ?? 0) - now);
    expect(nextIntervals(firm, now, 0.9)[4]).toBeGreaterThan(7 * DAY);
    expect(latestReview({ ...settings, interview: '2026-11-24' }, now)).toBeUndefined();
  });
});

describe('recall on the day', () => {
  const moment = interviewMoment(settings.interview);

  it('rises by a review, from nothing most', () => {
    const shaky = seen('shaky', 3, 1).memory ?? NEW_MEMORY;
    const firm = seen('firm', 3, 4).memory ?? NEW_MEMORY;
    const gains = [NEW_MEMORY, shaky, firm].map((memory) => gainOnTheDay(memory, now, moment));
    expect(gains.every((gain) => gain > 0 && gain < 1)).toBe(true);
    expect(gains).toEqual([...gains].sort((a, b) => b - a));
  });

  it('is the mean over all cards, new ones counting nothing', () => {
    const card = seen('one', 3, 3);
    expect(expectedRecall([card, ...fresh(1)], moment)).toBeCloseTo(
      retrievability(card.memory ?? NEW_MEMORY, moment) / 2,
    );
    expect(expectedRecall([], moment)).toBeNaN();
  });
});
