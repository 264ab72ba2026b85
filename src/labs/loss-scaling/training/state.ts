/** What the training run shows, as it travels in the address. */
import { type Fields, flag, number, type Parsed, parse, print, whole } from '../fields.ts';

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

export const parseTraining = (params: URLSearchParams): Parsed<TrainingState> =>
  parse(TRAINING, TRAINING_DEFAULTS, params);

export const printTraining = (state: TrainingState, params: URLSearchParams): void =>
  print(TRAINING, TRAINING_DEFAULTS, state, params);
