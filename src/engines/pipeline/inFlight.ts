import { checkedShape, microBatchesPerRound, type PipelineShape } from './shape.ts';

export interface InFlight {
  /** Most micro-batches whose activations stage r holds at once; a chunk counts as 1/v. Stage 0 first. */
  peakPerStage: number[];
  /** The largest of them, which is always stage 0's. */
  max: number;
}

/**
 * Micro-batches held for their backward pass: m under GPipe, min(m, p − r) on stage r under 1F1B.
 * Interleaved: `interleavedWarmup` in units of whole stages.
 *
 * Source: arXiv 2104.04473 §2.2; the 1F1B values are also those of DeepSpeed's `TrainSchedule`.
 */
export function pipelineInFlight(input: PipelineShape): InFlight {
  const { schedule, p, m, v } = checkedShape(input);
  const peakPerStage =
    schedule === 'interleaved'
      ? interleavedWarmup({ p, m, v }).peakChunks.map((chunks) => chunks / v)
      : Array.from({ length: p }, (_, r) => (schedule === 'gpipe' ? m : Math.min(m, p - r)));
  return { peakPerStage, max: peakPerStage[0] as number };
}

export interface InterleavedWarmup {
  /** Chunk forwards a rank runs before its first forward-backward pair. */
  warmup: number[];
  /** Most (chunk, micro-batch) pairs a rank holds. */
  peakChunks: number[];
  /** Rank 0's peak in whole-stage activations, to compare with 1F1B's p. */
  rank0PeakInStageUnits: number;
  /** p·(1 + (p−1)/(p·v)), arXiv 2205.05198 §4.2.3; null when there are too few micro-batches to reach it. */
  paperFactorTimesP: number | null;
}

/**
 * Warm-up of interleaved 1F1B: min(m·v, 2(p−r−1) + (v−1)·g) chunk forwards on rank r, where the
 * group size g is p when m is a multiple of p.
 *
 * Source: NVIDIA/Megatron-LM `megatron/core/pipeline_parallel/schedules.py`
 * (`get_pp_rank_microbatches`); for other m PyTorch's `ScheduleInterleaved1F1B`.
 */
export function interleavedWarmup(input: { p: number; m: number; v: number }): InterleavedWarmup {
  const { p, m, v } = checkedShape({ schedule: 'interleaved', ...input });
  const chunkPasses = m * v;
  const group = microBatchesPerRound(p, m);
  const uncapped = Array.from({ length: p }, (_, r) => 2 * (p - r - 1) + (v - 1) * group);
  const warmup = uncapped.map((count) => Math.min(chunkPasses, count));
  const peakChunks = uncapped.map((count) => Math.min(chunkPasses, count + 1));
  const rank0 = peakChunks[0] as number;
  const reachesPeak = rank0 === (uncapped[0] as number) + 1;
  return {
    warmup,
    peakChunks,
    rank0PeakInStageUnits: rank0 / v,
    paperFactorTimesP: reachesPeak && group === p ? p * (1 + (p - 1) / (p * v)) : null,
  };
}
