import { finiteNumber, integer } from '../arguments.ts';
import { FLOPS_PER_PARAMETER_TOKEN } from './laws.ts';

/**
 * FLOPs of one training run: 6ND. For a mixture of experts `parameters` are the *active* ones.
 * Leaves out the attention scores, which grow with the sequence; see `modelFlopsPerToken`.
 */
export function trainingFlops({
  parameters,
  tokens,
}: {
  parameters: number;
  tokens: number;
}): number {
  finiteNumber('parameters', parameters, 1);
  finiteNumber('tokens', tokens);
  return FLOPS_PER_PARAMETER_TOKEN * parameters * tokens;
}

/**
 * Training plus serving: 6 · N · trainingTokens + 2 · N · inferenceTokens (arXiv:2401.00448 §2).
 * Inference tokens count prompt and answer alike: each costs one forward pass.
 */
export function lifetimeFlops({
  parameters,
  trainingTokens,
  inferenceTokens,
}: {
  parameters: number;
  trainingTokens: number;
  inferenceTokens: number;
}): { training: number; inference: number; total: number } {
  const tokens = finiteNumber('trainingTokens', trainingTokens);
  const training = trainingFlops({ parameters, tokens });
  const inference = 2 * parameters * finiteNumber('inferenceTokens', inferenceTokens);
  return { training, inference, total: training + inference };
}

/** What one model costs to train: its active parameters and the tokens it saw. */
export interface TrainedModel {
  parameters: number;
  trainingTokens: number;
}

/**
 * Served tokens after which the smaller of two models has cost fewer FLOPs in all: where
 * 6 · N · trainingTokens + 2 · N · T (arXiv:2401.00448 §2) is equal for both. Zero if the smaller
 * one was no dearer to train. Says nothing about quality: compare models that are good enough.
 * Throws RangeError unless `small.parameters` < `large.parameters`.
 */
export function breakEvenTokens({
  small,
  large,
}: {
  small: TrainedModel;
  large: TrainedModel;
}): number {
  finiteNumber('large.parameters', large.parameters, 1);
  finiteNumber('small.parameters', small.parameters, 1);
  if (small.parameters >= large.parameters) {
    throw new RangeError(
      `small.parameters must be below large.parameters ${large.parameters}, got ${small.parameters}`,
    );
  }
  finiteNumber('small.trainingTokens', small.trainingTokens);
  finiteNumber('large.trainingTokens', large.trainingTokens);
  const dearer =
    trainingFlops({ parameters: small.parameters, tokens: small.trainingTokens }) -
    trainingFlops({ parameters: large.parameters, tokens: large.trainingTokens });
  const savedPerToken = 2 * (large.parameters - small.parameters);
  return Math.max(0, dearer / savedPerToken);
}

/** Training tokens that a budget buys for a model of this size: C / 6N. */
export function affordableTokens({
  flops,
  parameters,
}: {
  flops: number;
  parameters: number;
}): number {
  finiteNumber('flops', flops);
  finiteNumber('parameters', parameters, 1);
  return flops / (FLOPS_PER_PARAMETER_TOKEN * parameters);
}

/** Tokens seen per parameter: 20 is the Chinchilla rule. */
export function tokensPerParameter({
  parameters,
  tokens,
}: {
  parameters: number;
  tokens: number;
}): number {
  finiteNumber('parameters', parameters, 1);
  return finiteNumber('tokens', tokens) / parameters;
}

/** The shape that prices attention: all positions attend to all, as in PaLM's Appendix B. */
export interface AttentionShape {
  layers: number;
  heads: number;
  headSize: number;
  sequenceLength: number;
}

/**
 * FLOPs of forward and backward per token: 6N, plus 12 · L · H · Q · T for the attention scores
 * when their shape is given (arXiv:2204.02311 Appendix B). Recomputation is not counted.
 */
export function modelFlopsPerToken({
  parameters,
  attention,
}: {
  parameters: number;
  attention?: AttentionShape;
}): number {
  finiteNumber('parameters', parameters, 1);
  const matmuls = FLOPS_PER_PARAMETER_TOKEN * parameters;
  if (attention === undefined) return matmuls;
  const layers = integer('attention.layers', attention.layers, 1);
  const heads = integer('attention.heads', attention.heads, 1);
  const headSize = integer('attention.headSize', attention.headSize, 1);
  const length = integer('attention.sequenceLength', attention.sequenceLength, 1);
  return matmuls + 12 * layers * heads * headSize * length;
}

/**
 * Model FLOPs utilization, a ratio: useful FLOPs per second over the accelerators' peak
 * (arXiv:2204.02311 §4.1). `parameters` are active parameters; `peakFlopsPerGpu` is the dense peak
 * of the number format in use.
 */
export function mfu({
  parameters,
  attention,
  tokensPerSecond,
  gpus,
  peakFlopsPerGpu,
}: {
  parameters: number;
  attention?: AttentionShape;
  tokensPerSecond: number;
  gpus: number;
  peakFlopsPerGpu: number;
}): number {
  const perToken = modelFlopsPerToken(attention ? { parameters, attention } : { parameters });
  finiteNumber('tokensPerSecond', tokensPerSecond);
  integer('gpus', gpus, 1);
  finiteNumber('peakFlopsPerGpu', peakFlopsPerGpu, 1);
  return (perToken * tokensPerSecond) / (gpus * peakFlopsPerGpu);
}

/**
 * Seconds that `flops` take on `gpus` accelerators running at `mfu` (a ratio, 0 < mfu ≤ 1) of their
 * peak. Assumes no restarts.
 */
export function trainingTimeSeconds({
  flops,
  gpus,
  peakFlopsPerGpu,
  mfu,
}: {
  flops: number;
  gpus: number;
  peakFlopsPerGpu: number;
  mfu: number;
}): number {
  finiteNumber('flops', flops);
  integer('gpus', gpus, 1);
  finiteNumber('peakFlopsPerGpu', peakFlopsPerGpu, 1);
  finiteNumber('mfu', mfu, Number.MIN_VALUE, 1);
  return flops / (gpus * peakFlopsPerGpu * mfu);
}

/**
 * Model FLOPs that `gpus` accelerators deliver in `seconds` at `mfu` (a ratio, 0 < mfu ≤ 1): the
 * inverse of `trainingTimeSeconds`.
 */
export function flopsInTime({
  seconds,
  gpus,
  peakFlopsPerGpu,
  mfu,
}: {
  seconds: number;
  gpus: number;
  peakFlopsPerGpu: number;
  mfu: number;
}): number {
  finiteNumber('seconds', seconds);
  integer('gpus', gpus, 1);
  finiteNumber('peakFlopsPerGpu', peakFlopsPerGpu, 1);
  finiteNumber('mfu', mfu, Number.MIN_VALUE, 1);
  return seconds * gpus * peakFlopsPerGpu * mfu;
}
