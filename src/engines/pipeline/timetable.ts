import { finiteNumber, integer, oneOf } from '../arguments.ts';
import { lastEnd, type PlannedPass, peakHeld, runOrders, type TimetablePass, tidy } from './run.ts';
import { rankPasses } from './schedule.ts';
import { checkedShape, type ScheduleName } from './shape.ts';

/** The schedules of `pipelineSchedule`, and ZB-H1, which splits the backward pass. */
export const TIMETABLES = ['gpipe', '1f1b', 'interleaved', 'zb-h1'] as const;
export type TimetableName = (typeof TIMETABLES)[number];

export interface TimetableInput {
  schedule: TimetableName;
  /** Pipeline stages, one per rank. */
  p: number;
  /** Micro-batches per step; for `interleaved` a multiple of p. */
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
   * What is kept between B and W, as a share of what is kept between F and B; 1 (all) by default.
   * Only `zb-h1` has such a gap.
   */
  weightShare?: number;
}

export interface Timetable {
  /** By rank, then by time. */
  passes: TimetablePass[][];
  /** Length of the iteration, in the unit of the given times. */
  total: number;
  /** What a rank computes, m(F + B + W): the same on every rank. */
  ideal: number;
  /** total − ideal: what a rank idles. */
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
 *
 * Every rank runs its passes in this order, each as early as its input and the rank allow.
 * Throws a RangeError for shapes no framework runs, negative times, and times that are all zero.
 *
 * Source: arXiv 2401.10241 Figure 3 (top) and §2.1; otherwise as `pipelineSchedule`.
 */
export function pipelineTimetable(input: TimetableInput): Timetable {
  const { schedule, p, m, v, forward, backward, weight, communication, weightShare } =
    checked(input);
  const split = schedule === 'zb-h1';
  const orders = Array.from({ length: p }, (_, rank) =>
    rankPasses({ schedule: split ? '1f1b' : schedule, p, m, v }, rank),
  ).map((own, rank) => (split ? withWeightPasses(own, rank) : own));
  const durations = {
    F: forward / v,
    B: (split ? backward : backward + weight) / v,
    W: weight,
  };
  const passes = runOrders(orders, p * v, durations, communication);
  const total = lastEnd(passes);
  const ideal = m * (forward + backward + weight);
  const bubble = tidy(total - ideal);
  return {
    passes,
    total,
    ideal,
    bubble,
    overIdeal: bubble / ideal,
    overTotal: bubble / total,
    peakHeld: orders.map((own) => peakHeld(own, split ? 1 : 0) / v),
    peakMemory: orders.map((own) => peakHeld(own, split ? weightShare : 0) / v),
  };
}

function checked(input: TimetableInput): Required<TimetableInput> {
  const schedule = oneOf('schedule', input.schedule, TIMETABLES);
  const like: ScheduleName = schedule === 'zb-h1' ? '1f1b' : schedule;
  const shape = checkedShape({ ...input, schedule: like });
  if (schedule === 'interleaved' && shape.m % shape.p !== 0) {
    throw new RangeError(
      `m must be a multiple of p = ${shape.p} for the interleaved schedule, got ${shape.m}`,
    );
  }
  const times = {
    forward: finiteNumber('forward', input.forward),
    backward: finiteNumber('backward', input.backward),
    weight: finiteNumber('weight', input.weight),
  };
  if (times.forward + times.backward + times.weight === 0) {
    throw new RangeError('forward, backward and weight must not all be 0');
  }
  return {
    ...shape,
    schedule,
    ...times,
    communication: finiteNumber('communication', input.communication ?? 0),
    weightShare: finiteNumber('weightShare', input.weightShare ?? 1, 0, 1),
  };
}

function withWeightPasses(own: readonly PlannedPass[], rank: number): PlannedPass[] {
  const order: PlannedPass[] = [];
  const waiting: PlannedPass[] = [];
  for (const pass of own) {
    order.push(pass);
    if (pass.kind !== 'B') continue;
    waiting.push({ ...pass, kind: 'W' });
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
 * `1f1b`, that over v for `interleaved`, (p−1)(F+B−W) for `zb-h1`. The last supposes passes of about
 * equal length and at least p micro-batches: otherwise its timetable is longer.
 *
 * Source: arXiv 2104.04473 §2.2; arXiv 2401.10241 Table 2.
 */
export function closedBubble(input: TimetableInput): ClosedBubble {
  const { schedule, p, m, v, forward, backward, weight } = checked(input);
  const ideal = m * (forward + backward + weight);
  const awaited =
    schedule === 'zb-h1' ? forward + backward - weight : (forward + backward + weight) / v;
  const bubble = tidy((p - 1) * awaited);
  return { bubble, overIdeal: bubble / ideal, overTotal: bubble / (ideal + bubble) };
}

/** What a rank does at one time. */
export type Moment = 'runs' | 'waits' | 'done';

export interface RankMoment {
  does: Moment;
  /** The pass that runs, or the one that waits. */
  pass?: TimetablePass;
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
    // Every rank ends with the pass that frees a micro-batch.
    const last = own.at(-1)?.kind;
    const begun = own.filter(({ kind, start }) => kind === 'F' && start <= time).length;
    const over = own.filter(({ kind, end }) => kind === last && end <= time).length;
    const held = (begun - over) / v;
    const pass = own.find(({ end }) => end > time);
    if (pass === undefined) return { does: 'done', held };
    if (pass.start <= time) return { does: 'runs', pass, held };
    const sent = pass.from !== undefined && pass.from.end <= time;
    return { does: 'waits', pass, held, why: sent ? 'sending' : 'input' };
  });
}
