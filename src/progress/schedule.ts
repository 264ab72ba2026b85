/**
 * What a card's memory is worth: FSRS-6 with its default parameters, through ts-fsrs, which only this
 * file imports. ts-fsrs takes misnamed fields without a word, turns a retention of 0 into 0.9, counts
 * days by UTC midnights and adds methods to Date.prototype; here it gets numbers only.
 *
 * A memory depends on the card's reviews alone, never on settings or on the time zone. When it is due
 * depends on the retention asked for and is computed when asked.
 */
import { BasicLearningStepsStrategy, fsrs, State } from 'ts-fsrs';
import { GRADES, type Grade } from './events.ts';

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** Shorter gaps belong to one sitting: FSRS then uses its short-term formula. */
export const SITTING = 6 * 60 * MINUTE;

export type Phase = 'new' | 'learning' | 'review' | 'relearning';

export interface Memory {
  phase: Phase;
  /** Learning step the card is at; 0 outside learning. */
  step: number;
  /** Days until recall has fallen to 0.9; 0 when new. */
  stability: number;
  /** 1 easy to 10 hard; 0 when new. */
  difficulty: number;
  /** Time of the last review, epoch ms; 0 when new. */
  last: number;
  /** When a learning step is over, epoch ms; 0 outside learning. */
  stepDue: number;
  reps: number;
  lapses: number;
}

export const NEW_MEMORY: Memory = Object.freeze({
  phase: 'new',
  step: 0,
  stability: 0,
  difficulty: 0,
  last: 0,
  stepDue: 0,
  reps: 0,
  lapses: 0,
});

/** The part of FSRS that knows of memory only: stability, difficulty, days. */
export interface MemoryModel {
  /** The 21 weights of FSRS-6. */
  readonly weights: readonly number[];
  /** Stability and difficulty after a grade, `days` after the last review; `null`: the first review. */
  next(
    before: { stability: number; difficulty: number } | null,
    days: number,
    grade: Grade,
  ): { stability: number; difficulty: number };
  /** Probability of recall `days` after a review. */
  recall(days: number, stability: number): number;
}

/** FSRS-6 with the given weights, clipped to what FSRS allows; without, its defaults. */
export function memoryModel(weights?: readonly number[]): MemoryModel {
  const algorithm = weights ? fsrs({ w: weights }) : scheduler;
  return {
    weights: algorithm.parameters.w,
    next: (before, days, grade) => algorithm.next_state(before, days, grade),
    recall: (days, stability) => algorithm.forgetting_curve(days, stability),
  };
}

const scheduler = fsrs();
const parameters = scheduler.parameters;

interface Step {
  next: number;
  minutes: number;
}

/** ts-fsrs's steps of minutes by phase and step: the step each grade leads to, none where it graduates. */
const STEPS = {
  new: stepsOf(State.New, 1),
  learning: stepsOf(State.Learning, parameters.learning_steps.length),
  review: stepsOf(State.Review, 1),
  relearning: stepsOf(State.Relearning, parameters.relearning_steps.length),
};

function stepsOf(state: State, count: number): (Step | undefined)[][] {
  return Array.from({ length: count }, (_, step) => {
    const after = BasicLearningStepsStrategy(parameters, state, step);
    return [0, ...GRADES].map((grade) => {
      const found = after[grade as Grade];
      return found && { next: found.next_step, minutes: found.scheduled_minutes };
    });
  });
}

/**
 * The memory after a review at `at` (epoch ms). A review dated before the card's last one, after the
 * clock was set back, counts as made right after it: time never runs backwards for a card.
 */
export function review(memory: Memory, grade: Grade, at: number): Memory {
  const after = { ...memory };
  reviewInPlace(after, grade, at);
  return after;
}

/** `review` of a memory nobody else holds: replaying a long log makes no object per review. */
export function reviewInPlace(memory: Memory, grade: Grade, at: number): void {
  const { phase } = memory;
  const fresh = phase === 'new';
  const elapsed = fresh ? 0 : Math.max(0, at - memory.last);
  const days = elapsed < SITTING ? 0 : elapsed / DAY;
  const { stability, difficulty } = scheduler.next_state(fresh ? null : memory, days, grade);
  const lapsed = phase === 'review' && grade === 1;
  const step = STEPS[phase][memory.step]?.[grade];
  memory.stability = stability;
  memory.difficulty = difficulty;
  memory.last = Math.max(at, memory.last);
  memory.reps += 1;
  if (lapsed) memory.lapses += 1;
  if (step) {
    memory.phase = lapsed || phase === 'relearning' ? 'relearning' : 'learning';
    memory.step = step.next;
    memory.stepDue = memory.last + step.minutes * MINUTE;
  } else {
    memory.phase = 'review';
    memory.step = 0;
    memory.stepDue = 0;
  }
}

/** Probability of recall at time `at` (epoch ms), 0 to 1; 0 for a new card, 1 right after a review. */
export const retrievability = (memory: Memory, at: number): number =>
  memory.phase === 'new'
    ? 0
    : scheduler.forgetting_curve(Math.max(0, at - memory.last) / DAY, memory.stability);

/**
 * Days until recall has fallen to `retention`, whole and at least 1.
 * @throws RangeError when retention is not within 0.7 to 0.97: above, the work grows without end.
 */
export function intervalDays(stability: number, retention: number): number {
  if (!(retention >= 0.7 && retention <= 0.97))
    throw new RangeError(`retention is ${retention}; allowed: 0.7 to 0.97`);
  return Math.max(1, Math.round(stability * modifier(retention)));
}

const modifiers = new Map<number, number>();
function modifier(retention: number): number {
  let value = modifiers.get(retention);
  if (value === undefined) {
    value = scheduler.calculate_interval_modifier(retention);
    modifiers.set(retention, value);
  }
  return value;
}

/** When the card is due under plain FSRS, epoch ms; 0 for a new card. */
export const dueAt = (memory: Memory, retention: number): number =>
  memory.phase === 'new'
    ? 0
    : memory.stepDue || memory.last + intervalDays(memory.stability, retention) * DAY;

/**
 * For each grade given at `at`: how long until the card is due, in ms; at the latest at `latest` (epoch ms),
 * the eve of an interview. What grade buttons print.
 */
export function nextIntervals(
  memory: Memory,
  at: number,
  retention: number,
  latest = Infinity,
): Record<Grade, number> {
  const after = (grade: Grade): number => {
    const next = review(memory, grade, at);
    return Math.min(dueAt(next, retention), Math.max(latest, next.last)) - next.last;
  };
  return { 1: after(1), 2: after(2), 3: after(3), 4: after(4) };
}

/** A day of study ends at four in the morning, in the time zone the reader is in. */
const DAY_ENDS_AT = 4;

/** The end of the day of study that `now` lies in, epoch ms, by the clock on the wall. */
export function endOfDay(now: number): number {
  const end = new Date(now);
  if (end.getHours() >= DAY_ENDS_AT) end.setDate(end.getDate() + 1);
  end.setHours(DAY_ENDS_AT, 0, 0, 0);
  return end.getTime();
}

/** Whether the card is to be asked now: a step that is over, or an interval that ends today. */
export const isDue = (memory: Memory, now: number, retention: number): boolean => {
  if (memory.phase === 'new') return false;
  return memory.stepDue ? memory.stepDue <= now : dueAt(memory, retention) < endOfDay(now);
};
