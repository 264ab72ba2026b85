/** Everything the tensor-parallel lab shows, as it travels in the address. */
import {
  type PlacedInput,
  parameterCount,
  RECOMPUTATION,
  type Recomputation,
  type Shape,
} from '~/engines/memory/index.ts';
import {
  PLACEMENT_ORDERS,
  type Placement,
  type PlacementOrder,
  type PlacementTrafficInput,
} from '~/engines/pipeline/index.ts';
import { type SplitRun, splitAttention, splitMlp } from '~/engines/tensor-parallel/index.ts';
import { seededRandom } from '~/engines/training/random.ts';
import {
  type AddressOf,
  type AddressProblem,
  printAddress,
  readAddress,
  settleAddress,
} from '../kit/address.ts';
import { GPU_IDS, type GpuId } from '../kit/hardware.ts';
import { LAYER_MODEL_IDS, type LayerModel, shapeOf } from '../kit/layerModels.ts';
import { modelOf, PRESETS, type Preset } from '../kit/models.ts';

export const BLOCKS = ['mlp', 'rows', 'attention'] as const;
export type Block = (typeof BLOCKS)[number];

export const RANKS = [2, 4, 8] as const;

/** Models to place, of those the labs share. */
export const PLACED_MODELS = [
  'llama3-8b',
  'llama3-70b',
  'gpt3-175b',
  'llama3-405b',
  'gpt-1t',
  'mixtral-8x7b',
  'deepseek-v3',
] as const satisfies (keyof typeof PRESETS)[];
export type PlacedModel = (typeof PLACED_MODELS)[number];

export const SHARDING = ['whole', 'sharded'] as const;
export const GRADIENTS = ['16', '32'] as const;

export interface State {
  block: Block;
  ranks: number;
  sequenceParallel: boolean;
  step: number;
  seed: number;
  /** A layer at full size. */
  layerModel: LayerModel;
  t: number;
  s: number;
  b: number;
  /** The cluster; data parallelism is what is left of it. */
  model: PlacedModel;
  nodes: number;
  perNode: number;
  tp: number;
  cp: number;
  pp: number;
  ep: number;
  order: PlacementOrder;
  sequence: number;
  microBatch: number;
  microbatches: number;
  optimizer: (typeof SHARDING)[number];
  gradients: (typeof GRADIENTS)[number];
  recompute: Recomputation;
  gpu: GpuId;
  /** The GPU whose groups are shown. */
  rank: number;
}
export type Field = keyof State;

/** What each part shows, so that it is not drawn again when something else is dragged. */
export const PARTS = {
  split: ['block', 'ranks', 'sequenceParallel', 'step', 'seed'],
  layer: ['layerModel', 't', 's', 'b'],
  map: ['nodes', 'perNode', 'tp', 'cp', 'pp', 'ep', 'order', 'rank'],
} as const satisfies Record<string, readonly Field[]>;
export type PartOf<Name extends keyof typeof PARTS> = Pick<State, (typeof PARTS)[Name][number]>;

/** The MLP of Megatron-LM's Figure 3; GPT-3 of arXiv:2205.05198; the 1T run of arXiv:2104.04473 Table 1. */
export const DEFAULTS: State = {
  block: 'mlp',
  ranks: 2,
  sequenceParallel: false,
  step: 4,
  seed: 7,
  layerModel: '175b',
  t: 8,
  s: 2048,
  b: 1,
  model: 'gpt-1t',
  nodes: 384,
  perNode: 8,
  tp: 8,
  cp: 1,
  pp: 64,
  ep: 1,
  order: 'tp-cp-ep-dp-pp',
  sequence: 2048,
  microBatch: 1,
  microbatches: 512,
  optimizer: 'whole',
  gradients: '32',
  recompute: 'full',
  gpu: 'a100-80',
  rank: 0,
};

/** What must go together for a cluster to be laid out. */
const LAYOUT = [
  'model',
  'nodes',
  'perNode',
  'tp',
  'cp',
  'pp',
  'ep',
  'order',
  'sequence',
] as const satisfies Field[];
type Layout = Pick<State, (typeof LAYOUT)[number]>;

/** What a published layout fixes. */
const RUN_FIELDS = [
  ...LAYOUT,
  'microBatch',
  'microbatches',
  'optimizer',
  'gradients',
  'recompute',
  'gpu',
  'rank',
] as const satisfies Field[];
type Run = Pick<State, (typeof RUN_FIELDS)[number]>;

const opening = Object.fromEntries(RUN_FIELDS.map((field) => [field, DEFAULTS[field]])) as Run;

const llama: Run = {
  model: 'llama3-405b',
  nodes: 2048,
  perNode: 8,
  tp: 8,
  cp: 1,
  pp: 16,
  ep: 1,
  order: 'tp-cp-ep-pp-dp',
  sequence: 8192,
  microBatch: 1,
  microbatches: 16,
  optimizer: 'sharded',
  gradients: '32',
  recompute: 'full',
  gpu: 'h100',
  rank: 0,
};

/** Published layouts: arXiv:2104.04473 Table 1, arXiv:2407.21783 Table 4, arXiv:2412.19437 §3.2 and §4.2. */
export const RUNS = {
  gpt1t: opening,
  llama8k: llama,
  llama128k: { ...llama, cp: 16, sequence: 131_072 },
  deepseek: {
    ...llama,
    model: 'deepseek-v3',
    nodes: 256,
    tp: 1,
    ep: 64,
    order: 'tp-cp-ep-dp-pp',
    sequence: 4096,
    microbatches: 120,
  },
} as const satisfies Record<string, Run>;
export type RunName = keyof typeof RUNS;
export const RUN_NAMES = Object.keys(RUNS) as RunName[];

export const RANGES = {
  step: [0, 20],
  seed: [0, 9999],
  s: [1, 1_000_000],
  b: [1, 1024],
  nodes: [1, 16_384],
  perNode: [1, 128],
  tp: [1, 128],
  cp: [1, 128],
  pp: [1, 128],
  ep: [1, 256],
  sequence: [1, 10_000_000],
  microBatch: [1, 1024],
  microbatches: [1, 10_000],
  rank: [0, 65_535],
} as const;
export type NumberName = keyof typeof RANGES;
const MOST_GPUS = 65_536;

const KEYS = {
  block: 'k',
  ranks: 'r',
  sequenceParallel: 'sp',
  step: 'i',
  seed: 'x',
  layerModel: 'lm',
  t: 't',
  s: 'ls',
  b: 'lb',
  model: 'm',
  nodes: 'n',
  perNode: 'g',
  tp: 'tp',
  cp: 'cp',
  pp: 'pp',
  ep: 'ep',
  order: 'o',
  sequence: 's',
  microBatch: 'b',
  microbatches: 'mb',
  optimizer: 'z',
  gradients: 'gr',
  recompute: 're',
  gpu: 'gpu',
  rank: 'rank',
} as const satisfies Record<Field, string>;

export const LAYER_TS = [1, 2, 4, 8, 16] as const;

const among =
  (list: readonly number[]) =>
  (text: string): number | undefined =>
    list.find((value) => String(value) === text);

const ADDRESS: AddressOf<State> = {
  defaults: DEFAULTS,
  keys: KEYS,
  lists: {
    block: BLOCKS,
    layerModel: LAYER_MODEL_IDS,
    model: PLACED_MODELS,
    order: PLACEMENT_ORDERS,
    optimizer: SHARDING,
    gradients: GRADIENTS,
    recompute: RECOMPUTATION,
    gpu: GPU_IDS,
  },
  ranges: RANGES,
  fractions: [],
  digits: 8,
  readers: { ranks: among(RANKS), t: among(LAYER_TS) },
};

export function printState(state: State): string {
  return printAddress(ADDRESS, state);
}

/** Never throws: what is malformed, or impossible together, becomes the example's value and is named. */
export function parseState(query: string): { state: State; problems: AddressProblem[] } {
  const { state, problems } = readAddress(ADDRESS, query);
  if (layoutProblem(state) !== undefined) {
    for (const field of LAYOUT) {
      if (state[field] === DEFAULTS[field]) continue;
      problems.push({ key: KEYS[field], value: String(state[field]) });
      Object.assign(state, { [field]: DEFAULTS[field] });
    }
  }
  return settleAddress(ADDRESS, query, { state, problems }, settle);
}

export const gpusOf = ({ nodes, perNode }: Pick<State, 'nodes' | 'perNode'>): number =>
  nodes * perNode;

/** GPUs of one copy of the model. */
export const copyOf = ({ tp, cp, pp }: Pick<State, 'tp' | 'cp' | 'pp'>): number => tp * cp * pp;

export const dpOf = (state: Pick<State, 'nodes' | 'perNode' | 'tp' | 'cp' | 'pp'>): number =>
  gpusOf(state) / copyOf(state);

/** Why a layout cannot run; the words say it at the field. */
export type LayoutProblem =
  | { why: 'product'; copy: number; gpus: number }
  | { why: 'many'; most: number }
  | { why: 'heads'; heads: number }
  | { why: 'layers'; layers: number }
  | { why: 'sequence'; by: number }
  | { why: 'experts'; experts: number }
  | { why: 'stage'; stage: number }
  | { why: 'order'; only: number };

export function layoutProblem(state: Layout): LayoutProblem | undefined {
  const { heads, layers, moe } = configOf(state.model);
  const { tp, cp, pp, ep } = state;
  const gpus = gpusOf(state);
  const copy = copyOf(state);
  if (gpus > MOST_GPUS) return { why: 'many', most: MOST_GPUS };
  if (gpus % copy !== 0) return { why: 'product', copy, gpus };
  if (heads % tp !== 0) return { why: 'heads', heads };
  if (pp > layers) return { why: 'layers', layers };
  if (state.sequence % (tp * cp) !== 0) return { why: 'sequence', by: tp * cp };
  const experts = moe?.experts ?? 1;
  if (experts % ep !== 0) return { why: 'experts', experts };
  const stage = gpus / pp;
  if (stage % ep !== 0) return { why: 'stage', stage };
  if (state.order === 'tp-cp-ep-pp-dp' && pp > 1 && ep > 1 && ep !== tp * cp) {
    return { why: 'order', only: tp * cp };
  }
  return undefined;
}

/** The valid value of a field nearest to the one wanted, for a slider. */
export function nearest(state: State, field: 'nodes' | 'tp' | 'cp' | 'pp' | 'ep', wanted: number) {
  const [low, high] = RANGES[field];
  for (let away = 0; away <= high; away += 1) {
    for (const value of [wanted - away, wanted + away]) {
      if (value < low || value > high) continue;
      if (layoutProblem({ ...state, [field]: value }) === undefined) return value;
    }
  }
  return wanted;
}

const largestPart = (of: number, allowed: (part: number) => boolean): number => {
  for (let part = of; part > 1; part -= 1) if (of % part === 0 && allowed(part)) return part;
  return 1;
};

/** After a change of model or order, degrees that it does not take become the nearest that it does. */
export function settle(state: State): State {
  const next = { ...state };
  const { heads, layers, moe } = configOf(next.model);
  next.tp = largestPart(next.tp, (tp) => heads % tp === 0);
  next.pp = largestPart(next.pp, (pp) => pp <= layers);
  next.ep = largestPart(
    next.ep,
    (ep) => (moe?.experts ?? 1) % ep === 0 && layoutProblem({ ...next, ep }) === undefined,
  );
  next.rank = Math.min(next.rank, gpusOf(next) - 1);
  if (next.block === 'rows') next.sequenceParallel = false;
  next.step = Math.min(next.step, lastStep(next));
  return next;
}

export function configOf(model: PlacedModel): Preset['config'] {
  return PRESETS[model].config;
}

/** Places of the walk, from 0. */
export function lastStep({
  block,
  sequenceParallel,
}: Pick<State, 'block' | 'sequenceParallel'>): number {
  if (block === 'rows') return 5;
  return (block === 'mlp' ? 9 : 11) + (sequenceParallel ? 2 : 0);
}

/** Columns of A, rows of B: eight on any number of ranks. */
const WIDTH = 8;
const HEAD_WIDTH = 2;

/** Small whole numbers from the seed; as many tokens and hidden columns as ranks, so that all cuts work. */
export function splitRun(state: Pick<State, 'block' | 'ranks' | 'sequenceParallel' | 'seed'>) {
  const { ranks, block } = state;
  const random = seededRandom(state.seed);
  const matrix = (rows: number, columns: number, most: number): number[][] =>
    Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => Math.floor(random() * (2 * most + 1)) - most),
    );
  const sequence = state.sequenceParallel;
  const x = matrix(ranks, ranks, 2);
  const dz = matrix(ranks, ranks, 1);
  if (block === 'attention') {
    const inner = ranks * HEAD_WIDTH;
    const weights = {
      wq: matrix(ranks, inner, 1),
      wk: matrix(ranks, inner, 1),
      wv: matrix(ranks, inner, 1),
      wo: matrix(inner, ranks, 1),
    };
    const run: SplitRun<{ z: number[][]; dx: number[][] }> = splitAttention({
      x,
      dz,
      ...weights,
      heads: ranks,
      ranks,
      sequence,
    });
    return {
      run,
      weights: [
        { name: 'Wq', share: 'columns' as const, matrix: weights.wq },
        { name: 'Wk', share: 'columns' as const, matrix: weights.wk },
        { name: 'Wv', share: 'columns' as const, matrix: weights.wv },
        { name: 'Wo', share: 'rows' as const, matrix: weights.wo },
      ],
      wrong: undefined,
    };
  }
  const a = matrix(ranks, WIDTH, 1);
  const b = matrix(WIDTH, ranks, 1);
  const cut = block === 'rows' ? 'rows' : 'columns';
  const { wrong, ...run } = splitMlp({ x, a, b, dz, ranks, cut, sequence });
  return {
    run: run as SplitRun<{ z: number[][]; dx: number[][] }>,
    weights: [
      { name: 'A', share: cut as 'columns' | 'rows', matrix: a },
      { name: 'B', share: 'rows' as const, matrix: b },
    ],
    wrong,
  };
}

export function layerShape(state: Pick<State, 'layerModel' | 't' | 's' | 'b'>): Shape {
  return { ...shapeOf(state.layerModel), t: state.t, s: state.s, b: state.b };
}

export function placementOf(state: PartOf<'map'>): Placement {
  const { tp, cp, pp, ep, order } = state;
  return { tp, cp, dp: dpOf(state), pp, ep, order };
}

/** What the memory engine is asked for a layout. */
export function placedInput(state: State): PlacedInput {
  const preset: Preset = PRESETS[state.model];
  const { config } = preset;
  const { params, shape } = modelOf(config, preset.params);
  const { experts } = parameterCount(config);
  return {
    account: state.gradients === '32' ? 'megatron' : 'zero-paper',
    stage: state.optimizer === 'sharded' ? 1 : 0,
    params,
    shape,
    ...(experts > 0 ? { experts: { params: experts, layers: expertLayers(config) } } : {}),
    tp: state.tp,
    cp: state.cp,
    dp: dpOf(state),
    pp: state.pp,
    ep: state.ep,
    microbatches: state.microbatches,
    activations: {
      microBatch: state.microBatch,
      sequence: state.sequence,
      recomputation: state.recompute,
      sequenceParallel: true,
    },
  };
}

const expertLayers = ({ layers, moe }: Preset['config']): number =>
  moe === undefined ? 0 : layers - (moe.denseLayers ?? 0);

export function trafficInput(
  state: State,
  { paramsOnRank, expertParamsOnRank }: { paramsOnRank: number; expertParamsOnRank: number },
): PlacementTrafficInput {
  const config = configOf(state.model);
  const { hidden, heads, latent } = config;
  return {
    ...placementOf(state),
    gpusPerNode: state.perNode,
    b: state.microBatch,
    s: state.sequence,
    microbatches: state.microbatches,
    layers: config.layers,
    expertLayers: expertLayers(config),
    activeExperts: config.moe?.activeExperts ?? 0,
    hidden,
    keyValueWidth: latent
      ? heads * (latent.plainHeadDim + latent.rotaryHeadDim + latent.valueHeadDim)
      : 2 * (config.queryGroups ?? heads) * (config.headDim ?? hidden / heads),
    paramsOnRank,
    expertParamsOnRank,
    gradientBytes: state.gradients === '32' ? 4 : 2,
    shardedOptimizer: state.optimizer === 'sharded',
    fullRecomputation: state.recompute === 'full',
  };
}
