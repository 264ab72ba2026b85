import {
  ACCOUNT_NAMES,
  type Account,
  OFFLOAD,
  type Offload,
  OPTIMIZER_NAMES,
  type Optimizer,
  optimizerBytes,
  type PlanInput,
  RECOMPUTATION,
  type Recomputation,
  type ZeroStage,
} from '~/engines/memory/index.ts';
import {
  type AddressOf,
  type AddressProblem,
  printAddress,
  readAddress,
  settleAddress,
} from '../kit/address.ts';
import { GPU_IDS, GPUS, type GpuId, LINK_IDS, LINKS, type LinkId } from '../kit/hardware.ts';
import { type Model, modelOf, PRESET_IDS, PRESETS, type PresetId } from '../kit/models.ts';

export interface State {
  /** A preset, `count` (a number of parameters alone) or `own` (a configuration). */
  model: PresetId | 'count' | 'own';
  params: number;
  layers: number;
  hidden: number;
  heads: number;
  kvHeads: number;
  ffn: number;
  vocab: number;
  swiglu: boolean;
  tied: boolean;
  stage: ZeroStage;
  gpus: number;
  tp: number;
  pp: number;
  account: Account;
  optimizer: Optimizer;
  /** 16-bit format of the parameters: the same bytes, another configuration. */
  precision: 'bf16' | 'fp16';
  offloadOptimizer: Offload;
  offloadParameters: Offload;
  /** GPUs that share ZeRO++'s secondary copy; 1 is off. */
  hpz: number;
  buckets: boolean;
  activations: boolean;
  batch: number;
  sequence: number;
  recompute: Recomputation;
  sp: boolean;
  gpu: GpuId | 'own';
  /** GB of a GPU of one's own. */
  memory: number;
  link: LinkId | 'own';
  /** GB/s of a link of one's own. */
  bandwidth: number;
  unit: 'GB' | 'GiB';
  /** What the bars are drawn to: the model states whole, or the memory of one GPU. */
  scale: 'whole' | 'memory';
  map: 'stages' | 'params';
  /** Place in the training step. */
  step: number;
  /** The rank that is opened. */
  rank: number;
}
export type Field = keyof State;

/** Figure 1 of the ZeRO paper, at stage 2. */
export const DEFAULTS: State = {
  model: 'zero-7.5b',
  params: 7.5e9,
  layers: 32,
  hidden: 4096,
  heads: 32,
  kvHeads: 8,
  ffn: 14336,
  vocab: 128256,
  swiglu: true,
  tied: false,
  stage: 2,
  gpus: 64,
  tp: 1,
  pp: 1,
  account: 'zero-paper',
  optimizer: 'adam',
  precision: 'bf16',
  offloadOptimizer: 'none',
  offloadParameters: 'none',
  hpz: 1,
  buckets: false,
  activations: false,
  batch: 1,
  sequence: 2048,
  recompute: 'none',
  sp: false,
  gpu: 'v100-32',
  memory: 32,
  link: 'infiniband',
  bandwidth: 50,
  unit: 'GB',
  scale: 'whole',
  map: 'stages',
  step: 0,
  rank: 0,
};

export const RANGES = {
  params: [1e6, 1e14],
  layers: [1, 1000],
  hidden: [1, 200_000],
  heads: [1, 4096],
  kvHeads: [1, 4096],
  ffn: [1, 1_000_000],
  vocab: [1, 10_000_000],
  gpus: [1, 65_536],
  tp: [1, 64],
  pp: [1, 256],
  hpz: [1, 1024],
  batch: [1, 4096],
  sequence: [1, 10_000_000],
  memory: [1, 10_000],
  bandwidth: [0.1, 100_000],
  step: [0, 200],
  rank: [0, 65_535],
} as const satisfies Partial<Record<Field, readonly [number, number]>>;
export type NumberName = keyof typeof RANGES;

const LISTS = {
  model: [...PRESET_IDS, 'count', 'own'],
  account: ACCOUNT_NAMES,
  optimizer: OPTIMIZER_NAMES,
  precision: ['bf16', 'fp16'],
  offloadOptimizer: OFFLOAD,
  offloadParameters: OFFLOAD,
  recompute: RECOMPUTATION,
  gpu: [...GPU_IDS, 'own'],
  link: [...LINK_IDS, 'own'],
  unit: ['GB', 'GiB'],
  scale: ['whole', 'memory'],
  map: ['stages', 'params'],
} as const satisfies Partial<Record<Field, readonly string[]>>;

/** Short names in the address. */
const KEYS = {
  model: 'm',
  params: 'psi',
  layers: 'l',
  hidden: 'h',
  heads: 'a',
  kvHeads: 'kv',
  ffn: 'ffn',
  vocab: 'v',
  swiglu: 'swiglu',
  tied: 'tied',
  stage: 'stage',
  gpus: 'n',
  tp: 'tp',
  pp: 'pp',
  account: 'count',
  optimizer: 'opt',
  precision: 'dt',
  offloadOptimizer: 'oo',
  offloadParameters: 'op',
  hpz: 'hpz',
  buckets: 'buckets',
  activations: 'act',
  batch: 'b',
  sequence: 's',
  recompute: 're',
  sp: 'sp',
  gpu: 'gpu',
  memory: 'mem',
  link: 'link',
  bandwidth: 'bw',
  unit: 'unit',
  scale: 'scale',
  map: 'map',
  step: 'step',
  rank: 'rank',
} as const satisfies Record<Field, string>;

const ADDRESS: AddressOf<State> = {
  defaults: DEFAULTS,
  keys: KEYS,
  lists: LISTS,
  ranges: RANGES,
  fractions: ['memory', 'bandwidth'],
  digits: 16,
  readers: { stage: (text) => (/^[0-3]$/.test(text) ? Number(text) : undefined) },
};

export function printState(state: State): string {
  return printAddress(ADDRESS, state);
}

/** Never throws: what is malformed, or impossible together, becomes the example's value and is named. */
export function parseState(query: string): { state: State; problems: AddressProblem[] } {
  const { state, problems } = readAddress(ADDRESS, query);
  for (const fields of conflicts(state)) {
    for (const field of fields) {
      if (state[field] === DEFAULTS[field]) continue;
      problems.push({ key: KEYS[field], value: String(state[field]) });
      Object.assign(state, { [field]: DEFAULTS[field] });
    }
  }
  return settleAddress(ADDRESS, query, { state, problems }, settle);
}

/** Fields whose values are each possible but not together. */
function conflicts(state: State): Field[][] {
  const found: Field[][] = [];
  if (!dividesGpus(state)) found.push(['gpus', 'tp', 'pp']);
  if (!headsFit(state)) found.push(['hidden', 'heads', 'kvHeads']);
  return found;
}

export function dividesGpus({ gpus, tp, pp }: Pick<State, 'gpus' | 'tp' | 'pp'>): boolean {
  return gpus % (tp * pp) === 0;
}

export function headsFit(state: Pick<State, 'hidden' | 'heads' | 'kvHeads'>): boolean {
  return state.hidden % state.heads === 0 && state.heads % state.kvHeads === 0;
}

/** What a stage cannot do is switched off. */
export function settle(state: State): State {
  const next = { ...state };
  if (next.stage !== 3) {
    next.offloadParameters = 'none';
    next.hpz = 1;
    if (next.offloadOptimizer === 'nvme') next.offloadOptimizer = 'cpu';
  }
  if (next.stage === 0) next.offloadOptimizer = 'none';
  next.rank = Math.min(next.rank, next.gpus / (next.tp * next.pp) - 1);
  return next;
}

export function modelFor(state: State): Model {
  if (state.model === 'count') return { params: state.params, matrixShare: 1 };
  if (state.model === 'own') {
    return modelOf({
      layers: state.layers,
      hidden: state.hidden,
      heads: state.heads,
      queryGroups: state.kvHeads,
      ffnHidden: state.ffn,
      vocab: state.vocab,
      swiglu: state.swiglu,
      norm: 'RMSNorm',
      untiedEmbeddings: !state.tied,
    });
  }
  const preset = PRESETS[state.model];
  return modelOf(preset.config, 'params' in preset ? preset.params : undefined);
}

export function capacityBytes(state: State): number {
  return (state.gpu === 'own' ? state.memory : GPUS[state.gpu].gb) * 1e9;
}

export function bytesPerSecond(state: State): number {
  return (state.link === 'own' ? state.bandwidth : LINKS[state.link].gbps) * 1e9;
}

export function kOf(state: State, model: Model): number {
  return optimizerBytes({ optimizer: state.optimizer, matrixShare: model.matrixShare }).k;
}

export function planInput(unsettled: State, model: Model): PlanInput {
  const state = settle(unsettled);
  return {
    account: state.account,
    stage: state.stage,
    params: model.params,
    gpus: state.gpus,
    tp: state.tp,
    pp: state.pp,
    k: kOf(state, model),
    offloadOptimizer: state.offloadOptimizer,
    offloadParameters: state.offloadParameters,
    secondaryPartition: state.hpz,
    buckets: state.buckets,
    ...(model.shape ? { shape: model.shape } : {}),
    ...(state.activations && model.shape
      ? {
          activations: {
            microBatch: state.batch,
            sequence: state.sequence,
            recomputation: state.recompute,
            sequenceParallel: state.sp,
          },
        }
      : {}),
  };
}
