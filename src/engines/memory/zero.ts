import { divisor, finiteNumber, integer, oneOf } from '../arguments.ts';

export const STAGES = [0, 1, 2, 3] as const;
/** 0 plain data parallelism, 1 optimizer states, 2 + gradients, 3 + parameters. Stages are cumulative. */
export type ZeroStage = (typeof STAGES)[number];

export interface ZeroInput {
  stage: ZeroStage;
  /** Model parameters, Ψ in the paper. */
  params: number;
  /** Data-parallel ranks, N_d in the paper. */
  dpDegree: number;
  /** Bytes of optimizer state per parameter; 12 for mixed-precision Adam (fp32 copy 4, moments 4 + 4). */
  k?: number;
  /** Bytes per parameter held in the training precision. */
  parameterBytes?: number;
  /** Bytes per gradient: 2 in the paper, 4 where gradients are accumulated in fp32. */
  gradientBytes?: number;
}

export interface ZeroModelStates {
  /** Bytes on each GPU, by kind, and their sum. */
  parameters: number;
  gradients: number;
  optimizerStates: number;
  bytesPerGpu: number;
  /** The same with every partition rounded up to whole bytes. */
  ceilBytes: number;
  /** Stage 0 divided by this stage: 3.8 for stage 1 in the paper's Figure 1. */
  timesLess: number;
}

/**
 * Model-state bytes per GPU under a ZeRO stage: no activations, buffers or fragmentation.
 *
 * Stage 0 (2 + 2 + K)Ψ · 1 4Ψ + KΨ/N · 2 2Ψ + (2 + K)Ψ/N · 3 (4 + K)Ψ/N.
 * Source: arXiv:1910.02054 §3.1, §5, Figure 1, Table 1. Real implementations pad each partition.
 *
 * @throws RangeError | TypeError naming the argument
 * @example zeroModelStates({ stage: 1, params: 7.5e9, dpDegree: 64 }).bytesPerGpu // 31.40625e9
 */
export function zeroModelStates(input: ZeroInput): ZeroModelStates {
  const stage = oneOf('stage', input.stage, STAGES);
  const params = integer('params', input.params, 1);
  const dpDegree = integer('dpDegree', input.dpDegree, 1);
  const k = finiteNumber('k', input.k ?? 12);
  const parameterBytes = finiteNumber('parameterBytes', input.parameterBytes ?? 2);
  const gradientBytes = finiteNumber('gradientBytes', input.gradientBytes ?? 2);

  const kept = (bytesPerParam: number, shardedFrom: number): number =>
    stage >= shardedFrom ? (bytesPerParam * params) / dpDegree : bytesPerParam * params;
  const parameters = kept(parameterBytes, 3);
  const gradients = kept(gradientBytes, 2);
  const optimizerStates = kept(k, 1);

  const sharded = (stage >= 1 ? k : 0) + (stage >= 2 ? gradientBytes : 0);
  const partitioned = sharded + (stage >= 3 ? parameterBytes : 0);
  const whole = parameterBytes + gradientBytes + k - partitioned;
  const bytesPerGpu = parameters + gradients + optimizerStates;
  return {
    parameters,
    gradients,
    optimizerStates,
    bytesPerGpu,
    ceilBytes: Math.ceil(whole * params) + ceilDivide(partitioned * params, dpDegree),
    timesLess: ((parameterBytes + gradientBytes + k) * params) / bytesPerGpu,
  };
}

export interface ZeroCommunicationInput {
  stage: ZeroStage;
  params: number;
  dpDegree: number;
}

export interface ZeroCommunication {
  /** Elements per rank and step as the paper counts them: 2Ψ, or 3Ψ for stage 3. */
  paperElements: number;
  /** Elements a rank really sends with ring collectives: the paper's count × (N − 1)/N. */
  ringElementsExact: number;
  /** Times plain data parallelism. */
  ratioToBaseline: number;
}

/**
 * Elements each rank sends per optimizer step, without gradient accumulation.
 * Stages 0–2: reduce-scatter + all-gather. Stage 3: all-gather for forward, again for backward,
 * reduce-scatter. Elements, not bytes. Source: arXiv:1910.02054 §7.
 */
export function zeroCommunication(input: ZeroCommunicationInput): ZeroCommunication {
  const stage = oneOf('stage', input.stage, STAGES);
  const params = integer('params', input.params, 1);
  const dpDegree = integer('dpDegree', input.dpDegree, 1);
  const volumes = stage === 3 ? 3 : 2;
  return {
    paperElements: volumes * params,
    ringElementsExact: (volumes * params * (dpDegree - 1)) / dpDegree,
    ratioToBaseline: volumes / 2,
  };
}

export interface AccumulatedTrafficInput {
  stage: ZeroStage;
  params: number;
  /** Micro-batches per optimizer step, gradient_accumulation_steps. */
  accumulationSteps: number;
  /** How stages 1 and 2 reduce gradients; `all-reduce` is what DeepSpeed's default really sends. */
  reduction?: 'reduce-scatter' | 'all-reduce';
}

/**
 * Elements per rank and optimizer step in DeepSpeed when gradients are accumulated.
 *
 * Stages 0 and 1 reduce once, at the accumulation boundary; stage 2 after every micro-batch; both gather
 * parameters once: 2Ψ, 2Ψ and (a + 1)Ψ in the paper's algorithm. Stage 3 gathers twice and reduces once per
 * micro-batch: 3aΨ. With `use_multi_rank_bucket_allreduce` (default true) stages 1 and 2 all-reduce each
 * bucket and keep their slice, so a gradient reduction costs 2Ψ instead of Ψ.
 * Source: deepspeed/runtime/engine.py `allreduce_gradients`, runtime/zero/stage_1_and_2.py `average_tensor`.
 */
export function accumulatedTraffic(input: AccumulatedTrafficInput): {
  elements: number;
  ratioToBaseline: number;
} {
  const stage = oneOf('stage', input.stage, STAGES);
  const params = integer('params', input.params, 1);
  const steps = integer('accumulationSteps', input.accumulationSteps, 1);
  const reduction = oneOf('reduction', input.reduction ?? 'reduce-scatter', [
    'reduce-scatter',
    'all-reduce',
  ]);
  const reduce = reduction === 'all-reduce' ? 2 : 1;
  const volumes = [2, reduce + 1, reduce * steps + 1, 3 * steps][stage] as number;
  return { elements: volumes * params, ratioToBaseline: volumes / 2 };
}

export interface ZeroPlusPlusInput {
  params: number;
  /** Int8 weights in the forward all-gather: half the bytes. */
  qwz?: boolean;
  /** A second, whole 16-bit copy of the weights inside each node: no cross-node backward all-gather. */
  hpz?: boolean;
  /** Int4 gradients through a two-step all-to-all: a quarter of the bytes. */
  qgz?: boolean;
  gpusPerNode?: number;
}

/**
 * Cross-node traffic of ZeRO-3 with the three ZeRO++ techniques, in elements of 16 bits, and what hpZ
 * costs in memory. All three: 0.5Ψ + 0 + 0.25Ψ = 0.75Ψ instead of 3Ψ.
 * Source: DeepSpeed blogs/zeropp, communication table; the memory is one 16-bit copy over the node's GPUs.
 */
export function zeroPlusPlus(input: ZeroPlusPlusInput): {
  forwardAllGather: number;
  backwardAllGather: number;
  gradientReduce: number;
  total: number;
  timesLess: number;
  extraBytesPerGpu: number;
} {
  const params = integer('params', input.params, 1);
  const { qwz = true, hpz = true, qgz = true } = input;
  const gpusPerNode = integer('gpusPerNode', input.gpusPerNode ?? 8, 1);
  const forwardAllGather = params * (qwz ? 0.5 : 1);
  // Without hpZ the backward all-gather crosses nodes too, in int8 when qwZ is on.
  const backwardAllGather = hpz ? 0 : forwardAllGather;
  const gradientReduce = params * (qgz ? 0.25 : 1);
  const total = forwardAllGather + backwardAllGather + gradientReduce;
  return {
    forwardAllGather,
    backwardAllGather,
    gradientReduce,
    total,
    timesLess: (3 * params) / total,
    extraBytesPerGpu: hpz ? (2 * params) / gpusPerNode : 0,
  };
}

export interface LargestModelInput {
  stage: ZeroStage;
  /** Devices in all; data-parallel ranks are gpus / mp. */
  gpus: number;
  /** Model-parallel degree, 1 without. */
  mp?: number;
  /** Memory for model states on each device, in bytes; the paper takes 32e9 for a 32 GB V100. */
  memoryBytes?: number;
  k?: number;
}

/**
 * Largest model whose states fit: memory × mp ÷ bytes per parameter. Nothing is set aside for
 * activations. Source: arXiv:1910.02054 Table 2, left half (the right half is measured).
 */
export function zeroLargestModel(input: LargestModelInput): {
  params: number;
  /** The same in billions, as in Table 2. */
  exactTheoreticalB: number;
} {
  const stage = oneOf('stage', input.stage, STAGES);
  const gpus = integer('gpus', input.gpus, 1);
  const mp = divisor('mp', input.mp ?? 1, gpus, 'gpus');
  const memoryBytes = finiteNumber('memoryBytes', input.memoryBytes ?? 32e9);
  const k = finiteNumber('k', input.k ?? 12);
  const dpDegree = gpus / mp;
  const shard = (bytes: number, from: number): number => (stage >= from ? bytes / dpDegree : bytes);
  const bytesPerParam = shard(2, 3) + shard(2, 2) + shard(k, 1);
  const params = (memoryBytes * mp) / bytesPerParam;
  return { params, exactTheoreticalB: params / 1e9 };
}

export interface FewestGpusInput {
  stage: ZeroStage;
  params: number;
  /** Memory for model states on each GPU, in bytes. */
  memoryBytes: number;
  k?: number;
}

export interface FewestGpus {
  /** Smallest data-parallel degree that fits, or Infinity where no number of GPUs does. */
  gpus: number;
  /** Bytes every GPU holds whatever the degree. */
  wholeBytes: number;
  /** Bytes divided over the GPUs. */
  dividedBytes: number;
  /** Memory left for the divided part; zero or less where nothing fits. */
  freeBytes: number;
}

/**
 * Fewest data-parallel GPUs whose memory holds the model states: ⌈divided ÷ (memory − whole)⌉.
 * Stages 0 to 2 keep something whole, so a model beyond that floor never fits. Nothing is set aside for
 * activations. Source: arXiv:1910.02054 §5, solved for N; its Table 1 prints 64 for 128B, stage 3, 32 GB.
 *
 * @throws RangeError | TypeError naming the argument
 */
export function zeroFewestGpus(input: FewestGpusInput): FewestGpus {
  const stage = oneOf('stage', input.stage, STAGES);
  const params = integer('params', input.params, 1);
  const memoryBytes = integer('memoryBytes', input.memoryBytes, 1);
  const k = finiteNumber('k', input.k ?? 12);

  const divided = (stage >= 1 ? k : 0) + (stage >= 2 ? 2 : 0) + (stage >= 3 ? 2 : 0);
  const dividedBytes = divided * params;
  const wholeBytes = (4 + k) * params - dividedBytes;
  const freeBytes = memoryBytes - wholeBytes;
  // A stage that divides nothing fits on one GPU or not at all.
  const gpus =
    dividedBytes === 0
      ? freeBytes >= 0
        ? 1
        : Infinity
      : freeBytes > 0
        ? Math.max(1, ceilDivide(dividedBytes, freeBytes))
        : Infinity;
  return { gpus, wholeBytes, dividedBytes, freeBytes };
}

/** Exact for integers, where `Math.ceil(a / b)` may lose a remainder below the double's precision. */
function ceilDivide(dividend: number, divisor: number): number {
  const rest = dividend % divisor;
  return (dividend - rest) / divisor + (rest > 0 ? 1 : 0);
}
