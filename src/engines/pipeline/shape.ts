import { integer, oneOf } from '../arguments.ts';

/** Synchronous schedules: all of them give the gradient of the whole batch. */
export const SCHEDULES = ['gpipe', '1f1b', 'interleaved'] as const;
export type ScheduleName = (typeof SCHEDULES)[number];

export interface PipelineShape {
  schedule: ScheduleName;
  /** Pipeline stages, one per rank. */
  p: number;
  /** Micro-batches per pipeline and optimizer step. */
  m: number;
  /** Model chunks per rank: at least 2 for `interleaved`, 1 (the default) for the others. */
  v?: number;
}

/** Checks the arguments every pipeline function shares and fills in `v`. */
export function checkedShape(shape: PipelineShape): Required<PipelineShape> {
  const schedule = oneOf('schedule', shape.schedule, SCHEDULES);
  const p = integer('p', shape.p, 1);
  const m = integer('m', shape.m, 1);
  const v = schedule === 'interleaved' ? integer('v', shape.v, 2) : integer('v', shape.v ?? 1, 1);
  if (schedule !== 'interleaved' && v !== 1) {
    throw new RangeError(`v must be 1 for the ${schedule} schedule, got ${v}`);
  }
  return { schedule, p, m, v };
}

/** `checkedShape` where interleaving must fill whole rounds of p micro-batches, as in Megatron-LM. */
export function checkedRounds(input: PipelineShape): Required<PipelineShape> {
  const shape = checkedShape(input);
  const { schedule, p, m } = shape;
  if (schedule === 'interleaved' && m % p !== 0) {
    throw new RangeError(`m must be a multiple of p = ${p} for the interleaved schedule, got ${m}`);
  }
  return shape;
}

/**
 * How many micro-batches an interleaved rank sends through one chunk before it turns to the next.
 *
 * PyTorch cuts m into max(1, floor(m / p)) equal rounds (`torch/distributed/pipelining/schedules.py`,
 * `ScheduleInterleaved1F1B`); with m a multiple of p that is p, Megatron-LM's default group size.
 * Throws a RangeError when m does not divide into those rounds.
 */
export function microBatchesPerRound(p: number, m: number): number {
  const rounds = Math.max(1, Math.floor(m / p));
  if (m % rounds !== 0) {
    throw new RangeError(
      `m must be a multiple of the ${rounds} rounds of the interleaved schedule (p = ${p}), got ${m}`,
    );
  }
  return m / rounds;
}
