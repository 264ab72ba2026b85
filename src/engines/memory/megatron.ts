import { boolean, integer, oneOf } from '../arguments.ts';
import { FFN_HIDDEN } from './shapes.ts';

export interface MegatronWeightInput {
  /** A label only. */
  model?: string;
  layers: number;
  hidden: number;
  heads: number;
  /** Key/value heads of grouped-query attention; `heads` without. */
  queryGroups?: number;
  ffnHidden: number;
  paddedVocab: number;
  swiglu: boolean;
  norm: 'LayerNorm' | 'RMSNorm';
  untiedEmbeddings: boolean;
  tp?: number;
  pp?: number;
  dp?: number;
  distributedOptimizer?: boolean;
}

/**
 * Megatron-LM's theoretical weights + gradients + optimizer on the fullest rank: layers/pp and one
 * embedding table (two when pp = 1 and untied), divided by tp except the norms; 18 bytes per parameter,
 * or 6 + 12/dp with the distributed optimizer. Biases and learned positions are not counted.
 * Source: megatron/training/theoretical_memory_usage.py `compute_weight_and_optimizer_memory`.
 */
export function megatronWeightAndOptimizerMemory(input: MegatronWeightInput): {
  totalParams: number;
  paramsOnFullestRank: number;
  bytesOnFullestRank: number;
} {
  const layers = integer('layers', input.layers, 1);
  const hidden = integer('hidden', input.hidden, 1);
  const heads = integer('heads', input.heads, 1);
  const groups = integer('queryGroups', input.queryGroups ?? heads, 1, heads);
  const ffn = integer('ffnHidden', input.ffnHidden, 1);
  const vocab = integer('paddedVocab', input.paddedVocab, 1);
  const swiglu = boolean('swiglu', input.swiglu);
  const norm = oneOf('norm', input.norm, ['LayerNorm', 'RMSNorm']);
  const untied = boolean('untiedEmbeddings', input.untiedEmbeddings);
  const tp = integer('tp', input.tp ?? 1, 1);
  const pp = integer('pp', input.pp ?? 1, 1);
  const dp = integer('dp', input.dp ?? 1, 1);
  const distributed = boolean('distributedOptimizer', input.distributedOptimizer ?? false);

  const attention = 2 * hidden * hidden * (1 + groups / heads);
  const mlp = (swiglu ? 3 : 2) * hidden * ffn;
  const normSize = (norm === 'RMSNorm' ? 1 : 2) * hidden;
  const matrices = layers * (attention + mlp);
  const norms = (2 * layers + 1) * normSize;
  const embedding = hidden * vocab;

  const tables = untied && pp === 1 ? 2 : 1;
  const paramsOnFullestRank = (matrices / pp + tables * embedding) / tp + norms / pp;
  return {
    totalParams: matrices + norms + (untied ? 2 : 1) * embedding,
    paramsOnFullestRank,
    bytesOnFullestRank: paramsOnFullestRank * (distributed ? 6 + 12 / dp : 18),
  };
}

/** Bytes per parameter that stay whole and that the distributed optimizer divides, by data types. */
export const DISTRIBUTED_OPTIMIZER_BYTES = {
  'fp16 params, fp16 grads': { whole: 4, divided: 16 },
  'bf16 params, fp32 grads': { whole: 6, divided: 12 },
  'fp32 params, fp32 grads': { whole: 8, divided: 8 },
} as const;

export type MegatronDtypes = keyof typeof DISTRIBUTED_OPTIMIZER_BYTES;

/**
 * Megatron-Core's own table: weights and main gradients stay whole, master weights and moments are divided
 * by the data-parallel size, so this is ZeRO-1 with a gradient buffer that the ZeRO paper does not count.
 * Source: docs/user-guide/features/dist_optimizer.md.
 */
export function megatronDistributedOptimizerBytesPerParam(input: {
  dtypes: MegatronDtypes;
  d: number;
}): { nonDistributed: number; distributed: number } {
  const names = Object.keys(DISTRIBUTED_OPTIMIZER_BYTES) as MegatronDtypes[];
  const { whole, divided } = DISTRIBUTED_OPTIMIZER_BYTES[oneOf('dtypes', input.dtypes, names)];
  return {
    nonDistributed: whole + divided,
    distributed: whole + divided / integer('d', input.d, 1),
  };
}

export interface MegatronActivationInput {
  /** A known name (llama2-7B …) supplies the MLP width if `ffnHidden` is absent. */
  model?: string;
  layers: number;
  hidden: number;
  s: number;
  b: number;
  paddedVocab: number;
  /** 4 × hidden unless given here or known by `model`. */
  ffnHidden?: number;
  heads?: number;
  tp?: number;
  pp?: number;
  virtualChunks?: number | null;
  numMicrobatches?: number | null;
}

/**
 * Megatron-LM's theoretical activation bytes on the first pipeline stage, by its two code paths: with
 * sequence parallelism and selective recomputation, and without (which adds 5%, keeps logits in 16 bits
 * and drops the attention core). Per layer sbh(18 + 4 ffn/h) or sbh(10 + 24/tp); a gated MLP's third
 * matrix is not modeled, so a Llama figure is an approximation.
 * Source: megatron/training/theoretical_memory_usage.py.
 */
export function megatronActivationMemory(input: MegatronActivationInput): {
  spSelectiveBytes: number;
  noSpBytes: number;
} {
  const layers = integer('layers', input.layers, 1);
  const hidden = integer('hidden', input.hidden, 1);
  const known = input.model === undefined ? undefined : FFN_HIDDEN[input.model];
  const ffn = integer('ffnHidden', input.ffnHidden ?? known ?? 4 * hidden, 1);
  const tokens = integer('s', input.s, 1) * integer('b', input.b, 1);
  const vocab = integer('paddedVocab', input.paddedVocab, 1);
  const tp = integer('tp', input.tp ?? 1, 1);
  const pp = integer('pp', input.pp ?? 1, 1);

  // Token ids take 8 bytes, embedding dropout one per element, for pp micro-batches in flight.
  const embedding = tokens * pp * (8 + hidden);
  const schedule = inFlightFactor(pp, input.virtualChunks, input.numMicrobatches);
  const sp = (tokens * hidden * (18 + (4 * ffn) / hidden) * layers + embedding) * schedule;
  const noSp = (tokens * hidden * (10 + 24 / tp) * layers + embedding) * schedule;
  const last = pp === 1;
  return {
    spSelectiveBytes: (sp + (last ? 4 * tokens * (hidden + vocab) : 0)) / tp,
    noSpBytes: 1.05 * (noSp + (last ? 2 * tokens * (vocab / tp + hidden) : 0)),
  };
}

function inFlightFactor(
  pp: number,
  virtualChunks: number | null | undefined,
  numMicrobatches: number | null | undefined,
): number {
  if (virtualChunks != null) {
    return 1 + (pp - 1) / (pp * integer('virtualChunks', virtualChunks, 1));
  }
  if (numMicrobatches == null) return 1;
  return Math.min(1, integer('numMicrobatches', numMicrobatches, 1) / pp);
}
