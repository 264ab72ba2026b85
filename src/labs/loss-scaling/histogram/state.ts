/** What the gradient histogram shows, as it travels in the address. */
import { type Fields, number, type Parsed, parse, print } from '../fields.ts';
import { MAX_EXPONENT } from '../training/state.ts';

export const PRESETS = ['ssd', 'speech', 'live'] as const;
export type Preset = (typeof PRESETS)[number];

export interface HistogramState {
  readonly preset: Preset;
  /** The loss scale is 2^exponent. */
  readonly exponent: number;
}

export const HISTOGRAM_DEFAULTS: HistogramState = { preset: 'ssd', exponent: 3 };

const HISTOGRAM: Fields<HistogramState> = {
  preset: {
    key: 'hp',
    print: String,
    read: (text) => PRESETS.find((preset) => preset === text),
  },
  exponent: number('hs', 0, MAX_EXPONENT),
};

export const parseHistogram = (params: URLSearchParams): Parsed<HistogramState> =>
  parse(HISTOGRAM, HISTOGRAM_DEFAULTS, params);

export const printHistogram = (state: HistogramState, params: URLSearchParams): void =>
  print(HISTOGRAM, HISTOGRAM_DEFAULTS, state, params);
