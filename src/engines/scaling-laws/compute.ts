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
  const training = trainingFlops({ parameters, tokens: trainingTokens });
  const inference = 2 * parameters * finiteNumber('inferenceTokens', inferenceTokens);
  return { training, inference, total: training + inference };
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
