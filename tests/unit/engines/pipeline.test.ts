import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batchLayout,
  deepspeedStepGrid,
  interleavedWarmup,
  layerTraffic,
  type PipelineShape,
  pipelineBubble,
  pipelineInFlight,
  pipelineSchedule,
  rankLayout,
  threeD,
} from '../../../src/engines/pipeline/index.ts';

const stages = fc.integer({ min: 1, max: 6 });
const plain: fc.Arbitrary<PipelineShape> = fc.record({
  schedule: fc.constantFrom('gpipe', '1f1b'),
  p: stages,
  m: fc.integer({ min: 1, max: 14 }),
});
/** Interleaved shapes that every framework runs: m a multiple of p. */
const interleaved: fc.Arbitrary<PipelineShape> = fc
  .record({ p: stages, v: fc.integer({ min: 2, max: 4 }), rounds: fc.integer({ min: 1, max: 4 }) })
  .map(({ p, v, rounds }) => ({ schedule: 'interleaved', p, v, m: p * rounds }));
const anyShape = fc.oneof(plain, interleaved);

describe('pipelineSchedule', () => {
  it('takes exactly the time the bubble formula gives', () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const schedule = pipelineSchedule(shape);
        const [b2, per2] = schedule.makespanB2;
        const [b1, per1] = schedule.makespanB1;
        expect(b2 / per2).toBeCloseTo(pipelineBubble(shape).iterationTime, 9);
        expect(b1 / per1).toBeCloseTo(pipelineBubble({ ...shape, backward: 1 }).iterationTime, 9);
      }),
    );
  });

  it('holds as many micro-batches as pipelineInFlight says', () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const held = pipelineSchedule(shape).peakInFlight.map((n) => n / (shape.v ?? 1));
        expect(held).toEqual(pipelineInFlight(shape).peakPerStage);
      }),
    );
  });

  it('runs every pass once, never two at a time on a rank, never before what it waits for', () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const { timeline } = pipelineSchedule(shape);
        const { p, m, v = 1 } = shape;
        expect(timeline).toHaveLength(2 * p * m * v);
        const end = new Map(timeline.map((t) => [`${t.kind}${t.stage}/${t.microBatch}`, t.end]));
        expect(end.size).toBe(timeline.length);
        for (const [i, pass] of timeline.entries()) {
          const before = timeline[i - 1];
          if (before?.rank === pass.rank) expect(pass.start).toBeGreaterThanOrEqual(before.end);
          expect(pass.stage % p).toBe(pass.rank);
          const waitsFor =
            pass.kind === 'F'
              ? end.get(`F${pass.stage - 1}/${pass.microBatch}`)
              : (end.get(`B${pass.stage + 1}/${pass.microBatch}`) ??
                end.get(`F${pass.stage}/${pass.microBatch}`));
          if (waitsFor !== undefined) expect(pass.start).toBeGreaterThanOrEqual(waitsFor);
        }
      }),
    );
  });

  it('gives 1F1B the same time as GPipe and never more memory', () => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 1, max: 14 }), (p, m) => {
        const gpipe = pipelineSchedule({ schedule: 'gpipe', p, m });
        const oneF1B = pipelineSchedule({ schedule: '1f1b', p, m });
        expect(oneF1B.makespanB2).toEqual(gpipe.makespanB2);
        for (const [r, held] of oneF1B.peakInFlight.entries()) {
          expect(held).toBeLessThanOrEqual(gpipe.peakInFlight[r] as number);
          expect(held).toBeLessThanOrEqual(p);
        }
      }),
    );
  });

  it('runs the order of the DeepSpeed grid under 1F1B', () => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 1, max: 14 }), (p, m) => {
        const grid = deepspeedStepGrid({ p, m }).grid.map((row) =>
          row.replaceAll(/\. ?/g, '').trim(),
        );
        const orders = pipelineSchedule({ schedule: '1f1b', p, m }).orders;
        expect(grid).toEqual(orders.map((order) => order.replaceAll(/\d+(?=[FB])/g, '')));
      }),
    );
  });

  it('exceeds the formula by 1.5 units for 3 micro-batches on 4 interleaved stages, as executed', () => {
    expect(pipelineSchedule({ schedule: 'interleaved', p: 4, m: 3, v: 2 }).makespanB2).toEqual([
      15, 1,
    ]);
  });

  it('tells times in forward passes of a whole stage, of which a chunk takes its part', () => {
    const { timeline } = pipelineSchedule({ schedule: 'interleaved', p: 1, m: 1, v: 2 });
    expect(timeline).toEqual([
      { rank: 0, stage: 0, kind: 'F', microBatch: 0, start: 0, end: 0.5 },
      { rank: 0, stage: 1, kind: 'F', microBatch: 0, start: 0.5, end: 1 },
      { rank: 0, stage: 1, kind: 'B', microBatch: 0, start: 1, end: 2 },
      { rank: 0, stage: 0, kind: 'B', microBatch: 0, start: 2, end: 3 },
    ]);
  });

  it('knows that PyTorch refuses 1F1B with fewer micro-batches than stages', () => {
    const run = (m: number) => pipelineSchedule({ schedule: '1f1b', p: 4, m }).sameOrderIn;
    expect(run(3)).toEqual(['DeepSpeed', 'Megatron']);
    expect(run(4)).toEqual(['torch 2.13.0 runtime', 'DeepSpeed', 'Megatron']);
  });
});

describe('pipelineBubble', () => {
  it('converts between the two definitions by r / (1 + r)', () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const { overIdeal, overTotal } = pipelineBubble(shape);
        expect(overTotal).toBeCloseTo(overIdeal / (1 + overIdeal), 12);
      }),
    );
  });

  it('shrinks with more micro-batches and is divided by v', () => {
    const bubble = (m: number) => pipelineBubble({ schedule: '1f1b', p: 8, m }).overIdeal;
    expect(bubble(64)).toBeLessThan(bubble(32));
    expect(pipelineBubble({ schedule: 'interleaved', p: 8, m: 32, v: 2 }).overIdeal).toBe(
      bubble(32) / 2,
    );
  });

  it('counts a backward pass as two forward ones unless told otherwise', () => {
    const shape = { schedule: '1f1b', p: 4, m: 8 } as const;
    expect(pipelineBubble(shape).iterationTime).toBe(11 * 3);
    expect(pipelineBubble({ ...shape, backward: 1 }).iterationTime).toBe(11 * 2);
  });
});

describe('interleavedWarmup', () => {
  it('holds more than 1F1B on rank 0 by the factor of arXiv 2205.05198', () => {
    const { rank0PeakInStageUnits, paperFactorTimesP } = interleavedWarmup({ p: 8, m: 64, v: 3 });
    expect(rank0PeakInStageUnits).toBeCloseTo(paperFactorTimesP as number, 12);
    expect(rank0PeakInStageUnits).toBeCloseTo(8 * (1 + 7 / 24), 12);
  });

  it('has that factor only where there are enough micro-batches, in rounds of p', () => {
    const factor = (p: number, m: number, v: number) =>
      interleavedWarmup({ p, m, v }).paperFactorTimesP;
    expect(factor(1, 1, 2)).toBe(1);
    expect(factor(4, 4, 2)).toBeNull();
    // One round of three on two ranks, as PyTorch would run it.
    expect(factor(2, 3, 2)).toBeNull();
  });
});

describe('rankLayout', () => {
  const degrees = fc.record({
    tp: fc.integer({ min: 1, max: 4 }),
    cp: fc.integer({ min: 1, max: 3 }),
    dp: fc.integer({ min: 1, max: 4 }),
    pp: fc.integer({ min: 1, max: 4 }),
    order: fc.constantFrom('tp-cp-ep-dp-pp', 'tp-cp-ep-pp-dp', 'pp-dp-cp-tp'),
  });

  it('puts every rank into one group of each kind, of the right size', () => {
    fc.assert(
      fc.property(degrees, (input) => {
        const world = input.tp * input.cp * input.dp * input.pp;
        const layout = rankLayout(input);
        for (const [groups, size] of [
          [layout.tpGroups, input.tp],
          [layout.cpGroups, input.cp],
          [layout.dpGroups, input.dp],
          [layout.ppGroups, input.pp],
        ] as const) {
          expect(groups.flat().sort((a, b) => a - b)).toEqual([...Array(world).keys()]);
          expect(groups.every((group) => group.length === size)).toBe(true);
        }
      }),
    );
  });

  it('shares at most one rank between groups of different kinds', () => {
    fc.assert(
      fc.property(degrees, (input) => {
        const { tpGroups, dpGroups, ppGroups } = rankLayout(input);
        for (const tp of tpGroups) {
          for (const other of [...dpGroups, ...ppGroups]) {
            expect(tp.filter((rank) => other.includes(rank)).length).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it('keeps a tensor-parallel group of 8 inside one 8-GPU server under the default order', () => {
    const { tpGroups } = rankLayout({ tp: 8, dp: 2, pp: 4 });
    for (const group of tpGroups) expect(new Set(group.map((r) => Math.floor(r / 8))).size).toBe(1);
  });
});

describe('threeD and layerTraffic', () => {
  it('lets tensor-parallel traffic saturate at 8·b·s·h', () => {
    const at = (t: number) =>
      threeD({ p: 1, t, d: 1, B: 1, b: 1, s: 4096, h: 8192, layers: 80 }).tpElementsPerLayer;
    expect(at(1)).toBe(0);
    expect(at(16)).toBeGreaterThan(at(8));
    expect(at(1024)).toBeLessThan(8 * 4096 * 8192);
  });

  it('finds tensor parallelism 280 times as talkative as a pipeline boundary on an 80-layer model', () => {
    const traffic = layerTraffic({ b: 1, s: 4096, h: 8192, layers: 80, t: 8, elemBytes: 2 });
    expect(traffic.tpOverPp).toBe(280);
    expect(traffic.ppBytesPerBoundary).toBe(67_108_864);
    // 8·b·s·h·(t − 1)/t elements of two bytes, in each of 80 layers.
    expect(traffic.tpBytesPerLayer).toBe(2 * 7 * 4096 * 8192);
    expect(traffic.tpBytesPerMicroBatch).toBe(80 * traffic.tpBytesPerLayer);
  });
});

describe('batchLayout', () => {
  it('gives the 145.6B run 24 copies of the model and 48 micro-batches (arXiv 2104.04473 Table 1)', () => {
    expect(batchLayout({ gpus: 1536, t: 8, p: 8, B: 2304, b: 2 })).toEqual({
      d: 24,
      sequencesPerReplica: 96,
      microbatches: 48,
      bubble: [7, 48],
    });
  });

  it('uses every GPU and every sequence exactly once', () => {
    const size = fc.integer({ min: 1, max: 64 });
    fc.assert(
      fc.property(size, size, size, size, size, (t, p, d, b, m) => {
        const layout = batchLayout({ gpus: t * p * d, t, p, B: m * b * d, b });
        expect(layout.d).toBe(d);
        expect(layout.microbatches).toBe(m);
        expect(layout.sequencesPerReplica).toBe(m * b);
      }),
    );
  });
});
