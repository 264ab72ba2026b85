/**
 * What to study on a day, aimed at the day of the interview.
 *
 * The aim is the greatest mean recall over all cards on that morning, for the minutes a day there are.
 * Plain FSRS keeps recall at a level for ever and does not know that a day matters: it gives a card 11 days
 * after its second success when the interview is in 7, and spends the last evening on whatever is due. So:
 *
 * 1. **While there is time**: as long as more than three rounds through all cards fit into the time left,
 *    plain FSRS decides: what is due, then new cards, and with minutes to spare the card recalled worst.
 *    Spaced reviews make memories last, and for those early is as good as late.
 * 2. **When time gets scarce**: the card whose review adds most to the recall expected on the day, for each
 *    second that it is expected to cost. New cards come first by themselves (from nothing to something),
 *    cards that will be remembered anyway are left alone, and so are hopeless ones. A card asked today may
 *    be asked again before the day. With q rounds left a card gets no further review with probability
 *    exp(-q) (reviews spread at random), so the gain is a mean of two: that of a review today which is the
 *    last one, and that of a review today with one more on the eve over one on the eve alone.
 *
 * Both work on what FSRS with its default parameters expects of the cards; nobody's true memory is known.
 * `npm run simulate:plan` tries the plan on a thousand learners whose memories differ from the defaults.
 */
import type { Settings } from './events.ts';
import {
  DAY,
  endOfDay,
  intervalDays,
  type Memory,
  memoryModel,
  NEW_MEMORY,
  retrievability,
  review,
  SITTING,
} from './schedule.ts';
import { isDay } from './validate.ts';

/** Seconds a card takes, said aloud: seen first, recalled, missed (then the answer is read). */
export const SECONDS = { new: 90, recalled: 45, missed: 75 } as const;

/** How first answers were graded, 1 to 4, in the reviews FSRS's defaults were fitted to. */
export const FIRST_GRADES = [0.3, 0.15, 0.45, 0.1] as const;

/** Rounds through all cards that must fit into the time left for plain FSRS to decide. */
const ROUNDS = 3;

/** The eve's review is this long before the interview: nine in the evening. */
const EVE = 12 * 3_600_000;

/**
 * The day of the interview, YYYY-MM-DD in the reader's calendar, as the moment recall is aimed at: nine in
 * the morning of that day, epoch ms.
 * @throws RangeError when it is not a day of the calendar.
 */
export function interviewMoment(day: string): number {
  if (!isDay(day)) throw new RangeError(`day is "${day}"; allowed: a day as YYYY-MM-DD`);
  return new Date(`${day}T09:00:00`).getTime();
}

/** Days of study from now to the interview, today included; 0 when its morning has come. */
export function daysLeft(moment: number, now: number): number {
  if (now >= moment) return 0;
  return Math.max(1, Math.round((endOfDay(moment) - endOfDay(now)) / DAY));
}

export interface PlanCard {
  id: string;
  /** Absent: never reviewed. */
  memory?: Memory;
}

export interface PlanFrame {
  now: number;
  /** When the day of study ends, epoch ms. */
  dayEnd: number;
  /** The interview, epoch ms; absent or past: plain FSRS. */
  moment?: number;
  /** Seconds to study today, and from tomorrow to the interview. */
  secondsToday: number;
  secondsLater: number;
  /** Recall at which plain FSRS asks again. */
  retention: number;
}

/** The eve of the interview, epoch ms, while it is ahead: no card waits longer. */
export function latestReview(settings: Settings, now: number): number | undefined {
  const { moment } = planFrame(settings, now);
  return moment !== undefined && moment - EVE > now ? moment - EVE : undefined;
}

/** The frame settings make at `now`; `spent` is how many seconds were studied today. */
export function planFrame(settings: Settings, now: number, spent = 0): PlanFrame {
  const moment = settings.interview === null ? undefined : interviewMoment(settings.interview);
  const days = moment === undefined ? 0 : daysLeft(moment, now);
  return {
    now,
    dayEnd: endOfDay(now),
    moment: days > 0 ? moment : undefined,
    secondsToday: Math.max(0, settings.minutes * 60 - spent),
    secondsLater: Math.max(0, days - 1) * settings.minutes * 60,
    retention: settings.retention,
  };
}

export interface PlanItem {
  id: string;
  /** Why it is asked: its interval or step is over, it is new, it adds most to the day of the interview. */
  why: 'due' | 'new' | 'interview';
  /** Seconds it is expected to take. */
  seconds: number;
}

export interface DayPlan {
  /** In the order to ask them. Stops when the minutes are used; at least one card when any helps. */
  items: PlanItem[];
  seconds: number;
  /** How many more cards would be asked if there were time. */
  left: number;
}

/**
 * What to study today. New cards come in the order given. A card is asked once a day; those that are
 * missed come back in the sitting, which is the session's business.
 */
export function dayPlan(cards: readonly PlanCard[], frame: PlanFrame): DayPlan {
  const all = ranked(cards, frame);
  const items: PlanItem[] = [];
  let seconds = 0;
  for (const item of all) {
    if (items.length > 0 && seconds + item.seconds > frame.secondsToday) break;
    if (frame.secondsToday <= 0) break;
    items.push(item);
    seconds += item.seconds;
  }
  return { items, seconds, left: all.length - items.length };
}

export interface PlanDay {
  /** A moment of that day, epoch ms. */
  at: number;
  fresh: number;
  again: number;
  seconds: number;
}

/**
 * What the days to the interview hold, today first and at most `most`, if all goes well: each card asked is
 * recalled and graded good. Misses cost time, so later days show the least there is to do. Empty without a
 * date.
 */
export function planAhead(
  cards: readonly PlanCard[],
  settings: Settings,
  now: number,
  spent: number,
  most: number,
): PlanDay[] {
  const memories = new Map(cards.map(({ id, memory }) => [id, memory]));
  const days: PlanDay[] = [];
  const { moment } = planFrame(settings, now);
  const count = moment === undefined ? 0 : Math.min(most, daysLeft(moment, now));
  for (let day = 0; day < count; day += 1) {
    const at = now + day * DAY;
    const frame = planFrame(settings, at, day === 0 ? spent : 0);
    const held = [...memories].map(([id, memory]): PlanCard => ({ id, memory }));
    const { items, seconds } = dayPlan(held, frame);
    for (const { id } of items) memories.set(id, review(memories.get(id) ?? NEW_MEMORY, 3, at));
    const fresh = items.filter(({ why }) => why === 'new').length;
    days.push({ at, fresh, again: items.length - fresh, seconds });
  }
  return days;
}

/** Seconds a card is expected to take when it is asked at `now`. */
export function expectedSeconds(memory: Memory, now: number): number {
  if (memory.phase === 'new') return SECONDS.new;
  const recall = retrievability(memory, now);
  return recall * SECONDS.recalled + (1 - recall) * SECONDS.missed;
}

interface Ranked extends PlanItem {
  order: number;
}

function ranked(cards: readonly PlanCard[], frame: PlanFrame): PlanItem[] {
  const { now, moment, secondsToday, secondsLater } = frame;
  let round = 0;
  const asked: { id: string; memory: Memory; seconds: number }[] = [];
  for (const { id, memory = NEW_MEMORY } of cards) {
    const seconds = expectedSeconds(memory, now);
    round += seconds;
    asked.push({ id, memory, seconds });
  }
  const rounds = round === 0 ? 0 : (secondsToday + secondsLater) / round;
  const items: Ranked[] = [];
  const today = frame.dayEnd - DAY;
  for (const { id, memory, seconds } of asked) {
    if (moment !== undefined && memory.last >= today) continue;
    const item =
      moment === undefined || rounds > ROUNDS
        ? byInterval(memory, frame)
        : byGain(memory, now, moment, Math.exp(-rounds), seconds);
    if (item) items.push({ id, seconds, ...item });
  }
  items.sort((a, b) => a.order - b.order);
  return items.map(({ id, why, seconds }) => ({ id, why, seconds }));
}

type Place = Pick<Ranked, 'why' | 'order'>;

/** Due first, the longest overdue before others; then new; then, with a date, the worst recalled. */
function byInterval(memory: Memory, frame: PlanFrame): Place | undefined {
  if (memory.phase === 'new') return { why: 'new', order: 0 };
  const { now, dayEnd, moment, retention } = frame;
  // With a date the steps of minutes are left to the sitting: another card is worth more.
  const step = moment === undefined && memory.stepDue > 0;
  const due = step ? memory.stepDue : memory.last + intervalDays(memory.stability, retention) * DAY;
  if (step ? due <= now : due < dayEnd) return { why: 'due', order: due - LONG };
  if (moment === undefined) return undefined;
  return { why: 'interview', order: retrievability(memory, now) };
}

/** Further than any time: what is due sorts before what is not. */
const LONG = 1e16;

function byGain(
  memory: Memory,
  now: number,
  moment: number,
  last: number,
  seconds: number,
): Place | undefined {
  const gain =
    last * gainOnTheDay(memory, now, moment) + (1 - last) * gainWithEve(memory, now, moment);
  if (gain <= 0) return undefined;
  return { why: memory.phase === 'new' ? 'new' : 'interview', order: -gain / seconds };
}

const model = memoryModel();

/** What a review at `now` adds to the recall expected at `moment` when no other follows; 0 to 1. */
export function gainOnTheDay(memory: Memory, now: number, moment: number): number {
  const days = (moment - now) / DAY;
  if (memory.phase === 'new') {
    return FIRST_GRADES.reduce(
      (sum, p, i) => sum + p * model.recall(days, model.next(null, 0, (i + 1) as 1).stability),
      0,
    );
  }
  const recall = retrievability(memory, now);
  const gap = gapDays(memory, now);
  const passed = model.recall(days, model.next(memory, gap, 3).stability);
  const missed = model.recall(days, model.next(memory, gap, 1).stability);
  return recall * passed + (1 - recall) * missed - retrievability(memory, moment);
}

/** The same when a review on the eve follows in any case. */
function gainWithEve(memory: Memory, now: number, moment: number): number {
  const eve = moment - EVE;
  if (memory.phase === 'new' || eve - now < SITTING) return gainOnTheDay(memory, now, moment);
  const recall = retrievability(memory, now);
  const gap = gapDays(memory, now);
  const wait = (eve - now) / DAY;
  const passed = afterEve(model.next(memory, gap, 3), wait);
  const missed = afterEve(model.next(memory, gap, 1), wait);
  const without = afterEve(memory, (eve - memory.last) / DAY);
  return recall * passed + (1 - recall) * missed - without;
}

/** Recall expected at the interview of a memory reviewed on the eve, `days` after its last review. */
function afterEve(memory: { stability: number; difficulty: number }, days: number): number {
  const recall = model.recall(days, memory.stability);
  const rest = EVE / DAY;
  const passed = model.recall(rest, model.next(memory, days, 3).stability);
  const missed = model.recall(rest, model.next(memory, days, 1).stability);
  return recall * passed + (1 - recall) * missed;
}

/** Days since the last review as FSRS counts them: none within a sitting. */
function gapDays(memory: Memory, now: number): number {
  const gap = Math.max(0, now - memory.last);
  return gap < SITTING ? 0 : gap / DAY;
}

/** Mean recall expected at a time without further study, 0 to 1; new cards count 0. NaN without cards. */
export function expectedRecall(cards: readonly PlanCard[], at: number): number {
  let sum = 0;
  for (const { memory } of cards) sum += memory ? retrievability(memory, at) : 0;
  return sum / cards.length;
}
