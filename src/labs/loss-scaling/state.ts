/** Everything the lab shows, as it travels in the address. */
import type { FormatName } from '~/engines/floats/index.ts';
import type { AddressProblem } from '../kit/address.ts';
import { type HistogramState, parseHistogram, printHistogram } from './histogram/state.ts';
import {
  type AllParams,
  accepted,
  entered,
  FRAMEWORK_DEFAULTS,
  type Param,
  paramValue,
  SCALERS,
  SHOWN,
  type Shown,
  together,
  type Value,
  withValue,
} from './scalers/params.ts';
import { parseTraining, printTraining, type TrainingState } from './training/state.ts';

export const EXPLORED = [
  'fp32',
  'tf32',
  'bf16',
  'fp16',
  'fp8_e4m3fn',
  'fp8_e5m2',
] as const satisfies readonly FormatName[];
export type Explored = (typeof EXPLORED)[number];

export const ZOOMS = ['all', 'half'] as const;
export type Zoom = (typeof ZOOMS)[number];

export interface FormatState {
  /** Any double: flipping bits leads to the infinities and to NaN too. */
  readonly x: number;
  /** The format whose bits are shown. */
  readonly format: Explored;
  readonly zoom: Zoom;
  /** Swamping: a weight, what is added to it, how often, and the format it is kept in. */
  readonly weight: number;
  readonly update: number;
  readonly additions: number;
  readonly kept: Explored;
}

export interface ScalerState {
  /** Columns whose first step overflows, ascending. */
  readonly overflows: readonly number[];
  readonly columns: number;
  /** Training steps in a column. */
  readonly perColumn: number;
  /** The column looked at. */
  readonly at: number;
  readonly params: AllParams;
}

export interface LabState {
  readonly formats: FormatState;
  readonly histogram: HistogramState;
  readonly training: TrainingState;
  readonly scalers: ScalerState;
}

export const WEIGHTS = [2 ** -20, 2 ** 15] as const;
export const UPDATES = [1e-12, 1e4] as const;
export const ADDITIONS = [1, 2000] as const;
export const COLUMNS = [8, 40] as const;
export const PER_COLUMN = [1, 10, 100, 250] as const;

export const FORMAT_DEFAULTS: FormatState = {
  // arXiv:1710.03740 §3.2: from here on the gradients of Multibox SSD had to be kept.
  x: 2 ** -27,
  format: 'fp16',
  zoom: 'all',
  weight: 1,
  update: 1e-4,
  additions: 100,
  kept: 'bf16',
};

export const SCALER_DEFAULTS: ScalerState = {
  // deepspeedai/DeepSpeed issue 931: "step=10, skipped=6" with the defaults.
  overflows: [0, 1, 2, 3, 4, 5],
  columns: 24,
  perColumn: 1,
  at: 5,
  params: FRAMEWORK_DEFAULTS,
};

/** One value of a slice: how it is written in the address, and the slice with what is read; undefined if it cannot be meant. */
interface Field<State> {
  readonly key: string;
  readonly print: (state: State) => string;
  readonly read: (text: string, state: State) => State | undefined;
}

const NUMBER = /^-?\d{1,21}(\.\d{1,30})?(e[-+]?\d{1,3})?$/;

function numberOf(text: string): number | undefined {
  const value = NUMBER.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** A field of a slice, by the value alone. */
function field<State, Name extends keyof State>(
  key: string,
  name: Name,
  read: (text: string) => State[Name] | undefined,
  print: (value: State[Name]) => string = String,
): Field<State> {
  return {
    key,
    print: (state) => print(state[name]),
    read(text, state) {
      const value = read(text);
      return value === undefined ? undefined : { ...state, [name]: value };
    },
  };
}

const within =
  ([min, max]: readonly [number, number], whole = false) =>
  (text: string): number | undefined => {
    const value = numberOf(text);
    if (value === undefined || value < min || value > max) return undefined;
    return whole && !Number.isInteger(value) ? undefined : value;
  };

const oneOf =
  <const T extends string | number>(allowed: readonly T[]) =>
  (text: string): T | undefined =>
    allowed.find((value) => String(value) === text);

const SPECIAL: Readonly<Record<string, number>> = { inf: Infinity, '-inf': -Infinity, nan: NaN };

const FORMAT_FIELDS: readonly Field<FormatState>[] = [
  field(
    'x',
    'x',
    (text) => (Object.hasOwn(SPECIAL, text) ? SPECIAL[text] : numberOf(text)),
    (x) =>
      Object.keys(SPECIAL).find((name) => Object.is(SPECIAL[name], x)) ??
      (Object.is(x, -0) ? '-0' : String(x)),
  ),
  field('f', 'format', oneOf(EXPLORED)),
  field('z', 'zoom', oneOf(ZOOMS)),
  field('w', 'weight', within(WEIGHTS)),
  field('u', 'update', within(UPDATES)),
  field('n', 'additions', within(ADDITIONS, true)),
  field('k', 'kept', oneOf(EXPLORED)),
];

const SEPARATOR = '.';

function overflowsOf(text: string): readonly number[] | undefined {
  const columns = text === '' ? [] : text.split(SEPARATOR);
  if (!columns.every((column) => /^\d{1,2}$/.test(column))) return undefined;
  return [...new Set(columns.map(Number))].sort((a, b) => a - b);
}

const paramField = (policy: Shown, param: Param): Field<ScalerState> => ({
  key: param.key,
  print({ params }) {
    const value = entered(param.kind, paramValue(params, policy, param));
    return value === null ? 'none' : typeof value === 'boolean' ? (value ? '1' : '0') : `${value}`;
  },
  read(text, state) {
    const value = paramOf(param, text);
    if (value === undefined) return undefined;
    return { ...state, params: withValue(state.params, policy, param, value) };
  },
});

function paramOf({ kind }: Param, text: string): Value | undefined {
  if (kind === 'flag') return text === '1' ? true : text === '0' ? false : undefined;
  if (kind === 'scaleOrNone' && text === 'none') return null;
  const value = numberOf(text);
  return value === undefined ? undefined : accepted(kind, value);
}

const SCALER_FIELDS: readonly Field<ScalerState>[] = [
  field('c', 'columns', within(COLUMNS, true)),
  field('o', 'overflows', overflowsOf, (overflows) => overflows.join(SEPARATOR)),
  field('e', 'perColumn', oneOf(PER_COLUMN)),
  field('at', 'at', within([0, COLUMNS[1] - 1], true)),
  ...SHOWN.flatMap((policy) => SCALERS[policy].params.map((param) => paramField(policy, param))),
];

function parse<State>(
  fields: readonly Field<State>[],
  defaults: State,
  query: URLSearchParams,
  problems: AddressProblem[],
): State {
  let state = defaults;
  for (const { key, read } of fields) {
    const value = query.get(key);
    if (value === null) continue;
    const next = read(value, state);
    if (next === undefined) problems.push({ key, value });
    else state = next;
  }
  return state;
}

function print<State>(
  fields: readonly Field<State>[],
  defaults: State,
  state: State,
  query: URLSearchParams,
): void {
  for (const { key, print: written } of fields) {
    const text = written(state);
    if (text !== written(defaults)) query.set(key, text);
  }
}

/** Each value is possible by itself; what is impossible together has its default again and is named. */
function reconcile(
  state: ScalerState,
  query: URLSearchParams,
  problems: AddressProblem[],
): ScalerState {
  let { params, overflows, at } = state;
  const blame = (...keys: string[]): void => {
    for (const key of keys) {
      const value = query.get(key);
      const named = problems.some((problem) => problem.key === key);
      if (value !== null && !named) problems.push({ key, value });
    }
  };
  for (const policy of SHOWN) {
    if (together(policy, params)) continue;
    blame(...SCALERS[policy].params.map(({ key }) => key));
    params = { ...params, [policy]: FRAMEWORK_DEFAULTS[policy] };
  }
  const inside = overflows.filter((column) => column < state.columns);
  if (inside.length < overflows.length) {
    if (query.has('o')) blame('o');
    overflows = inside;
  }
  if (at >= state.columns) {
    blame('at');
    at = state.columns - 1;
  }
  return { ...state, params, overflows, at };
}

/** Never throws: what is malformed becomes the example's value and is named. */
export function parseState(query: string): {
  state: LabState;
  problems: readonly AddressProblem[];
} {
  const params = new URLSearchParams(query);
  const problems: AddressProblem[] = [];
  const formats = parse(FORMAT_FIELDS, FORMAT_DEFAULTS, params, problems);
  const histogram = parseHistogram(params);
  const training = parseTraining(params);
  problems.push(...histogram.problems, ...training.problems);
  const scalers = reconcile(
    parse(SCALER_FIELDS, SCALER_DEFAULTS, params, problems),
    params,
    problems,
  );
  return {
    state: { formats, histogram: histogram.state, training: training.state, scalers },
    problems: problems.map(({ key, value }) => ({ key, value: value.slice(0, 40) })),
  };
}

/** The query that brings the state back; empty for the published example. */
export function printState(state: LabState): string {
  const query = new URLSearchParams();
  print(FORMAT_FIELDS, FORMAT_DEFAULTS, state.formats, query);
  printHistogram(state.histogram, query);
  printTraining(state.training, query);
  print(SCALER_FIELDS, SCALER_DEFAULTS, state.scalers, query);
  return query.toString();
}
