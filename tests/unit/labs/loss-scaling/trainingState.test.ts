import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  HISTOGRAM_DEFAULTS,
  type HistogramState,
  PRESETS,
  parseHistogram,
  printHistogram,
} from '~/labs/loss-scaling/histogram/state.ts';
import {
  MAX_EXPONENT,
  MAX_SEED,
  MAX_SPIKES,
  parseTraining,
  printTraining,
  RECIPES,
  STEPS,
  TRAINING_DEFAULTS,
  type TrainingState,
} from '~/labs/loss-scaling/training/state.ts';

const exponent = fc.integer({ min: 0, max: MAX_EXPONENT });
const step = fc.integer({ min: 0, max: STEPS - 1 });
const training: fc.Arbitrary<TrainingState> = fc.record({
  recipes: fc.subarray([...RECIPES]),
  masters: fc.boolean(),
  wideSums: fc.boolean(),
  staticExponent: exponent,
  startExponent: exponent,
  growthInterval: fc.integer({ min: 1, max: STEPS }),
  spikes: fc
    .uniqueArray(step, { maxLength: MAX_SPIKES })
    .map((steps) => steps.sort((a, b) => a - b)),
  seed: fc.integer({ min: 1, max: MAX_SEED }),
  at: step,
});
const histogram: fc.Arbitrary<HistogramState> = fc.record({
  preset: fc.constantFrom(...PRESETS),
  exponent,
});
const printed = <State>(print: (state: State, params: URLSearchParams) => void, state: State) => {
  const params = new URLSearchParams();
  print(state, params);
  return params;
};

test('a state comes back from its address', () => {
  fc.assert(
    fc.property(training, (state) => {
      expect(parseTraining(printed(printTraining, state))).toEqual({ state, problems: [] });
    }),
  );
  fc.assert(
    fc.property(histogram, (state) => {
      expect(parseHistogram(printed(printHistogram, state))).toEqual({ state, problems: [] });
    }),
  );
});

test('the defaults need no address, and other keys are left alone', () => {
  expect(`${printed(printTraining, TRAINING_DEFAULTS)}`).toBe('');
  expect(`${printed(printHistogram, HISTOGRAM_DEFAULTS)}`).toBe('');
  const params = new URLSearchParams('x=1&tm=0&hs=9');
  printTraining(TRAINING_DEFAULTS, params);
  printHistogram(HISTOGRAM_DEFAULTS, params);
  expect(`${params}`).toBe('x=1');
});

test.each([
  ['tr', 'fp64'],
  ['tr', 'fp32..bf16'],
  ['tm', 'yes'],
  ['ta', ''],
  ['ts', '-1'],
  ['ts', '1e999'],
  ['ti', '41'],
  ['tg', '0'],
  ['tg', 'NaN'],
  ['tk', '2000'],
  ['tk', '1.2.3.4.5.6'],
  ['tk', '1..2'],
  ['td', '0'],
  ['tt', '12.5'],
])('%s=%s falls back and is named', (field, value) => {
  const { state, problems } = parseTraining(new URLSearchParams([[field, value]]));
  expect(problems).toEqual([{ key: field, value }]);
  expect(state).toEqual(TRAINING_DEFAULTS);
});

test('one malformed key does not take the others with it', () => {
  const { state, problems } = parseTraining(new URLSearchParams('tm=0&ts=x&tk=900.600.900'));
  expect(problems).toEqual([{ key: 'ts', value: 'x' }]);
  expect(state).toEqual({ ...TRAINING_DEFAULTS, masters: false, spikes: [600, 900] });
  expect(parseHistogram(new URLSearchParams('hp=SSD&hs=5'))).toEqual({
    state: { ...HISTOGRAM_DEFAULTS, exponent: 5 },
    problems: [{ key: 'hp', value: 'SSD' }],
  });
});

test('no address breaks it', () => {
  const key = fc.constantFrom(
    'tr',
    'tm',
    'ta',
    'ts',
    'ti',
    'tg',
    'tk',
    'td',
    'tt',
    'hp',
    'hs',
    'x',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.string())), (pairs) => {
      const params = new URLSearchParams(pairs);
      const { state } = parseTraining(params);
      expect(parseTraining(printed(printTraining, state)).state).toEqual(state);
      expect(PRESETS).toContain(parseHistogram(params).state.preset);
    }),
  );
});
