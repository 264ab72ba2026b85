/**
 * Learners to try study plans on, for `npm run simulate:plan` and its test. Everything follows from seeds.
 *
 * A learner's memory is FSRS-6 with weights of their own (each default times a log-normal factor of
 * deviation 0.2) and cards of their own (difficulty shifted by deviation 1.5, first stability times a
 * log-normal factor of deviation 0.4). An answer is right with the true probability of recall. A method sees
 * the grades alone, as the site does, and what FSRS with default parameters makes of them.
 *
 * Every method studies the same minutes each evening at nine; each card is asked at most once an evening.
 * A method that has nothing due goes on with the cards it expects to be recalled worst. The interview is at
 * nine in the morning after the last evening. A card never seen counts as not recalled.
 */
import type { Grade } from './events.ts';
import { dayPlan, FIRST_GRADES, type PlanCard, SECONDS } from './plan.ts';
import {
  DAY,
  intervalDays,
  type Memory,
  memoryModel,
  NEW_MEMORY,
  retrievability,
  review,
} from './schedule.ts';

export const METHODS = ['plan', 'fsrs', 'fixed', 'random'] as const;
export type Method = (typeof METHODS)[number];

export interface Trial {
  seed: number;
  method: Method;
  cards: number;
  /** Days of study before the interview. */
  days: number;
  minutes: number;
}

const RETENTION = 0.9;
/** Days after the 1st, 2nd … success in a row; a miss starts again. */
const FIXED_INTERVALS = [1, 3, 7, 14, 30];
const EVENING = 21 * 3_600_000;
const MORNING = 9 * 3_600_000;

/** Uniform in [0, 1), the same for the same seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

interface Known extends PlanCard {
  memory: Memory;
  /** Successes in a row. */
  row: number;
}

/** True mean recall on the morning of the interview, 0 to 1. */
export function trial({ seed, method, cards: count, days, minutes }: Trial): number {
  const nature = generator(seed * 3);
  const answers = generator(seed * 3 + 1);
  const chance = generator(seed * 3 + 2);
  const truth = memoryModel(
    memoryModel().weights.map((weight) => weight * Math.exp(0.2 * normal(nature))),
  );
  const traits = Array.from({ length: count }, () => ({
    shift: 1.5 * normal(nature),
    factor: Math.exp(0.4 * normal(nature)),
  }));
  const real = new Map<string, { stability: number; difficulty: number; last: number }>();
  const known = Array.from(
    { length: count },
    (_, i): Known => ({ id: String(i), memory: NEW_MEMORY, row: 0 }),
  );
  const moment = days * DAY + MORNING;

  for (let day = 0; day < days; day += 1) {
    let now = day * DAY + EVENING;
    let seconds = minutes * 60;
    const asked = new Set<string>();
    let waiting: string[] = [];
    while (seconds >= SECONDS.recalled) {
      if (waiting.length === 0) {
        const evening = { day, now, moment, seconds, days, minutes, chance };
        waiting = orderOf(method, known, evening).filter((id) => !asked.has(id));
      }
      const id = waiting.shift();
      if (id === undefined) break;
      asked.add(id);
      const i = Number(id);
      const card = known[i] as Known;
      const trait = traits[i] as (typeof traits)[number];
      const before = real.get(id);
      const gap = before ? (now - before.last) / DAY : 0;
      let grade: Grade;
      let cost: number;
      if (before) {
        const recall = truth.recall(gap, before.stability);
        const draw = answers();
        grade = draw >= recall ? 1 : passGrade(draw / recall);
        cost = grade === 1 ? SECONDS.missed : SECONDS.recalled;
      } else {
        grade = firstGrade(answers(), trait.shift);
        cost = SECONDS.new;
      }
      const next = truth.next(before ?? null, gap, grade);
      if (!before) {
        next.stability *= trait.factor;
        next.difficulty = Math.min(10, Math.max(1, next.difficulty + trait.shift));
      }
      real.set(id, { ...next, last: now });
      card.memory = review(card.memory, grade, now);
      card.row = grade === 1 ? 0 : card.row + 1;
      seconds -= cost;
      now += cost * 1000;
    }
  }
  let sum = 0;
  for (const { stability, last } of real.values())
    sum += truth.recall((moment - last) / DAY, stability);
  return sum / count;
}

/** Hard, good or easy of a right answer: 15, 70, 15 percent. */
const passGrade = (draw: number): Grade => (draw < 0.15 ? 2 : draw < 0.85 ? 3 : 4);

/** First grades as plan.ts expects them on average; harder cards are missed more often. */
function firstGrade(draw: number, shift: number): Grade {
  const [again, hard, good] = FIRST_GRADES;
  const missed = 1 / (1 + Math.exp(-(Math.log(again / (1 - again)) + shift / 2)));
  if (draw < missed) return 1;
  const rest = ((draw - missed) / (1 - missed)) * (1 - again);
  return rest < hard ? 2 : rest < hard + good ? 3 : 4;
}

interface Evening {
  day: number;
  now: number;
  moment: number;
  seconds: number;
  days: number;
  minutes: number;
  chance: () => number;
}

/** The cards of an evening in the order a method asks them. */
function orderOf(method: Method, known: readonly Known[], evening: Evening): string[] {
  const { day, now, moment, seconds, days, minutes, chance } = evening;
  if (method === 'plan') {
    return dayPlan(known, {
      now,
      dayEnd: day * DAY + 28 * 3_600_000,
      moment,
      secondsToday: seconds,
      secondsLater: (days - 1 - day) * minutes * 60,
      retention: RETENTION,
    }).items.map(({ id }) => id);
  }
  if (method === 'random') {
    return known
      .map(({ id }) => ({ id, at: chance() }))
      .sort((a, b) => a.at - b.at)
      .map(({ id }) => id);
  }
  const dueDay = ({ memory, row }: Known): number =>
    Math.floor(memory.last / DAY) +
    (method === 'fsrs'
      ? intervalDays(memory.stability, RETENTION)
      : (FIXED_INTERVALS[Math.min(Math.max(row, 1), FIXED_INTERVALS.length) - 1] as number));
  const due: Known[] = [];
  const fresh: Known[] = [];
  const ahead: Known[] = [];
  for (const card of known) {
    if (card.memory.phase === 'new') fresh.push(card);
    else if (dueDay(card) <= day) due.push(card);
    else ahead.push(card);
  }
  due.sort((a, b) => dueDay(a) - dueDay(b));
  ahead.sort((a, b) => retrievability(a.memory, now) - retrievability(b.memory, now));
  return [...due, ...fresh, ...ahead].map(({ id }) => id);
}

export interface Cell {
  method: Method;
  /** Mean over the learners, and the standard error of that mean. */
  recall: number;
  error: number;
}
export interface Row {
  days: number;
  minutes: number;
  /** In the order of METHODS. */
  methods: Cell[];
  /** Mean of what the plan gains over the best other method with the same learners, and its error. */
  lead: { over: Method; recall: number; error: number };
}

/** One row of the table: every method with the same learners. */
export function simulate(options: {
  learners: number;
  cards: number;
  days: number;
  minutes: number;
}): Row {
  const { learners, ...rest } = options;
  const results = METHODS.map((method) =>
    Array.from({ length: learners }, (_, i) => trial({ seed: i + 1, method, ...rest })),
  );
  const methods = METHODS.map((method, i): Cell => {
    const { mean, error } = meanOf(results[i] as number[]);
    return { method, recall: mean, error };
  });
  const [, ...others] = methods;
  const best = others.reduce((a, b) => (b.recall > a.recall ? b : a));
  const rival = results[METHODS.indexOf(best.method)] as number[];
  const lead = meanOf((results[0] as number[]).map((recall, i) => recall - (rival[i] as number)));
  return {
    days: options.days,
    minutes: options.minutes,
    methods,
    lead: { over: best.method, recall: lead.mean, error: lead.error },
  };
}

function meanOf(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}
