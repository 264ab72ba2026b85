import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainingPlan } from '~/engines/memory/index.ts';
import { GPU_IDS, LINK_IDS } from '~/labs/kit/hardware.ts';
import { PRESET_IDS } from '~/labs/kit/models.ts';
import {
  DEFAULTS,
  modelFor,
  parseState,
  planInput,
  printState,
  type State,
  settle,
} from '~/labs/zero/state.ts';

const states: fc.Arbitrary<State> = fc
  .record({
    model: fc.constantFrom(...PRESET_IDS, 'count' as const, 'own' as const),
    params: fc.integer({ min: 1e6, max: 1e13 }),
    stage: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
    dp: fc.integer({ min: 1, max: 512 }),
    tp: fc.constantFrom(1, 2, 8),
    pp: fc.constantFrom(1, 3, 16),
    account: fc.constantFrom('zero-paper' as const, 'deepspeed' as const, 'fsdp2' as const),
    offloadOptimizer: fc.constantFrom('none' as const, 'cpu' as const, 'nvme' as const),
    offloadParameters: fc.constantFrom('none' as const, 'cpu' as const),
    hpz: fc.integer({ min: 1, max: 16 }),
    activations: fc.boolean(),
    gpu: fc.constantFrom(...GPU_IDS, 'own' as const),
    memory: fc.double({ min: 1, max: 10_000, noNaN: true }),
    link: fc.constantFrom(...LINK_IDS, 'own' as const),
    rank: fc.integer({ min: 0, max: 5000 }),
    swiglu: fc.boolean(),
  })
  .map(({ dp, ...rest }) => settle({ ...DEFAULTS, ...rest, gpus: dp * rest.tp * rest.pp }));

describe('the address of the ZeRO lab', () => {
  it('is empty for the published example, which is Figure 1 of the paper', () => {
    expect(printState(DEFAULTS)).toBe('');
    const { state, problems } = parseState('');
    expect(problems).toEqual([]);
    const gb = ([0, 1, 2, 3] as const).map((stage) => {
      const { bytesPerGpu } = trainingPlan(planInput({ ...state, stage }, modelFor(state)));
      return Number((bytesPerGpu / 1e9).toFixed(1));
    });
    expect(gb).toEqual([120, 31.4, 16.6, 1.9]);
  });

  it('brings every state back', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(parseState(printState(state))).toEqual({ state, problems: [] });
      }),
    );
  });

  it('never throws and always gives a state the engine accepts', () => {
    const keys = ['m', 'stage', 'n', 'tp', 'pp', 'h', 'a', 'kv', 'mem', 'gpu', 'oo', 'psi', 'rank'];
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom('0', '-1', '1e999', 'NaN', '3.5', 'own', 'count', '__proto__', '8', '2e3'),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...keys), values), { maxLength: 8 }),
        fc.string(),
        (pairs, noise) => {
          const query = new URLSearchParams(pairs).toString();
          for (const text of [query, noise, `${query}&${noise}`]) {
            const { state } = parseState(text);
            const { bytesPerGpu } = trainingPlan(planInput(state, modelFor(state)));
            expect(bytesPerGpu).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });

  it.each([
    ['n=0', [{ key: 'n', value: '0' }]],
    ['stage=4', [{ key: 'stage', value: '4' }]],
    ['mem=NaN&gpu=own', [{ key: 'mem', value: 'NaN' }]],
    ['tp=3', [{ key: 'tp', value: '3' }]],
    [
      'n=10&pp=4',
      [
        { key: 'n', value: '10' },
        { key: 'pp', value: '4' },
      ],
    ],
    ['m=own&h=4097', [{ key: 'h', value: '4097' }]],
  ])('names what is wrong in %s and keeps the example there', (query, problems) => {
    const parsed = parseState(query);
    expect(parsed.problems).toEqual(problems);
    expect(parsed.state.gpus).toBe(DEFAULTS.gpus);
  });

  it('switches off what a stage cannot do', () => {
    const state = settle({
      ...DEFAULTS,
      stage: 2,
      hpz: 8,
      offloadParameters: 'cpu',
      offloadOptimizer: 'nvme',
    });
    expect([state.hpz, state.offloadParameters, state.offloadOptimizer]).toEqual([
      1,
      'none',
      'cpu',
    ]);
    expect(settle({ ...state, stage: 0 }).offloadOptimizer).toBe('none');
  });
});
