import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FRAMEWORK_DEFAULTS,
  LIMITS,
  SCALERS,
  SHOWN,
  together,
  withValue,
} from '../../../../src/labs/loss-scaling/scalers/params.ts';
import {
  ADDITIONS,
  COLUMNS,
  EXPLORED,
  type FormatState,
  type LabState,
  PER_COLUMN,
  parseState,
  printState,
  type ScalerState,
  UPDATES,
  WEIGHTS,
  ZOOMS,
} from '../../../../src/labs/loss-scaling/state.ts';

const example = parseState('').state;

const between = ([min, max]: readonly [number, number]) => fc.double({ min, max, noNaN: true });

const formats: fc.Arbitrary<FormatState> = fc.record({
  x: fc.double(),
  format: fc.constantFrom(...EXPLORED),
  zoom: fc.constantFrom(...ZOOMS),
  weight: between(WEIGHTS),
  update: between(UPDATES),
  additions: fc.integer({ min: ADDITIONS[0], max: ADDITIONS[1] }),
  kept: fc.constantFrom(...EXPLORED),
});

const params = fc
  .record({
    pytorch: fc.record({
      initScale: between(LIMITS.scale),
      growthFactor: between(LIMITS.up),
      backoffFactor: between(LIMITS.down),
      growthInterval: fc.integer({ min: 1, max: 10_000 }),
    }),
    deepspeed: fc.record({
      initScale: fc.integer({ min: 0, max: 64 }).map((power) => 2 ** power),
      scaleWindow: fc.integer({ min: 1, max: 10_000 }),
      minScale: between(LIMITS.scale),
      hysteresis: fc.integer({ min: 1, max: 100 }),
      consecutiveHysteresis: fc.boolean(),
      raiseErrorAtMinScale: fc.constant(true),
    }),
    apex: fc.record({
      initScale: between(LIMITS.scale),
      scaleWindow: fc.integer({ min: 1, max: 10_000 }),
      minLossScale: fc.option(between(LIMITS.scale)),
      maxLossScale: between(LIMITS.scale),
    }),
    megatron: fc.record({
      ...FRAMEWORK_CONSTANTS(),
      initialScale: between(LIMITS.scale),
      minScale: between(LIMITS.scale),
      growthInterval: fc.integer({ min: 1, max: 10_000 }),
      hysteresis: fc.integer({ min: 1, max: 100 }),
    }),
    static: fc.record({ initScale: between(LIMITS.scale) }),
  })
  .filter((all) => SHOWN.every((policy) => together(policy, all)));

function FRAMEWORK_CONSTANTS() {
  const { growthFactor, backoffFactor } = FRAMEWORK_DEFAULTS.megatron;
  return { growthFactor: fc.constant(growthFactor), backoffFactor: fc.constant(backoffFactor) };
}

const scalers: fc.Arbitrary<ScalerState> = fc
  .integer({ min: COLUMNS[0], max: COLUMNS[1] })
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      overflows: fc
        .uniqueArray(fc.integer({ min: 0, max: columns - 1 }))
        .map((list) => list.sort((a, b) => a - b)),
      perColumn: fc.constantFrom(...PER_COLUMN),
      at: fc.integer({ min: 0, max: columns - 1 }),
      params,
    }),
  );

describe('the address', () => {
  test('is empty for the published example', () => {
    expect(printState(example)).toBe('');
    expect(parseState('').problems).toEqual([]);
  });

  test('brings every state back', () => {
    fc.assert(
      fc.property(formats, scalers, (formatState, scalerState) => {
        const state: LabState = { ...example, formats: formatState, scalers: scalerState };
        expect(parseState(printState(state))).toEqual({ state, problems: [] });
      }),
    );
  });

  test('keeps the slices apart: no key is used twice', () => {
    const training = 'tr=fp32&tm=0&ta=0&ts=3&ti=8&tg=20&tk=5&td=7&tt=100&hp=live&hs=9';
    const { state, problems } = parseState(`x=5&w=2&o=3&${training}`);
    expect(problems).toEqual([]);
    const again = new URLSearchParams(printState(state));
    for (const [key, value] of new URLSearchParams(training)) expect(again.get(key)).toBe(value);
    expect(again.get('x')).toBe('5');
  });

  test('whatever stands in it, parsing never throws and what it gives can be printed', () => {
    const keys = ['x', 'f', 'z', 'w', 'u', 'n', 'k', 'c', 'o', 'e', 'at', 'pi', 'dc', 'am', 'mm'];
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('NaN', '1e999', '-5', '0', '', 'none', '1.2.3', '99', '%', 'inf', '1e-400'),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value), fc.string(), (given, junk) => {
        const { state } = parseState(`${new URLSearchParams(given)}&${junk}`);
        expect(parseState(printState(state))).toEqual({ state, problems: [] });
      }),
    );
  });
});

describe('what cannot be meant', () => {
  test.each([
    ['x', '1e999'],
    ['x', 'NaN'],
    ['x', ''],
    ['f', 'fp7'],
    ['w', '-1'],
    ['w', '0'],
    ['u', '1e9'],
    ['n', '2.5'],
    ['n', '100000'],
    ['o', '1,2'],
    ['o', '1.30'],
    ['c', '7'],
    ['e', '3'],
    ['at', '24'],
    ['pi', '-65536'],
    ['pg', '1'],
    ['pb', '1'],
    ['pw', '0'],
    ['dc', 'yes'],
    ['dh', '0'],
    ['am', 'nothing'],
    ['mi', '0'],
  ])('%s=%s falls back and is named', (field, value) => {
    const { state, problems } = parseState(`${field}=${encodeURIComponent(value)}`);
    expect(problems).toEqual([{ key: field, value }]);
    if (field !== 'o' && field !== 'at') expect(state).toEqual(example);
  });

  test('what is possible alone but not together falls back together', () => {
    const { state, problems } = parseState('mi=2&mm=4&mh=3');
    expect(problems.map(({ key }) => key).sort()).toEqual(['mh', 'mi', 'mm']);
    expect(state.scalers.params.megatron).toEqual(FRAMEWORK_DEFAULTS.megatron);
  });

  test('what is malformed beside it is named once', () => {
    const { problems } = parseState('mi=2&mw=&mm=4');
    expect(problems.map(({ key }) => key).sort()).toEqual(['mi', 'mm', 'mw']);
  });

  test('a long value is cut in the notice', () => {
    const [problem] = parseState(`x=${'9'.repeat(500)}`).problems;
    expect(problem?.value.length).toBeLessThanOrEqual(40);
  });

  test('infinities, NaN and −0, which flipped bits lead to, survive', () => {
    for (const x of [Infinity, -Infinity, NaN, -0]) {
      const state = { ...example, formats: { ...example.formats, x } };
      expect(parseState(printState(state)).state.formats.x).toBe(x);
    }
  });
});

test('every parameter of every scaler is one the engine has, and has a key of its own', () => {
  const all = SHOWN.flatMap((policy) => SCALERS[policy].params.map((param) => ({ policy, param })));
  expect(new Set(all.map(({ param }) => param.key)).size).toBe(all.length);
  for (const { policy, param } of all) {
    expect(Object.keys(FRAMEWORK_DEFAULTS[policy])).toContain(param.name);
    const value = FRAMEWORK_DEFAULTS[policy][param.name as never];
    expect(withValue(FRAMEWORK_DEFAULTS, policy, param, value)).toEqual(FRAMEWORK_DEFAULTS);
  }
});
