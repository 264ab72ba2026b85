/** Everything the pipeline lab shows, as it travels in the address. */
import { activationPerLayer, type Technique } from '~/engines/memory/index.ts';
import { TIMETABLES, type TimetableInput, type TimetableName } from '~/engines/pipeline/index.ts';
import {
  type AddressOf,
  type AddressProblem,
  printAddress,
  readAddress,
  settleAddress,
} from '../kit/address.ts';
import { LAYER_MODEL_IDS, type LayerModel, shapeOf } from '../kit/layerModels.ts';

export const KEPT = ['selective', 'all'] as const;
export type Kept = (typeof KEPT)[number];

export interface State {
  first: TimetableName;
  second: TimetableName | 'none';
  /** Stages, micro-batches, chunks per rank of the interleaved schedule. */
  p: number;
  m: number;
  v: number;
  forward: number;
  backward: number;
  weight: number;
  communication: number;
  /** What overlapping saves of DualPipe's pairs, in percent of the shorter pass. */
  overlap: number;
  model: LayerModel;
  kept: Kept;
  /** The time looked at. */
  at: number;
}

/** Figures 2 and 3 (top) of arXiv:2401.10241. */
export const DEFAULTS: State = {
  first: '1f1b',
  second: 'zb-h1',
  p: 4,
  m: 8,
  v: 2,
  forward: 1,
  backward: 1,
  weight: 1,
  communication: 0,
  overlap: 0,
  model: '175b',
  kept: 'selective',
  at: 5,
};

export const PRESETS = {
  zeroBubble: DEFAULTS,
  memory: { ...DEFAULTS, first: 'gpipe', second: '1f1b', at: 12 },
  interleaved: { ...DEFAULTS, second: 'interleaved', at: 4 },
  megatron: { ...DEFAULTS, second: 'interleaved', p: 8, m: 48, at: 8, model: '175b' },
  dualpipe: { ...DEFAULTS, first: 'zb-h1', second: 'dualpipe', p: 8, m: 20, at: 24 },
} as const satisfies Record<string, State>;
export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

export const RANGES = {
  p: [1, 12],
  m: [1, 64],
  v: [2, 4],
  forward: [0.1, 10],
  backward: [0.1, 10],
  weight: [0.1, 10],
  communication: [0, 10],
  overlap: [0, 100],
  at: [0, 100_000],
} as const;
export type NumberName = keyof typeof RANGES;

/** More passes than this are a grey carpet, and slow to draw. */
const MOST_PASSES = 768;

const KEYS = {
  first: 'a',
  second: 'b',
  p: 'p',
  m: 'm',
  v: 'v',
  forward: 'f',
  backward: 'd',
  weight: 'w',
  communication: 'c',
  overlap: 'o',
  model: 'model',
  kept: 'kept',
  at: 't',
} as const satisfies Record<keyof State, string>;

const ADDRESS: AddressOf<State> = {
  defaults: DEFAULTS,
  keys: KEYS,
  lists: { first: TIMETABLES, second: [...TIMETABLES, 'none'], model: LAYER_MODEL_IDS, kept: KEPT },
  ranges: RANGES,
  fractions: ['forward', 'backward', 'weight', 'communication', 'at'],
  digits: 6,
};

/** Whether one of the schedules on show is `name`. */
export function shows({ first, second }: Pick<State, 'first' | 'second'>, name: TimetableName) {
  return first === name || second === name;
}

/** What the number of stages must be a multiple of. */
export function stageStep(state: State): number {
  return shows(state, 'dualpipe') ? 2 : 1;
}

/** What the number of micro-batches may be: a multiple of `step`, from `least` to `most`. */
export function microBatches(state: State): { step: number; least: number; most: number } {
  const interleaved = shows(state, 'interleaved');
  const dualpipe = shows(state, 'dualpipe');
  const step = interleaved ? state.p : dualpipe ? 2 : 1;
  const least = dualpipe ? 2 * state.p : step;
  const drawn = MOST_PASSES / (state.p * (interleaved ? state.v : 1));
  const most = Math.floor(Math.min(RANGES.m[1], drawn) / step) * step;
  return { step, least, most: Math.max(least, most) };
}

/** Brings p and m to what both schedules run. */
export function settle(state: State): State {
  const stages = Math.ceil(state.p / stageStep(state)) * stageStep(state);
  const even = { ...state, p: stages };
  const { step, least, most } = microBatches(even);
  return { ...even, m: Math.min(most, Math.max(least, Math.ceil(state.m / step) * step)) };
}

export function printState(state: State): string {
  return printAddress(ADDRESS, state);
}

/** Never throws: what is malformed or impossible becomes a value that works, and is named. */
export function parseState(query: string): { state: State; problems: AddressProblem[] } {
  return settleAddress(ADDRESS, query, readAddress(ADDRESS, query), settle);
}

export function timetableInput(state: State, schedule: TimetableName): TimetableInput {
  const { p, m, v, forward, backward, weight, communication, overlap } = state;
  const saved = (overlap / 100) * Math.min(forward, backward + weight);
  return {
    schedule,
    p,
    m,
    v: schedule === 'interleaved' ? v : 1,
    forward,
    backward,
    weight,
    communication,
    pair: forward + backward + weight - saved,
    weightShare: activations(state).weightShare,
  };
}

export interface Activations {
  layers: number;
  microBatchSize: number;
  sequence: number;
  /** One micro-batch on one stage and GPU, L/p layers. */
  bytes: number;
  /** What W still needs once B is over: 32 of the 34 sbh, none of the attention core. */
  weightShare: number;
}

/** Activations of a micro-batch, with tensor and sequence parallelism 8 as in arXiv:2205.05198. */
export function activations(state: Pick<State, 'model' | 'kept' | 'p'>): Activations {
  const shape = shapeOf(state.model);
  const perLayer = (technique: Technique) =>
    activationPerLayer({ ...shape, technique }).bytesPerLayer;
  const selective = perLayer('tp+sp+selective');
  const kept = state.kept === 'all' ? perLayer('tp+sp') : selective;
  return {
    layers: shape.l,
    microBatchSize: shape.b,
    sequence: shape.s,
    bytes: (kept * shape.l) / state.p,
    weightShare: ((32 / 34) * selective) / kept,
  };
}
