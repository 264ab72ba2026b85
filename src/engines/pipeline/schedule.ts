import { type Fraction, reduced } from './fraction.ts';
import { interleavedWarmup } from './inFlight.ts';
import { lastEnd, type PlannedPass, peakHeld, runOrders, type TimetablePass } from './run.ts';
import { checkedShape, microBatchesPerRound, type PipelineShape } from './shape.ts';

/** A forward pass, or a whole backward one. */
type Pass = PlannedPass & { kind: 'F' | 'B' };

/** A pass with its place in time, in units of a whole-stage forward pass. */
type TimedPass = Pick<TimetablePass, 'rank' | 'stage' | 'kind' | 'microBatch' | 'start' | 'end'>;

export interface Schedule {
  /** One string per rank: `<stage>F<micro-batch>` and `<stage>B<micro-batch>` in order of execution. */
  orders: string[];
  forwardsBeforeFirstBackward: number[];
  /** Most (stage, micro-batch) pairs a rank holds; divide by v for whole-stage equivalents. */
  peakInFlight: number[];
  /** Iteration time, unit = forward of a whole stage (1/p of the model), with backward = 2 units. */
  makespanB2: Fraction;
  /** The same with backward = 1 unit. */
  makespanB1: Fraction;
  /** The frameworks that run exactly this order. */
  sameOrderIn: string[];
  /** Every pass with start and end for backward = 2 units, by rank, then by time. */
  timeline: TimedPass[];
}

/**
 * The order in which every rank runs its forward and backward passes, and the time that order takes.
 *
 * - `gpipe`: all forwards, then all backwards, first in first out (as PyTorch runs it).
 * - `1f1b`: p − r − 1 warm-up forwards on rank r, then one forward and one backward in turn.
 * - `interleaved`: the same over v chunks per rank, stage s on rank s mod p; m must be a multiple of
 *   p (Megatron-LM), or at least of PyTorch's number of rounds, max(1, floor(m / p)).
 *
 * Times follow from the dependencies alone: F(s, i) waits for F(s−1, i), B(s, i) for B(s+1, i);
 * communication is free. Throws a RangeError for shapes no framework runs.
 *
 * Source: PyTorch `torch/distributed/pipelining/schedules.py`, DeepSpeed
 * `deepspeed/runtime/pipe/schedule.py` (`TrainSchedule`), Megatron-LM
 * `megatron/core/pipeline_parallel/schedules.py`.
 */
export function pipelineSchedule(input: PipelineShape): Schedule {
  const shape = checkedShape(input);
  const { p, v } = shape;
  const passes = Array.from({ length: p }, (_, rank) => rankPasses(shape, rank));
  // In ticks of 1/v of a forward pass through a whole stage.
  const run = (backward: number) =>
    runOrders(passes, {
      stages: p * v,
      lasts: ({ kind }) => (kind === 'F' ? 1 : backward),
      rankOf: (stage) => stage % p,
    });
  const timed = run(2);
  return {
    orders: passes.map((own) =>
      own.map(({ stage, kind, microBatch }) => `${stage}${kind}${microBatch}`).join(' '),
    ),
    forwardsBeforeFirstBackward: passes.map((own) => own.findIndex(({ kind }) => kind === 'B')),
    peakInFlight: passes.map((own) => peakHeld(own)),
    makespanB2: reduced(lastEnd(timed), v),
    makespanB1: reduced(lastEnd(run(1)), v),
    sameOrderIn: frameworks(shape),
    timeline: timed.flat().map(({ rank, stage, kind, microBatch, start, end }) => ({
      rank,
      stage,
      kind,
      microBatch,
      start: start / v,
      end: end / v,
    })),
  };
}

/** What a rank runs, in its order. */
export function rankPasses(shape: Required<PipelineShape>, rank: number): Pass[] {
  const { schedule, p, m, v } = shape;
  const group = schedule === 'interleaved' ? microBatchesPerRound(p, m) : m;
  const total = m * v;
  const warmup = warmupPasses(shape, rank);

  // The k-th forward of a rank: `group` micro-batches through its first chunk, the same through the
  // next chunk, and so on; then the next group. Backwards walk the chunks the other way round.
  const nth = (k: number, kind: 'F' | 'B'): Pass => {
    const chunk = Math.floor(k / group) % v;
    const own = kind === 'F' ? chunk : v - 1 - chunk;
    const round = Math.floor(k / (group * v));
    return {
      stage: own * p + rank,
      chunk: own,
      kind,
      whole: kind === 'B',
      microBatch: round * group + (k % group),
    };
  };

  const passes: Pass[] = [];
  for (let k = 0; k < total + warmup; k++) {
    if (k < total) passes.push(nth(k, 'F'));
    if (k >= warmup) passes.push(nth(k - warmup, 'B'));
  }
  return passes;
}

function warmupPasses({ schedule, p, m, v }: Required<PipelineShape>, rank: number): number {
  if (schedule === 'gpipe') return m;
  if (schedule === '1f1b') return Math.min(m, p - rank - 1);
  return interleavedWarmup({ p, m, v }).warmup[rank] as number;
}

function frameworks({ schedule, p, m }: Required<PipelineShape>): string[] {
  const torch = 'torch 2.13.0 runtime';
  if (schedule === 'gpipe') return [torch];
  if (schedule === 'interleaved') return m % p === 0 ? [torch, 'Megatron'] : [torch];
  // PyTorch's Schedule1F1B refuses fewer micro-batches than stages.
  return m < p ? ['DeepSpeed', 'Megatron'] : [torch, 'DeepSpeed', 'Megatron'];
}
