import { boolean, finiteNumber, integer, oneOf } from '../arguments.ts';
import { activationFirstStageTotal, type Technique } from './activations.ts';
import { STAGES, type ZeroStage } from './zero.ts';

/**
 * Ways to count model states. `stages` are those the source itself has: other stages are counted with
 * the same bytes where that makes sense, or fall back to the last one it has (Megatron).
 */
export const ACCOUNTS = {
  'zero-paper': { stages: [0, 1, 2, 3] },
  'fp32-gradients': { stages: [0, 1, 2, 3] },
  'two-gradients': { stages: [0, 1, 2, 3] },
  deepspeed: { stages: [2, 3] },
  'deepspeed-docs': { stages: [2, 3] },
  megatron: { stages: [0, 1] },
  fsdp2: { stages: [2, 3] },
} as const satisfies Record<string, { stages: readonly ZeroStage[] }>;

export type Account = keyof typeof ACCOUNTS;
export const ACCOUNT_NAMES = Object.keys(ACCOUNTS) as Account[];

export const PIECE_KINDS = [
  'parameters',
  'gradients',
  'optimizerStates',
  'activations',
  'buffers',
] as const;
export type PieceKind = (typeof PIECE_KINDS)[number];

export interface StateBytes {
  kind: 'parameters' | 'gradients' | 'optimizerStates';
  /** Bytes per parameter. */
  bytes: number;
  /** Divided over the data-parallel ranks, or whole on each. */
  divided: boolean;
}

/**
 * Bytes per parameter of each kind of model state, and whether the stage divides them.
 *
 * ZeRO paper 2 + 2 + K (16 with Adam); `fp32-gradients` has one fp32 gradient (18), `two-gradients` a
 * 16-bit and an fp32 one (20). DeepSpeed's estimators: 2Ψ + 18Ψ/N for stage 2 (its 18 contains both
 * gradients), 18Ψ/N for stage 3; the documentation still says 4Ψ + 16Ψ/N for stage 2. Megatron's
 * distributed optimizer never divides the fp32 gradient buffer: 6 + 12/N whatever the stage.
 * FSDP2 keeps sharded fp32 parameters, which are the master copy, and sharded fp32 gradients; it gathers
 * parameters in 16 bits, which stay whole from forward to backward in stage 2 (`reshard_after_forward=False`).
 * It always shards gradients and optimizer states: stages 0 and 1 stand for PyTorch's DDP under autocast,
 * without and with ZeroRedundancyOptimizer.
 * Sources: arXiv:1910.02054 §5; deepspeed/runtime/zero/{stage_1_and_2,stage3}.py; Megatron-LM
 * docs/user-guide/features/dist_optimizer.md; torch.distributed.fsdp `fully_shard` and
 * `MixedPrecisionPolicy`; pytorch/torchtitan docs/fsdp.md for the stages.
 */
export function stateBytes(input: { account: Account; stage: ZeroStage; k: number }): StateBytes[] {
  const account = oneOf('account', input.account, ACCOUNT_NAMES);
  const stage = oneOf('stage', input.stage, STAGES);
  const k = finiteNumber('k', input.k);
  const p = (bytes: number, divided: boolean): StateBytes => ({
    kind: 'parameters',
    bytes,
    divided,
  });
  const g = (bytes: number, divided: boolean): StateBytes => ({
    kind: 'gradients',
    bytes,
    divided,
  });
  const o = (bytes: number, divided: boolean): StateBytes => ({
    kind: 'optimizerStates',
    bytes,
    divided,
  });
  const from = (first: number): boolean => stage >= first;
  switch (account) {
    case 'zero-paper':
      return [p(2, from(3)), g(2, from(2)), o(k, from(1))];
    case 'fp32-gradients':
      return [p(2, from(3)), g(4, from(2)), o(k, from(1))];
    case 'two-gradients':
      return [p(2, from(3)), g(6, from(2)), o(k, from(1))];
    case 'deepspeed':
    case 'deepspeed-docs': {
      if (stage === 3) return [p(2, true), g(4, true), o(k, true)];
      if (stage === 2 && account === 'deepspeed') return [p(2, false), g(6, true), o(k, true)];
      return [p(2, false), g(2, false), g(4, from(1)), o(k, from(1))];
    }
    case 'megatron':
      return [p(2, false), g(4, false), o(k, from(1))];
    case 'fsdp2': {
      const states = Math.max(0, k - 4);
      if (stage === 2) return [p(2, false), p(4, true), g(4, true), o(states, true)];
      return [p(4, from(3)), g(4, from(3)), o(states, from(1))];
    }
  }
}

export interface ModelShape {
  layers: number;
  hidden: number;
  heads: number;
  vocab: number;
  /** Parameters in embedding tables; with pipeline stages the first holds one table. */
  embeddings: number;
  /** Tables counted in `embeddings`: 2 when the output matrix is a separate one. */
  tables: 1 | 2;
  /** Most parameters one module owns directly, which stage 3 gathers at once. */
  largestModule: number;
  /** Parameters of the largest transformer layer, gathered at once by FSDP2. */
  layerParameters: number;
}

export const RECOMPUTATION = ['none', 'selective', 'full'] as const;
export type Recomputation = (typeof RECOMPUTATION)[number];

export const OFFLOAD = ['none', 'cpu', 'nvme'] as const;
export type Offload = (typeof OFFLOAD)[number];

export interface PlanInput {
  account: Account;
  stage: ZeroStage;
  /** Parameters of the whole model, Ψ. */
  params: number;
  /** GPUs in all; data-parallel ranks are gpus / (tp · pp). */
  gpus: number;
  gpusPerNode?: number;
  tp?: number;
  pp?: number;
  /** Optimizer bytes per parameter with the master copy. */
  k?: number;
  offloadOptimizer?: Offload;
  offloadParameters?: Offload;
  /** GPUs that share ZeRO++'s secondary 16-bit copy; 1 without. */
  secondaryPartition?: number;
  /** Count DeepSpeed's default communication buckets. */
  buckets?: boolean;
  shape?: ModelShape;
  /** Left out: no activations are counted. */
  activations?: {
    microBatch: number;
    sequence: number;
    recomputation: Recomputation;
    sequenceParallel: boolean;
  };
}

export interface Piece {
  kind: PieceKind;
  /** Bytes on this GPU. */
  bytes: number;
  /** One of this many shards, or 1 where every rank holds the whole. */
  shards: number;
  /** What the piece is, where its kind alone does not say. */
  note?: 'secondary' | 'gathered' | 'buckets' | 'output';
}

export interface Plan {
  dpDegree: number;
  /** Parameters that the fullest model-parallel rank answers for before ZeRO divides them. */
  paramsOnRank: number;
  /** The stage that the account really has. */
  countedStage: ZeroStage;
  pieces: Piece[];
  bytesByKind: Record<PieceKind, number>;
  /** Everything on one GPU. */
  bytesPerGpu: number;
  modelStateBytes: number;
  /** Bytes per GPU that do not shrink with more data-parallel ranks, and those divided by them, all together. */
  wholeBytes: number;
  dividedBytes: number;
  hostBytesPerNode: number;
  nvmeBytesPerNode: number;
}

/** DeepSpeed's defaults, in elements: deepspeed/runtime/zero/config.py. */
const BUCKETS = { reduce: 5e8, gather: 5e8, prefetch: 5e7, live: 1e9 };

/**
 * Bytes on the fullest GPU of a training run: model states under an account and a ZeRO stage, tensor and
 * pipeline degrees applied to them, activations by arXiv:2205.05198, buffers that are known.
 * Left out: fragmentation, the CUDA context, NCCL's own buffers, temporary tensors of kernels.
 *
 * Offloading the optimizer takes the divided gradients along, as ZeRO-Offload does; what a stage keeps
 * whole stays, but for the 16-bit gradient of `deepspeed-docs`, which that page drops then too. FSDP2's
 * policy offloads everything that is sharded, whichever of the two is asked for. The secondary copy of
 * ZeRO++ is shared by no more ranks than there are. Experts are not spread over their own axis.
 *
 * @throws RangeError | TypeError naming the argument
 * @example trainingPlan({ account: 'zero-paper', stage: 1, params: 7.5e9, gpus: 64 }).bytesPerGpu // 31.40625e9
 */
export function trainingPlan(input: PlanInput): Plan {
  const stage = oneOf('stage', input.stage, STAGES);
  const account = oneOf('account', input.account, ACCOUNT_NAMES);
  const params = integer('params', input.params, 1);
  const gpus = integer('gpus', input.gpus, 1);
  const tp = integer('tp', input.tp ?? 1, 1);
  const pp = integer('pp', input.pp ?? 1, 1);
  if (gpus % (tp * pp) !== 0) {
    throw new RangeError(`tp × pp must divide gpus (${gpus}), got ${tp} × ${pp}`);
  }
  const gpusPerNode = integer('gpusPerNode', input.gpusPerNode ?? 8, 1);
  const k = finiteNumber('k', input.k ?? 12);
  const offloadOptimizer = oneOf('offloadOptimizer', input.offloadOptimizer ?? 'none', OFFLOAD);
  const offloadParameters = oneOf('offloadParameters', input.offloadParameters ?? 'none', OFFLOAD);
  const secondary = integer('secondaryPartition', input.secondaryPartition ?? 1, 1);
  const buckets = boolean('buckets', input.buckets ?? false);
  const { shape } = input;

  const dpDegree = gpus / (tp * pp);
  const paramsOnRank = fullestRank(params, tp, pp, shape);
  const countedStage = account === 'megatron' && stage > 0 ? 1 : stage;

  const together = account === 'fsdp2';
  const whereOptimizer =
    together && offloadOptimizer === 'none' ? offloadParameters : offloadOptimizer;
  const whereParameters =
    together && offloadParameters === 'none' ? offloadOptimizer : offloadParameters;
  const statesOf =
    account === 'deepspeed-docs' && offloadOptimizer !== 'none' ? 'deepspeed' : account;

  const pieces: Piece[] = [];
  let hostBytes = 0;
  let nvmeBytes = 0;
  let wholeBytes = 0;
  let dividedBytes = 0;
  for (const state of stateBytes({ account: statesOf, stage: countedStage, k })) {
    const shards = state.divided ? dpDegree : 1;
    const bytes = (state.bytes * paramsOnRank) / shards;
    const where = state.kind === 'parameters' ? whereParameters : whereOptimizer;
    // Gradients wait in host memory for the CPU's update even when the optimizer lies on NVMe.
    const target = state.kind === 'gradients' && where === 'nvme' ? 'cpu' : where;
    if (!state.divided || target === 'none') {
      pieces.push({ kind: state.kind, bytes, shards });
      if (state.divided) dividedBytes += bytes * shards;
      else wholeBytes += bytes;
    } else if (target === 'cpu') hostBytes += bytes;
    else nvmeBytes += bytes;
  }
  const states = pieces.length;
  pieces.push(
    ...buffers({ account, stage: countedStage, paramsOnRank, tp, pp, dpDegree, buckets, shape }),
  );
  const sharing = Math.min(secondary, dpDegree);
  if (sharing > 1 && countedStage === 3) {
    const bytes = (2 * paramsOnRank) / sharing;
    pieces.push({ kind: 'parameters', bytes, shards: sharing, note: 'secondary' });
  }
  if (input.activations !== undefined && shape !== undefined) {
    pieces.push(...activationPieces(input.activations, shape, tp, pp));
  }

  const bytesByKind: Record<PieceKind, number> = {
    parameters: 0,
    gradients: 0,
    optimizerStates: 0,
    activations: 0,
    buffers: 0,
  };
  for (const piece of pieces) bytesByKind[piece.kind] += piece.bytes;
  for (const piece of pieces.slice(states)) wholeBytes += piece.bytes;
  const modelStateBytes =
    bytesByKind.parameters + bytesByKind.gradients + bytesByKind.optimizerStates;
  const bytesPerGpu = modelStateBytes + bytesByKind.activations + bytesByKind.buffers;
  const ranksPerNode = Math.min(gpusPerNode, gpus);
  return {
    dpDegree,
    paramsOnRank,
    countedStage,
    pieces,
    bytesByKind,
    bytesPerGpu,
    modelStateBytes,
    wholeBytes,
    dividedBytes,
    hostBytesPerNode: hostBytes * ranksPerNode,
    nvmeBytesPerNode: nvmeBytes * ranksPerNode,
  };
}

function fullestRank(
  params: number,
  tp: number,
  pp: number,
  shape: ModelShape | undefined,
): number {
  if (pp === 1 || shape === undefined) return params / (tp * pp);
  const layers = integer('shape.layers', shape.layers, 1);
  const embeddings = Math.min(params, shape.embeddings);
  const share = Math.ceil(layers / pp) / layers;
  return ((params - embeddings) * share + embeddings / shape.tables) / tp;
}

/**
 * Working memory of gathering and reducing. DeepSpeed's estimator: weights and gradients of the largest
 * module, 4 bytes a parameter.
 *
 * FSDP2, while one layer runs its backward pass: the layer and the next one, already being gathered, in 16
 * bits (2 + 2); the layer's gradient (2); the fp32 input of the reduce-scatter of the layer before (4). The
 * root keeps the embeddings and the output matrix gathered the whole step (2) and the latter's gradient (2).
 * With `reshard_after_forward=False` the weights are whole anyway and count as parameters. Not counted: the
 * root's own reduction at the very end, when activations are gone, and copies between flat and shaped tensors.
 * Read from torch/distributed/fsdp/_fully_shard/_fsdp_param_group.py (`post_backward`, `_backward_prefetch`).
 */
function buffers(input: {
  account: Account;
  stage: ZeroStage;
  paramsOnRank: number;
  tp: number;
  pp: number;
  dpDegree: number;
  buckets: boolean;
  shape: ModelShape | undefined;
}): Piece[] {
  const { account, stage, paramsOnRank, tp, pp, shape } = input;
  const pieces: Piece[] = [];
  const gathered = (bytes: number): void => {
    pieces.push({ kind: 'buffers', bytes: bytes / tp, shards: 1, note: 'gathered' });
  };
  if (shape !== undefined && account === 'fsdp2' && stage >= 2) {
    const table = shape.embeddings / shape.tables;
    // The first pipeline stage has one table and no output matrix.
    const root = pp === 1 ? shape.embeddings : table;
    const outputGradient = pp === 1 ? 2 * table : 0;
    const weights = stage === 3 ? 2 * root + 4 * shape.layerParameters : 0;
    gathered(weights + outputGradient + 6 * shape.layerParameters);
  } else if (shape !== undefined && stage === 3) {
    if (account === 'deepspeed' || account === 'deepspeed-docs') gathered(4 * shape.largestModule);
  }
  if (input.buckets && stage > 0 && input.dpDegree > 1) {
    const most = (elements: number): number => Math.min(elements, paramsOnRank);
    const elements =
      stage === 3
        ? most(BUCKETS.reduce) + most(BUCKETS.prefetch + BUCKETS.live)
        : most(BUCKETS.reduce) + most(BUCKETS.gather);
    pieces.push({ kind: 'buffers', bytes: 2 * elements, shards: 1, note: 'buckets' });
  }
  return pieces;
}

function activationPieces(
  input: NonNullable<PlanInput['activations']>,
  shape: ModelShape,
  tp: number,
  pp: number,
): Piece[] {
  const s = integer('activations.sequence', input.sequence, 1);
  const b = integer('activations.microBatch', input.microBatch, 1);
  const recomputation = oneOf('activations.recomputation', input.recomputation, RECOMPUTATION);
  const sp = boolean('activations.sequenceParallel', input.sequenceParallel);
  const technique: Technique =
    recomputation === 'full'
      ? 'full'
      : `tp${sp ? '+sp' : ''}${recomputation === 'selective' ? '+selective' : ''}`;
  const { firstStageBytes } = activationFirstStageTotal({
    technique,
    s,
    b,
    h: shape.hidden,
    a: shape.heads,
    t: tp,
    L: shape.layers,
    p: pp,
  });
  const pieces: Piece[] = [{ kind: 'activations', bytes: firstStageBytes, shards: 1 }];
  // arXiv:2205.05198 §4.3: only a single stage holds the last layernorm and the logits as well.
  if (pp === 1) {
    const bytes = (4 * s * b * (shape.hidden + shape.vocab)) / tp;
    pieces.push({ kind: 'activations', bytes, shards: 1, note: 'output' });
  }
  return pieces;
}

export interface FitResult {
  /** Smallest number of GPUs that fits, or Infinity where no number does. */
  gpus: number;
  dpDegree: number;
  /** Bytes per GPU that no number of data-parallel ranks takes away. */
  floorBytes: number;
}

/** Fewest GPUs (a multiple of tp · pp) on which the plan fits: ⌈divided ÷ (memory − whole)⌉ ranks. */
export function fewestGpusForPlan(input: PlanInput, memoryBytes: number): FitResult {
  const memory = finiteNumber('memoryBytes', memoryBytes, 1);
  const modelParallel = (input.tp ?? 1) * (input.pp ?? 1);
  const at = (dpDegree: number): Plan => trainingPlan({ ...input, gpus: dpDegree * modelParallel });
  const fits = (dpDegree: number): boolean => at(dpDegree).bytesPerGpu <= memory;
  const floorBytes = at(2 ** 40).bytesPerGpu;
  if (fits(1)) return { gpus: modelParallel, dpDegree: 1, floorBytes };
  if (floorBytes > memory) return { gpus: Infinity, dpDegree: Infinity, floorBytes };
  // Never more bytes with more ranks from two on, so halving finds the border; buckets appear only at two.
  let no = 1;
  let yes = 2 ** 40;
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (fits(middle)) yes = middle;
    else no = middle;
  }
  return { gpus: yes * modelParallel, dpDegree: yes, floorBytes };
}

/**
 * Largest number of parameters whose plan fits, with activations and the gathered layer held at what the
 * chosen shape needs. 0 when these alone fill the memory.
 */
export function largestModelForPlan(input: PlanInput, memoryBytes: number): number {
  const memory = finiteNumber('memoryBytes', memoryBytes, 1);
  const fits = (params: number): boolean =>
    trainingPlan({ ...input, params }).bytesPerGpu <= memory;
  if (!fits(1)) return 0;
  let yes = 1;
  let no = 2 ** 50;
  if (fits(no)) return Infinity;
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2);
    if (fits(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
