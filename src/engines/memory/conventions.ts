import { finiteNumber, integer, oneOf } from '../arguments.ts';

/**
 * Bytes per parameter as each source counts them: kept whole on every rank, and divided by the
 * data-parallel degree. All leave out activations and communication buffers.
 * DeepSpeed's ZeRO-3 estimator adds 4 bytes × the largest layer on top.
 */
export const CONVENTIONS = {
  'zero-paper-0': { whole: 16, divided: 0 },
  'zero-paper-1': { whole: 4, divided: 12 },
  'zero-paper-2': { whole: 2, divided: 14 },
  'zero-paper-3': { whole: 0, divided: 16 },
  'deepspeed-zero2': { whole: 2, divided: 18 },
  'deepspeed-zero2-before-0.14.3': { whole: 4, divided: 16 },
  'deepspeed-zero3': { whole: 0, divided: 18 },
  'megatron-bf16-fp32-gradients': { whole: 6, divided: 12 },
  'megatron-fp16-fp16-gradients': { whole: 4, divided: 16 },
  'megatron-fp32': { whole: 8, divided: 8 },
  'ultrascale-playbook': { whole: 16, divided: 0 },
  'ultrascale-playbook-fp32-accumulation': { whole: 20, divided: 0 },
} as const;

export type Convention = keyof typeof CONVENTIONS;

/** Bytes per parameter on one rank under a named convention. */
export function bytesPerParameter(input: { convention: Convention; dpDegree?: number }): number {
  const names = Object.keys(CONVENTIONS) as Convention[];
  const { whole, divided } = CONVENTIONS[oneOf('convention', input.convention, names)];
  return whole + divided / integer('dpDegree', input.dpDegree ?? 1, 1);
}

export interface CookbookInput {
  layers: number;
  hidden: number;
  heads: number;
  s: number;
  vocab: number;
  zeroStage: 0 | 1 | 2 | 3;
  numGpus: number;
  tp?: number;
  pp?: number;
  /** The cookbook's switch: selective recomputation, not full. */
  checkpointActivations?: boolean;
}

/**
 * The EleutherAI cookbook's accounting: bf16 weights 2, fp32 gradients 4, Adam with master weights 12, a
 * bucket of 5e8 elements and, for stage 3, 1e9 live parameters. Micro-batch 1, MLP 4h, untied tables.
 *
 * Departs from the script on purpose where it divides twice or not at all under model parallelism:
 * there each rank's share is the whole over tp·pp, then over the data-parallel ranks if that stage
 * shards it. Source: EleutherAI/cookbook calc/calc_transformer_mem.py.
 */
export function cookbookMemory(input: CookbookInput): {
  totalParams: number;
  weightsBytes: number;
  gradientBytes: number;
  optimizerBytes: number;
  communicationBytes: number;
  activationBytes: number;
} {
  const l = integer('layers', input.layers, 1);
  const h = integer('hidden', input.hidden, 1);
  const a = integer('heads', input.heads, 1);
  const s = integer('s', input.s, 1);
  const vocab = integer('vocab', input.vocab, 1);
  const stage = oneOf('zeroStage', input.zeroStage, [0, 1, 2, 3]);
  const gpus = integer('numGpus', input.numGpus, 1);
  const modelParallel = integer('tp', input.tp ?? 1, 1) * integer('pp', input.pp ?? 1, 1);

  const totalParams = 2 * vocab * h + h * s + 8 * h * l + 2 * h + 12 * l * h * h;
  const share = (bytes: number, from: number): number =>
    (bytes * totalParams) / (stage >= from ? gpus : modelParallel);
  const bucket = stage >= 1 && gpus > 1 ? 2 * 5e8 : 0;
  const live = stage === 3 && gpus > 1 ? 2 * 1e9 : 0;
  const core = input.checkpointActivations ? 0 : (5 * a * s) / h;
  return {
    totalParams,
    weightsBytes: share(2, 3),
    gradientBytes: share(4, 2),
    optimizerBytes: share(12, 1),
    communicationBytes: bucket + live,
    activationBytes: s * h * l * (34 + core),
  };
}

export interface AccelerateUsage {
  model: number;
  gradients: number;
  optimizer: number;
  step: number;
  reportedMax: number;
}

/**
 * `accelerate estimate-memory`: bytes in four phases of training with Adam. It reports the largest phase,
 * not their sum, so 16 bytes per parameter in float32 but 8 in half precision.
 * Source: huggingface/accelerate src/accelerate/commands/estimate.py `estimate_training_usage`.
 */
export function accelerateTrainingUsage(input: {
  fp32ModelBytes: number;
  dtype: 'float32' | 'float16' | 'bfloat16';
}): AccelerateUsage {
  const bytes = finiteNumber('fp32ModelBytes', input.fp32ModelBytes);
  const half = oneOf('dtype', input.dtype, ['float32', 'float16', 'bfloat16']) !== 'float32';
  const phases = {
    model: bytes,
    gradients: half ? bytes * 1.5 : bytes,
    optimizer: bytes * 2,
    step: half ? bytes * 2 : bytes * 4,
  };
  return { ...phases, reportedMax: Math.max(...Object.values(phases)) };
}
