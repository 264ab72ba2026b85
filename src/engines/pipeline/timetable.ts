import { finiteNumber, integer, oneOf } from '../arguments.ts';
import { dualPipePasses } from './dualpipe.ts';
import { lastEnd, type PlannedPass, peakHeld, runOrders, type TimetablePass, tidy } from './run.ts';
import { rankPasses } from './schedule.ts';
import { checkedRounds, type ScheduleName } from './shape.ts';

/**
 * The schedules of `pipelineSchedule`; ZB-H1, which splits the backward pass; and DualPipe, which
 * feeds the pipeline from both ends and runs a forward and a backward pass together.
 */
export const TIMETABLES = ['gpipe', '1f1b', 'interleaved', 'zb-h1', 'dualpipe'] as const;
export type TimetableName = (typeof TIMETABLES)[number];

export interface TimetableInput {
  schedule: TimetableName;
  /** Pipeline stages and ranks; even for `dualpipe`, whose ranks hold two stages each. */
  p: number;
  /** Micro-batches per step; for `interleaved` a multiple of p, for `dualpipe` even and at least 2p. */
  m: number;
  /** Model chunks per rank: at least 2 for `interleaved`, 1 (the default) for the others. */
  v?: number;
  /** Times of a micro-batch on a whole stage: forward, gradient of the input, gradient of the weights. */
  forward: number;
  backward: number;
  weight: number;
  /**
   * From the end of a pass to the moment its result can be used on another rank. It keeps no rank
   * busy: sending overlaps with computing.
   */
  communication?: number;
  /**
   * Time of a forward and a whole backward pass that run together, F&B; by default as long as one
   * after the other. Only `dualpipe` has such pairs.
   */
  pair?: number;
  /**
   * What is kept between B and W, as a share of what is kept between F and B; 1 (all) by default.
   * Only `zb-h1` and `dualpipe` have such a gap.
   */
  weightShare?: number;
}

export interface Timetable {
  /** By rank, then by time. */
  passes: TimetablePass[][];
  /** Length of the iteration, in the unit of the given times. */
  total: number;
  /** What a rank computes, m(F + B + W), less what DualPipe's pairs save. */
  ideal: number;
  /** total − ideal: what the rank idles that idles most. Only pairs that save time make ranks differ. */
  bubble: number;
  /** The two definitions in use; see `pipelineBubble`. */
  overIdeal: number;
  overTotal: number;
  /**
   * Most micro-batches each rank holds from their forward to the end of their last backward pass;
   * a chunk counts as 1/v.
   */
  peakHeld: number[];
  /** The same weighed by what is kept: a micro-batch that only waits for W counts `weightShare`. */
  peakMemory: number[];
}

/**
 * When every pass of a pipeline runs, on every rank, given how long passes and sending take.
 *
 * `gpipe`, `1f1b` and `interleaved` run the orders of `pipelineSchedule`. `zb-h1` runs 1F1B's order
 * of F and B with W split off: on rank r, W of micro-batch k comes right behind B of micro-batch
 * k + r, and what is left of W at the end. With equal times this is the paper's figure to the slot.
 * `dualpipe` runs the order of `dualPipePasses`.
 *
 * Every rank runs its passes in this order, each as early as its input and the rank allow.
 * Throws a RangeError for shapes no framework runs, negative times, and times that are all zero.
 *
 * Source: arXiv 2401.10241 Figure 3 (top) and §2.1; `dualPipePasses`; otherwise as `pipelineSchedule`.
 */
export function pipelineTimetable(input: TimetableInput): Timetable {
  const given = checked(input);
  const { p, v, communication, weightShare } = given;
  const lasts = durations(given);
  const orders = Array.from({ length: p }, (_, rank) => orderOf(given, rank));
  const passes = runOrders(orders, {
    stages: p * v,
    lasts,
    rankOf: (stage, chunk) =>
      given.schedule === 'dualpipe' && chunk === 1 ? p - 1 - stage : stage % p,
    communication,
  });
  const total = lastEnd(passes);
  const ideal = Math.min(
    ...orders.map((own) =>
      own.reduce((sum, pass) => tidy(sum + (pass.pair === 'second' ? 0 : lasts(pass))), 0),
    ),
  );
  const bubble = tidy(total - ideal);
  return {
    passes,
    total,
    ideal,
    bubble,
    overIdeal: bubble / ideal,
    overTotal: bubble / total,
    peakHeld: orders.map((own) => peakHeld(own) / v),
    peakMemory: orders.map((own) => peakHeld(own, weightShare) / v),
  };
}

type Checked = Required<TimetableInput>;

function checked(input: TimetableInput): Checked {
  const schedule = oneOf('schedule', input.schedule, TIMETABLES);
  const like: ScheduleName = schedule === 'zb-h1' || schedule === 'dualpipe' ? '1f1b' : schedule;
  const shape = checkedRounds({ ...input, schedule: like });
  if (schedule === 'dualpipe') {
    if (shape.p % 2 !== 0) throw new RangeError(`p must be even for DualPipe, got ${shape.p}`);
    if (shape.m % 2 !== 0 || shape.m < 2 * shape.p) {
      throw new RangeError(
        `m must be even and at least 2p = ${2 * shape.p} for DualPipe, got ${shape.m}`,
      );
    }
  }
  const times = {
    forward: finiteNumber('forward', input.forward),
    backward: finiteNumber('backward', input.backward),
    weight: finiteNumber('weight', input.weight),
  };
  const apart = times.forward + times.backward + times.weight;
  if (apart === 0) {
    throw new RangeError('forward, backward and weight must not all be 0');
  }
  return {
    ...shape,
    schedule,
    ...times,
    pair: finiteNumber('pair', input.pair ?? apart, 0, apart),
    communication: finiteNumber('communication', input.communication ?? 0),
    weightShare: finiteNumber('weightShare', input.weightShare ?? 1, 0, 1),
  };
}

function orderOf({ schedule, p, m, v }: Checked, rank: number): PlannedPass[] {
  if (schedule === 'dualpipe') return dualPipePasses(p, m, rank);
  if (schedule !== 'zb-h1') return rankPasses({ schedule, p, m, v }, rank);
  return withWeightPasses(rankPasses({ schedule: '1f1b', p, m, v }, rank), rank);
}

function durations({ forward, backward, weight, pair, v }: Checked) {
  return ({ kind, whole, pair: paired }: PlannedPass): number => {
    if (paired) return pair;
    return { F: forward, B: whole ? backward + weight : backward, W: weight }[kind] / v;
  };
}

function withWeightPasses(own: readonly PlannedPass[], rank: number): PlannedPass[] {
  const order: PlannedPass[] = [];
  const waiting: PlannedPass[] = [];
  for (const pass of own) {
    order.push({ ...pass, whole: false });
    if (pass.kind !== 'B') continue;
    waiting.push({ ...pass, kind: 'W', whole: false });
    if (waiting.length > rank) order.push(waiting.shift() as PlannedPass);
  }
  return [...order, ...waiting];
}

export interface ClosedBubble {
  /** Bubble of a rank by the published formula, in the unit of the given times. */
  bubble: number;
  overIdeal: number;
  overTotal: number;
}

/**
 * The published formulas for the bubble, which leave communication out: (p−1)(F+B+W) for `gpipe` and
 * `1f1b`, that over v for `interleaved`, (p−1)(F+B−W) for `zb-h1`, (p/2−1)(F&B+B−2W) for `dualpipe`
 * (B here without W). The last two suppose passes of about equal length, and ZB-H1's at least p
 * micro-batches: otherwise the timetable differs.
 *
 * Source: arXiv 2104.04473 §2.2; arXiv 2401.10241 Table 2; arXiv 2412.19437 Table 2, where B is a
 * whole backward pass.
 */
export function closedBubble(input: TimetableInput): ClosedBubble {
  const { schedule, p, m, v, forward, backward, weight, pair } = checked(input);
  const apart = forward + backward + weight;
  // The ranks in the middle run the most pairs, m − p − 1.
  const ideal = m * apart - (schedule === 'dualpipe' ? (m - p - 1) * (apart - pair) : 0);
  const bubble = tidy(
    schedule === 'dualpipe'
      ? (p / 2 - 1) * (pair + backward - 2 * weight)
      : (p - 1) * (schedule === 'zb-h1' ? forward + backward - weight : apart / v),
  );
  return { bubble, overIdeal: bubble / ideal, overTotal: bubble / (ideal + bubble) };
}

/** What a rank does at one time. */
export type Moment = 'runs' | 'waits' | 'done';

export interface RankMoment {
  does: Moment;
  /** The pass that runs, or the one that waits: of a pair the one whose input comes last. */
  pass?: TimetablePass;
  /** The other one of its pair. */
  other?: TimetablePass;
  /** Micro-batches held now; a chunk counts as 1/v. */
  held: number;
  /** Why it waits: its input is still being computed or awaited (`input`), or on its way (`sending`). */
  why?: 'input' | 'sending';
}

/**
 * What every rank does at `time`, and what the waiting ones wait for. A pass runs from its start up
 * to, but not at, its end. Throws a RangeError for a negative time.
 */
export function rankMoments(input: {
  timetable: Timetable;
  time: number;
  v?: number;
}): RankMoment[] {
  const time = finiteNumber('time', input.time);
  const v = integer('v', input.v ?? 1, 1);
  return input.timetable.passes.map((own) => {
    const begun = own.filter(({ kind, start }) => kind === 'F' && start <= time).length;
    const over = own.filter(
      ({ kind, whole, end }) => (whole || kind === 'W') && end <= time,
    ).length;
    const held = (begun - over) / v;
    const [first, second] = own.filter(({ end }) => end > time);
    if (first === undefined) return { does: 'done', held };
    const pair = first.pair && second ? [first, second] : [first];
    if (first.start > time) pair.sort((a, b) => b.ready - a.ready);
    const [pass = first, other] = pair;
    const both = other ? { pass, other } : { pass };
    if (pass.start <= time) return { does: 'runs', ...both, held };
    const sent = pass.from !== undefined && pass.from.end <= time;
    return { does: 'waits', ...both, held, why: sent ? 'sending' : 'input' };
  });
}
