import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activationFirstStageTotal } from '~/engines/memory/index.ts';
import { pipelineTimetable, TIMETABLES } from '~/engines/pipeline/index.ts';
import { LAYER_MODEL_IDS, LAYER_MODELS } from '~/labs/kit/layerModels.ts';
import {
  activations,
  DEFAULTS,
  KEPT,
  PRESET_NAMES,
  PRESETS,
  parseState,
  printState,
  type State,
  settle,
  timetableInput,
} from '~/labs/pipeline/state.ts';

const times = fc.double({ min: 0.1, max: 10, noNaN: true });
const states: fc.Arbitrary<State> = fc
  .record({
    first: fc.constantFrom(...TIMETABLES),
    second: fc.constantFrom(...TIMETABLES, 'none' as const),
    p: fc.integer({ min: 1, max: 12 }),
    m: fc.integer({ min: 1, max: 64 }),
    v: fc.integer({ min: 2, max: 4 }),
    forward: times,
    backward: times,
    weight: times,
    communication: fc.constantFrom(0, 1e-7, 0.1 + 0.2, 10),
    overlap: fc.integer({ min: 0, max: 100 }),
    model: fc.constantFrom(...LAYER_MODEL_IDS),
    kept: fc.constantFrom(...KEPT),
    at: fc.constantFrom(0, 2.5, 31),
  })
  .map(settle);

describe('the address of the pipeline lab', () => {
  it('is empty for the published example: 9 units idle under 1F1B, 3 under ZB-H1', () => {
    expect(printState(DEFAULTS)).toBe('');
    const { state, problems } = parseState('');
    expect(problems).toEqual([]);
    const bubbles = (['1f1b', 'zb-h1'] as const).map(
      (schedule) => pipelineTimetable(timetableInput(state, schedule)).bubble,
    );
    expect(bubbles).toEqual([9, 3]);
  });

  it('brings every state back', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(parseState(printState(state))).toEqual({ state, problems: [] });
      }),
    );
  });

  it('never throws and always gives a state the engine accepts', () => {
    const keys = ['a', 'b', 'p', 'm', 'v', 'f', 'd', 'w', 'c', 'o', 'model', 'kept', 't'];
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'interleaved',
        'zb-h1',
        'dualpipe',
        'none',
        '0',
        '-1',
        '1e9',
        'NaN',
        '7',
        '64',
        '12',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(fc.constantFrom(...keys), fc.string()), values)),
        (pairs) => {
          const { state } = parseState(new URLSearchParams(pairs).toString());
          expect(settle(state)).toEqual(state);
          for (const schedule of [state.first, state.second]) {
            if (schedule === 'none') continue;
            const { total } = pipelineTimetable(timetableInput(state, schedule));
            expect(total).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('names what it could not use', () => {
    expect(parseState('a=chimera&p=99&b=interleaved&m=7').problems).toEqual([
      { key: 'a', value: 'chimera' },
      { key: 'p', value: '99' },
      { key: 'm', value: '7' },
    ]);
  });
});

describe('the presets', () => {
  it('run as they are written', () => {
    for (const name of PRESET_NAMES) expect(settle(PRESETS[name])).toEqual(PRESETS[name]);
  });

  it('show Megatron’s bubbles: 3/8 and half of it, 7/96 for the 145.6B run', () => {
    const overIdeal = (state: State, schedule: '1f1b' | 'interleaved') =>
      pipelineTimetable(timetableInput(state, schedule)).overIdeal;
    expect(overIdeal(PRESETS.interleaved, '1f1b')).toBeCloseTo(3 / 8, 12);
    expect(overIdeal(PRESETS.interleaved, 'interleaved')).toBeCloseTo(3 / 16, 12);
    expect(overIdeal(PRESETS.megatron, 'interleaved')).toBeCloseTo(7 / 96, 12);
  });
});

describe('DualPipe', () => {
  it('is compared on Figure 5 of arXiv:2412.19437: 6 units idle, 7 under ZB-H1', () => {
    const bubble = (schedule: 'zb-h1' | 'dualpipe', change: Partial<State> = {}) =>
      pipelineTimetable(timetableInput({ ...PRESETS.dualpipe, ...change }, schedule)).bubble;
    expect(bubble('dualpipe')).toBe(6);
    expect(bubble('zb-h1')).toBe(7);
    expect(bubble('dualpipe', { overlap: 100 })).toBe(3);
  });

  it('brings stages to an even number and micro-batches to twice as many', () => {
    const state = settle({ ...DEFAULTS, second: 'dualpipe', p: 7, m: 9 });
    expect([state.p, state.m]).toEqual([8, 16]);
    expect(settle({ ...DEFAULTS, second: 'dualpipe', p: 8, m: 19 }).m).toBe(20);
    expect(settle({ ...state, first: 'interleaved', p: 12, v: 4, m: 64 }).m).toBe(24);
  });
});

describe('the memory of the first stage', () => {
  it('is that of arXiv:2205.05198, Equations 5 and 6', () => {
    for (const model of LAYER_MODEL_IDS) {
      for (const kept of KEPT) {
        for (const schedule of ['1f1b', 'interleaved'] as const) {
          const state = settle({ ...DEFAULTS, first: schedule, model, kept, m: 32 });
          const input = timetableInput(state, schedule);
          const { firstStageBytes } = activationFirstStageTotal({
            model: LAYER_MODELS[model],
            technique: kept === 'all' ? 'tp+sp' : 'tp+sp+selective',
            p: state.p,
            v: input.v ?? 1,
          });
          const held = pipelineTimetable(input).peakMemory[0] as number;
          expect(held * activations(state).bytes).toBeCloseTo(firstStageBytes, -3);
        }
      }
    }
  });
});
