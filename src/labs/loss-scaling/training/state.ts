/** What the training run and the gradient histogram show, as it travels in the address. */
import type { AddressProblem } from '../../kit/address.ts';

/** Every run trains the same network from the same seed; only the arithmetic differs. */
export const RECIPES = ['fp32', 'bf16', 'fp16', 'fp16_static', 'fp16_dynamic'] as const;
export type Recipe = (typeof RECIPES)[number];

export const STEPS = 2000;
export const LAST_STEP = STEPS - 1;
export const MAX_SPIKES = 5;
export const MAX_SEED = 99;
/** Scales are 2^n with n up to this. */
export const MAX_EXPONENT = 40;

export interface TrainingState {
  /** Curves that are drawn, in the order of RECIPES. FP32 trains always: the others are compared with it. */
  readonly recipes: readonly Recipe[];
  /** FP32 master weights in the 16-bit runs. */
  readonly masters: boolean;
  /** Sums of products in FP32 in the 16-bit runs. */
  readonly wideSums: boolean;
  /** Exponents of the static scale and of the scale that dynamic scaling starts with. */
  readonly staticExponent: number;
  readonly startExponent: number;
  /** Clean steps before dynamic scaling doubles its scale. */
  readonly growthInterval: number;
  /** Steps whose batch is spoiled, ascending. */
  readonly spikes: readonly number[];
  readonly seed: number;
  /** The step looked at, from 0; the last one shows the whole run. */
  readonly at: number;
}

export const PRESETS = ['ssd', 'speech', 'live'] as const;
export type Preset = (typeof PRESETS)[number];

export interface HistogramState {
  readonly preset: Preset;
  /** The loss scale is 2^exponent. */
  readonly exponent: number;
}

export interface Parsed<State> {
  readonly state: State;
  readonly problems: readonly AddressProblem[];
}

export const TRAINING_DEFAULTS: TrainingState = {
  recipes: RECIPES,
  masters: true,
  wideSums: true,
  staticExponent: 10,
  startExponent: 16,
  growthInterval: 50,
  spikes: [],
  seed: 1,
  at: LAST_STEP,
};

export const HISTOGRAM_DEFAULTS: HistogramState = { preset: 'ssd', exponent: 3 };

/** Undefined for what cannot be meant. */
type Read<Value> = (text: string) => Value | undefined;

/** One value of a state: how it is written in the address, and how it is read. */
interface Field<Value> {
  readonly key: string;
  readonly print: (value: Value) => string;
  readonly read: Read<Value>;
}

type Fields<State> = { readonly [Name in keyof State]: Field<State[Name]> };

const whole =
  (min: number, max: number): Read<number> =>
  (text) =>
    /^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined;

const number = (key: string, min: number, max: number): Field<number> => ({
  key,
  print: String,
  read: whole(min, max),
});

const flag = (key: string): Field<boolean> => ({
  key,
  print: (value) => (value ? '1' : '0'),
  read: (text) => (text === '1' ? true : text === '0' ? false : undefined),
});

const SEPARATOR = '.';
const step = whole(0, LAST_STEP);

const TRAINING: Fields<TrainingState> = {
  recipes: {
    key: 'tr',
    print: (recipes) => recipes.join(SEPARATOR),
    read(text) {
      const named = text === '' ? [] : text.split(SEPARATOR);
      const known = named.every((name) => (RECIPES as readonly string[]).includes(name));
      return known ? RECIPES.filter((recipe) => named.includes(recipe)) : undefined;
    },
  },
  masters: flag('tm'),
  wideSums: flag('ta'),
  staticExponent: number('ts', 0, MAX_EXPONENT),
  startExponent: number('ti', 0, MAX_EXPONENT),
  growthInterval: number('tg', 1, STEPS),
  spikes: {
    key: 'tk',
    print: (spikes) => spikes.join(SEPARATOR),
    read(text) {
      const steps = text === '' ? [] : text.split(SEPARATOR).map(step);
      const good = steps.filter((at) => at !== undefined);
      if (good.length < steps.length || new Set(good).size > MAX_SPIKES) return undefined;
      return [...new Set(good)].sort((a, b) => a - b);
    },
  },
  seed: number('td', 1, MAX_SEED),
  at: number('tt', 0, LAST_STEP),
};

const HISTOGRAM: Fields<HistogramState> = {
  preset: {
    key: 'hp',
    print: String,
    read: (text) => PRESETS.find((preset) => preset === text),
  },
  exponent: number('hs', 0, MAX_EXPONENT),
};

/** Reads a slice; what is absent or malformed has its default, and what is malformed is named. Never throws. */
function parse<State extends object>(
  fields: Fields<State>,
  defaults: State,
  params: URLSearchParams,
): Parsed<State> {
  const problems: AddressProblem[] = [];
  const state = { ...defaults };
  for (const name of Object.keys(fields) as (keyof State)[]) {
    const { key, read } = fields[name];
    const value = params.get(key);
    if (value === null) continue;
    const good = read(value);
    if (good === undefined) problems.push({ key, value });
    else state[name] = good;
  }
  return { state, problems };
}

/** Sets the keys that differ from the defaults and removes the others. */
function print<State extends object>(
  fields: Fields<State>,
  defaults: State,
  state: State,
  params: URLSearchParams,
): void {
  for (const name of Object.keys(fields) as (keyof State)[]) {
    const { key, print: written } = fields[name];
    const text = written(state[name]);
    if (text === written(defaults[name])) params.delete(key);
    else params.set(key, text);
  }
}

export const parseTraining = (params: URLSearchParams): Parsed<TrainingState> =>
  parse(TRAINING, TRAINING_DEFAULTS, params);

export const printTraining = (state: TrainingState, params: URLSearchParams): void =>
  print(TRAINING, TRAINING_DEFAULTS, state, params);

export const parseHistogram = (params: URLSearchParams): Parsed<HistogramState> =>
  parse(HISTOGRAM, HISTOGRAM_DEFAULTS, params);

export const printHistogram = (state: HistogramState, params: URLSearchParams): void =>
  print(HISTOGRAM, HISTOGRAM_DEFAULTS, state, params);
