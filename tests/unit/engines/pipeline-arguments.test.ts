import { describe, expect, it } from 'vitest';
import {
  batchLayout,
  closedBubble,
  deepspeedStepGrid,
  interleavedWarmup,
  layerTraffic,
  pipelineBubble,
  pipelineInFlight,
  pipelineSchedule,
  pipelineTimetable,
  placementTraffic,
  rankLayout,
  rankMoments,
  rankPlace,
  threeD,
} from '../../../src/engines/pipeline/index.ts';
import { refuses } from './refusals.ts';

const COUNT = 'an integer ≥ 1';
const TIME = 'a finite number ≥ 0';
const SCHEDULE = 'one of gpipe, 1f1b, interleaved';
const shape = { schedule: '1f1b', p: 4, m: 8 } as const;
const dualpipe = { schedule: 'dualpipe', p: 8, m: 16 } as const;
const interleaved = { schedule: 'interleaved', p: 4, m: 8, v: 2 } as const;
const times = { forward: 1, backward: 1, weight: 1 };

describe('pipelineBubble', () =>
  refuses(pipelineBubble, shape, { schedule: SCHEDULE, p: COUNT, m: COUNT, 'backward?': TIME }));
for (const of of [pipelineSchedule, pipelineInFlight]) {
  describe(of.name, () => refuses(of, shape, { schedule: SCHEDULE, p: COUNT, m: COUNT }));
  describe(`${of.name}, interleaved`, () => refuses(of, interleaved, { v: 'an integer ≥ 2' }));
}
describe('interleavedWarmup', () =>
  refuses(interleavedWarmup, { p: 4, m: 8, v: 2 }, { p: COUNT, m: COUNT, v: 'an integer ≥ 2' }));
describe('deepspeedStepGrid', () =>
  refuses(deepspeedStepGrid, { p: 4, m: 8 }, { p: COUNT, m: COUNT }));
for (const of of [pipelineTimetable, closedBubble]) {
  describe(of.name, () =>
    refuses(
      of,
      { ...shape, ...times },
      {
        schedule: `${SCHEDULE}, zb-h1, dualpipe`,
        p: COUNT,
        m: COUNT,
        forward: TIME,
        backward: TIME,
        weight: TIME,
        'communication?': TIME,
        'weightShare?': 'a finite number from 0 to 1',
      },
    ),
  );
}
describe('rankMoments', () =>
  refuses(
    rankMoments,
    { timetable: pipelineTimetable({ ...shape, ...times }), time: 1 },
    { time: TIME, 'v?': COUNT },
  ));

const layout = { tp: 2, cp: 2, dp: 2, pp: 2, ep: 1, order: 'tp-cp-ep-dp-pp' } as const;
const ORDER = 'one of tp-cp-ep-dp-pp, tp-cp-ep-pp-dp';
const degrees = { tp: COUNT, cp: COUNT, dp: COUNT, pp: COUNT, ep: COUNT, order: ORDER } as const;
describe('rankLayout', () =>
  refuses(rankLayout, { tp: 2, dp: 2, pp: 2 }, { tp: COUNT, dp: COUNT, pp: COUNT, 'cp?': COUNT }));
describe('rankPlace', () =>
  refuses(rankPlace, { ...layout, rank: 3 }, { ...degrees, rank: 'an integer from 0 to 15' }));
describe('placementTraffic', () =>
  refuses(
    placementTraffic,
    {
      ...layout,
      gpusPerNode: 8,
      b: 1,
      s: 2048,
      microbatches: 8,
      layers: 32,
      hidden: 4096,
      keyValueWidth: 2048,
      paramsOnRank: 2e9,
      gradientBytes: 4,
      shardedOptimizer: false,
      fullRecomputation: false,
    },
    {
      ...degrees,
      gpusPerNode: COUNT,
      b: COUNT,
      s: COUNT,
      microbatches: COUNT,
      layers: COUNT,
      'expertLayers?': 'an integer from 0 to 32',
      'activeExperts?': 'an integer ≥ 0',
      hidden: COUNT,
      keyValueWidth: COUNT,
      paramsOnRank: TIME,
      'expertParamsOnRank?': TIME,
      gradientBytes: 'one of 2, 4',
      shardedOptimizer: 'true or false',
      fullRecomputation: 'true or false',
    },
  ));

const sizes = { b: 1, s: 2048, h: 1024, layers: 24 };
const sized = { b: COUNT, s: COUNT, h: COUNT, layers: COUNT } as const;
describe('threeD', () =>
  refuses(
    threeD,
    { p: 2, t: 2, d: 2, B: 16, ...sizes },
    {
      p: COUNT,
      t: COUNT,
      d: COUNT,
      B: COUNT,
      ...sized,
    },
  ));
describe('batchLayout', () =>
  refuses(
    batchLayout,
    { gpus: 8, t: 2, p: 2, B: 16, b: 1 },
    {
      gpus: COUNT,
      t: COUNT,
      p: COUNT,
      B: COUNT,
      b: COUNT,
    },
  ));
describe('layerTraffic', () =>
  refuses(
    layerTraffic,
    { ...sizes, t: 8, elemBytes: 2 },
    {
      ...sized,
      t: COUNT,
      elemBytes: COUNT,
    },
  ));

describe('arguments that go together', () => {
  const run = (change: object) => () => pipelineTimetable({ ...shape, ...times, ...change });
  it.each([
    ['only interleaving has chunks', run({ v: 2 }), 'v must be 1 for the 1f1b schedule, got 2'],
    [
      'Megatron interleaves rounds of p micro-batches',
      run({ ...interleaved, m: 6 }),
      'm must be a multiple of p = 4 for the interleaved schedule, got 6',
    ],
    [
      'so does the formula for the bubble',
      () => pipelineBubble({ ...interleaved, m: 10 }),
      'm must be a multiple of p = 4 for the interleaved schedule, got 10',
    ],
    [
      'PyTorch interleaves ⌊m ÷ p⌋ rounds',
      () => pipelineSchedule({ ...interleaved, m: 11 }),
      'm must be a multiple of the 2 rounds of the interleaved schedule (p = 4), got 11',
    ],
    ['DualPipe mirrors stages', run({ ...dualpipe, p: 7 }), 'p must be even for DualPipe, got 7'],
    [
      'DualPipe fills both directions',
      run({ ...dualpipe, m: 14 }),
      'm must be even and at least 2p = 16 for DualPipe, got 14',
    ],
    [
      'DualPipe halves the micro-batches',
      run({ ...dualpipe, m: 17 }),
      'm must be even and at least 2p = 16 for DualPipe, got 17',
    ],
    [
      'a pair takes no longer than one after the other',
      run({ ...dualpipe, forward: 1, backward: 1, weight: 1, pair: 3.5 }),
      'pair must be a finite number from 0 to 3, got 3.5',
    ],
    [
      'something must take time',
      run({ forward: 0, backward: 0, weight: 0 }),
      'forward, backward and weight must not all be 0',
    ],
    [
      'micro-batches of all copies fill the batch',
      () => threeD({ p: 1, t: 1, d: 3, B: 8, ...sizes }),
      'B must be a multiple of b·d = 3, got 8',
    ],
    [
      'copies fill the GPUs',
      () => batchLayout({ gpus: 12, t: 4, p: 2, B: 8, b: 1 }),
      'gpus must be a multiple of t·p = 8, got 12',
    ],
    [
      'experts are dealt out within a stage',
      () => rankPlace({ ...layout, ep: 3, rank: 0 }),
      'ep must divide tp·cp·dp = 8, got 3',
    ],
    [
      'with dp outermost, experts keep to tp·cp',
      () => rankPlace({ ...layout, order: 'tp-cp-ep-pp-dp', ep: 2, rank: 0 }),
      'ep must be 1 or tp·cp = 4 in the order tp-cp-ep-pp-dp, got 2',
    ],
  ])('%s', (_, call, message) => expect(call).toThrow(new RangeError(message)));

  it.each([
    ['tp-pp', ' (dp is larger than 1 and missing)'],
    ['tp-tp-dp-pp', ''],
    ['tp-dp-pp-xx', ''],
  ])('the order %s', (order, reason) => {
    expect(() => rankLayout({ tp: 2, dp: 2, pp: 2, order })).toThrow(
      new RangeError(
        `order must name each of tp, cp, ep, dp, pp at most once, joined by "-"${reason}, got "${order}"`,
      ),
    );
  });

  it('an order is text', () => {
    expect(() => rankLayout({ tp: 2, dp: 2, pp: 2, order: 5 as never })).toThrow(
      new TypeError('order must be a string, got 5'),
    );
  });

  it('only interleaving has rounds', () => {
    expect(pipelineBubble({ ...shape, m: 10 }).overIdeal).toBe(0.3);
  });

  it('with dp outermost, experts may take the whole of tp·cp', () => {
    const { groups } = rankPlace({ ...layout, order: 'tp-cp-ep-pp-dp', ep: 4, rank: 5 });
    expect(groups.ep).toEqual([4, 5, 6, 7]);
  });

  it('a dimension of one rank may be missing from the order', () => {
    const short = rankLayout({ tp: 2, dp: 3, pp: 1, order: 'tp-dp' });
    expect(short).toEqual(rankLayout({ tp: 2, dp: 3, pp: 1 }));
    expect(
      rankPlace({ ...layout, pp: 1, order: 'tp-cp-ep-pp-dp', ep: 8, rank: 0 }).groups.ep,
    ).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
