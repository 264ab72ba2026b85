import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placedMemory, RECOMPUTATION } from '~/engines/memory/index.ts';
import { PLACEMENT_ORDERS, placementTraffic, rankPlace } from '~/engines/pipeline/index.ts';
import { GPU_IDS } from '~/labs/kit/hardware.ts';
import { LAYER_MODEL_IDS } from '~/labs/kit/layerModels.ts';
import { PRESET_SOURCES } from '~/labs/kit/models.ts';
import { entry, plain, size } from '~/labs/tensor-parallel/print.ts';
import {
  BLOCKS,
  DEFAULTS,
  dpOf,
  GRADIENTS,
  gpusOf,
  LAYER_TS,
  lastStep,
  layoutProblem,
  nearest,
  PLACED_MODELS,
  parseState,
  placedInput,
  placementOf,
  printState,
  RANKS,
  RUN_NAMES,
  RUNS,
  SHARDING,
  type State,
  settle,
  splitRun,
  trafficInput,
} from '~/labs/tensor-parallel/state.ts';
import references from '../../../../content/references.json' with { type: 'json' };

const degree = fc.constantFrom(1, 2, 4, 8, 16);
const states: fc.Arbitrary<State> = fc
  .record({
    block: fc.constantFrom(...BLOCKS),
    ranks: fc.constantFrom(...RANKS),
    sequenceParallel: fc.boolean(),
    step: fc.integer({ min: 0, max: 20 }),
    seed: fc.integer({ min: 0, max: 9999 }),
    layerModel: fc.constantFrom(...LAYER_MODEL_IDS),
    t: fc.constantFrom(...LAYER_TS),
    s: fc.integer({ min: 1, max: 1e6 }),
    b: fc.integer({ min: 1, max: 1024 }),
    model: fc.constantFrom(...PLACED_MODELS),
    nodes: fc.integer({ min: 1, max: 600 }),
    perNode: fc.constantFrom(1, 4, 8, 72),
    tp: degree,
    cp: degree,
    pp: degree,
    ep: degree,
    order: fc.constantFrom(...PLACEMENT_ORDERS),
    sequence: fc.constantFrom(2048, 8192, 131_072),
    microBatch: fc.integer({ min: 1, max: 1024 }),
    microbatches: fc.integer({ min: 1, max: 10_000 }),
    optimizer: fc.constantFrom(...SHARDING),
    gradients: fc.constantFrom(...GRADIENTS),
    recompute: fc.constantFrom(...RECOMPUTATION),
    gpu: fc.constantFrom(...GPU_IDS),
    rank: fc.integer({ min: 0, max: 65_535 }),
  })
  .filter((state) => layoutProblem({ ...state, ep: 1 }) === undefined)
  .map(settle);

const memoryOf = (state: State) => placedMemory(placedInput(state));

describe('the address of the tensor-parallel lab', () => {
  it('is empty for the published example, DP 6 on 3,072 GPUs', () => {
    expect(printState(DEFAULTS)).toBe('');
    expect(parseState('')).toEqual({ state: DEFAULTS, problems: [] });
    expect([gpusOf(DEFAULTS), dpOf(DEFAULTS)]).toEqual([3072, 6]);
  });

  it('brings every state back', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(parseState(printState(state))).toEqual({ state, problems: [] });
      }),
    );
  });

  it('never throws and always gives a state the engines accept', () => {
    const keys = ['k', 'r', 'sp', 'i', 'x', 'lm', 't', 'm', 'n', 'g', 'tp', 'cp', 'pp', 'ep', 'o'];
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom('rows', 'attention', '8', '0', '-1', '3', '64', '1e9', ...PLACED_MODELS),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(fc.constantFrom(...keys), fc.string()), values)),
        (pairs) => {
          const { state } = parseState(new URLSearchParams(pairs).toString());
          const { run } = splitRun(state);
          expect(run.steps).toHaveLength(lastStep(state) + 1);
          expect(run.difference.output).toBeLessThan(1e-9);
          expect(layoutProblem(state)).toBeUndefined();
          const memory = memoryOf(state);
          expect(memory.bytesPerGpu).toBeGreaterThan(0);
          expect(placementTraffic(trafficInput(state, memory))).toHaveLength(5);
          rankPlace({ ...placementOf(state), rank: state.rank });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('names what it could not use, alone and together', () => {
    expect(parseState('k=moe&r=3&tp=0').problems).toEqual([
      { key: 'k', value: 'moe' },
      { key: 'r', value: '3' },
      { key: 'tp', value: '0' },
    ]);
    const { state, problems } = parseState('tp=16&pp=48&n=100');
    expect(problems.map(({ key }) => key)).toEqual(['n', 'tp', 'pp']);
    expect(state).toEqual(DEFAULTS);
  });
});

describe('a layout', () => {
  it.each([
    [{ tp: 5 }, 'product'],
    [{ nodes: 385 }, 'product'],
    [{ nodes: 16_384 }, 'many'],
    [{ tp: 64, nodes: 512 }, 'heads'],
    [{ pp: 192 }, 'layers'],
    [{ cp: 3, sequence: 2048 }, 'sequence'],
    [{ ep: 2 }, 'experts'],
    [{ ...RUNS.deepseek, ep: 256 }, 'stage'],
    [{ ...RUNS.deepseek, order: 'tp-cp-ep-pp-dp' }, 'order'],
  ] as const)('%j is refused: %s', (change, why) => {
    expect(layoutProblem({ ...DEFAULTS, ...change })?.why).toBe(why);
  });

  it('of a published run is one that runs, with its degrees and models known', () => {
    const known = new Set(references.map(({ id }) => id));
    for (const name of RUN_NAMES) {
      const state = { ...DEFAULTS, ...RUNS[name] };
      expect(layoutProblem(state)).toBeUndefined();
      expect(settle(state)).toEqual(state);
      expect(known).toContain(PRESET_SOURCES[state.model].source.ref);
    }
    const dps = RUN_NAMES.map((name) => dpOf({ ...DEFAULTS, ...RUNS[name] }));
    expect(dps).toEqual([6, 128, 8, 128]);
  });

  it('follows a change of model to degrees that the model takes', () => {
    expect(settle({ ...DEFAULTS, model: 'llama3-8b' })).toMatchObject({ tp: 8, pp: 32 });
    expect(settle({ ...DEFAULTS, ...RUNS.deepseek, model: 'llama3-70b' }).ep).toBe(1);
    expect(settle({ ...DEFAULTS, ...RUNS.deepseek, model: 'mixtral-8x7b' }).ep).toBe(8);
    fc.assert(
      fc.property(states, fc.constantFrom(...PLACED_MODELS), (state, model) => {
        expect(layoutProblem(settle({ ...state, model }))).toBeUndefined();
      }),
    );
  });

  it('slides to the nearest degree that divides', () => {
    expect(nearest(DEFAULTS, 'tp', 7)).toBe(8);
    expect(nearest(DEFAULTS, 'nodes', 380)).toBe(384);
    expect(nearest(DEFAULTS, 'pp', 60)).toBe(64);
  });

  it('needs 51.9 GB for the 1T run, whose tensor-parallel traffic stays in its nodes', () => {
    const memory = memoryOf(DEFAULTS);
    expect(size(memory.bytesPerGpu)).toBe('51.9 GB');
    const rows = placementTraffic(trafficInput(DEFAULTS, memory));
    expect(rows.map(({ dimension, nodes }) => [dimension, nodes])).toEqual([
      ['tp', 1],
      ['cp', 1],
      ['ep', 1],
      ['dp', 6],
      ['pp', 64],
    ]);
  });
});

describe('printed numbers', () => {
  it('are short', () => {
    expect(size(352_321_536)).toBe('352 MB');
    expect(size(2_868_903_936)).toBe('2.87 GB');
    expect(size(1.127e12)).toBe('1.13 TB');
    expect(size(0)).toBe('0 B');
    expect(entry(-0.0001, 2)).toBe('0');
    expect(entry(-1, 2)).toBe('−1');
    expect(entry(2.0000001, 2)).toBe('2.00');
    expect(plain(1.5)).toBe('1.5');
  });
});
