import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  activationPerLayer,
  placedMemory,
  trainingPlan,
} from '../../../src/engines/memory/index.ts';
import {
  layerTraffic,
  PLACEMENT_ORDERS,
  type Placement,
  placementTraffic,
  rankLayout,
  rankPlace,
  stageOfRank,
} from '../../../src/engines/pipeline/index.ts';
import golden from '../../golden/data/golden-parallelism.json' with { type: 'json' };

const degrees = fc.record({
  tp: fc.integer({ min: 1, max: 4 }),
  cp: fc.integer({ min: 1, max: 3 }),
  dp: fc.integer({ min: 1, max: 4 }),
  pp: fc.integer({ min: 1, max: 4 }),
  ep: fc.constant(1),
  order: fc.constantFrom(...PLACEMENT_ORDERS),
});
const size = ({ tp, cp, dp, pp }: Placement): number => tp * cp * dp * pp;

const gpt1t: Placement = { tp: 8, cp: 1, dp: 6, pp: 64, ep: 1, order: 'tp-cp-ep-dp-pp' };
const load = {
  gpusPerNode: 8,
  b: 1,
  s: 2048,
  microbatches: 512,
  layers: 128,
  hidden: 25600,
  keyValueWidth: 2 * 25600,
  paramsOnRank: 2e9,
  gradientBytes: 4,
  shardedOptimizer: false,
  fullRecomputation: false,
};
const traffic = (input: Parameters<typeof placementTraffic>[0]) =>
  Object.fromEntries(placementTraffic(input).map((row) => [row.dimension, row])) as Record<
    'tp' | 'cp' | 'ep' | 'dp' | 'pp',
    ReturnType<typeof placementTraffic>[number]
  >;

describe('rankPlace', () => {
  it('finds for every rank the groups that Megatron-LM itself printed', () => {
    const rows = golden.groups.find(({ id }) => id === 'rank_layout')?.rows ?? [];
    expect(rows.length).toBeGreaterThan(0);
    for (const [tp, dp, pp, order, ...want] of rows as unknown as [
      number,
      number,
      number,
      (typeof PLACEMENT_ORDERS)[number],
      ...number[][][],
    ][]) {
      for (let rank = 0; rank < tp * dp * pp; rank += 1) {
        const { groups } = rankPlace({ tp, dp, pp, cp: 1, ep: 1, order, rank });
        for (const [index, name] of (['tp', 'dp', 'pp'] as const).entries()) {
          expect(groups[name]).toEqual(want[index]?.find((own) => own.includes(rank)));
        }
      }
    }
  });

  it('agrees with rankLayout, context parallelism included', () => {
    fc.assert(
      fc.property(degrees, (layout) => {
        const all = rankLayout(layout);
        for (let rank = 0; rank < size(layout); rank += 1) {
          const { at, groups } = rankPlace({ ...layout, rank });
          expect(stageOfRank({ ...layout, rank })).toBe(at.pp);
          for (const [name, of] of [
            ['tp', all.tpGroups],
            ['cp', all.cpGroups],
            ['dp', all.dpGroups],
            ['pp', all.ppGroups],
          ] as const) {
            expect(groups[name]).toEqual(of.find((own) => own.includes(rank)));
            expect(groups[name][at[name]]).toBe(rank);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('puts the 64 expert ranks of DeepSeek-V3 on 8 nodes, within one stage', () => {
    const layout: Placement = { tp: 1, cp: 1, dp: 128, pp: 16, ep: 64, order: 'tp-cp-ep-dp-pp' };
    const { groups, at } = rankPlace({ ...layout, rank: 200 });
    expect(groups.ep[0]).toBe(192);
    expect(groups.ep.at(-1)).toBe(255);
    expect(at.pp).toBe(1);
    expect(new Set(groups.ep.map((rank) => Math.floor(rank / 8))).size).toBe(8);
    for (const rank of groups.ep) expect(rankPlace({ ...layout, rank }).at.pp).toBe(1);
  });

  it('refuses what Megatron refuses', () => {
    expect(() => rankPlace({ ...gpt1t, ep: 5, rank: 0 })).toThrow(/ep must divide tp·cp·dp = 48/);
    expect(() => rankPlace({ ...gpt1t, order: 'tp-cp-ep-pp-dp', ep: 16, rank: 0 })).toThrow(
      /ep must be 1 or tp·cp = 8/,
    );
    for (const place of [rankPlace, stageOfRank])
      expect(() => place({ ...gpt1t, rank: 3072 })).toThrow(/rank must be an integer from 0/);
  });
});

describe('placementTraffic', () => {
  it('counts Megatron’s formulas for its 1T run', () => {
    const { tp, pp, dp, cp, ep } = traffic({ ...gpt1t, ...load });
    const layer = layerTraffic({ b: 1, s: 2048, h: 25600, layers: 2, t: 8, elemBytes: 2 });
    expect(tp.bytesPerGpu).toBeCloseTo(layer.tpBytesPerMicroBatch * 512, 3);
    expect(tp.crossing).toEqual({ hops: 0, of: 3072 });
    expect(pp.bytesPerGpu).toBeCloseTo((2 * layer.ppBytesPerBoundary * 512) / 8, 3);
    // 48 pipelines of 63 boundaries, each between nodes, both ways.
    expect(pp.crossing).toEqual({ hops: 48 * 63, of: 48 * 63 });
    expect(pp.crossingBytes).toBeCloseTo(48 * 63 * 2 * (layer.ppBytesPerBoundary / 8) * 512, 0);
    expect(dp.bytesPerGpu).toBeCloseTo((2e9 * 8 * 5) / 6, 0);
    expect(dp.nodes).toBe(6);
    expect(dp.crossingBytes).toBeCloseTo(3072 * dp.bytesPerGpu, 0);
    expect([cp.bytesPerGpu, ep.bytesPerGpu]).toEqual([0, 0]);
  });

  it('repeats the forward communication when everything is recomputed: six all-reduces for four', () => {
    const whole = traffic({ ...gpt1t, ...load }).tp.bytesPerGpu;
    expect(traffic({ ...gpt1t, ...load, fullRecomputation: true }).tp.bytesPerGpu / whole).toBe(
      1.5,
    );
  });

  it('sees tensor parallelism leave the node', () => {
    const wide = { ...gpt1t, tp: 16, dp: 3 };
    const { tp } = traffic({ ...wide, ...load });
    expect(tp.nodes).toBe(2);
    expect(tp.crossing).toEqual({ hops: (3072 / 16) * 2, of: 3072 });
    // Half a node: two groups share it, none crosses.
    expect(traffic({ ...gpt1t, tp: 4, dp: 12, ...load }).tp.crossingBytes).toBe(0);
    // Groups of 8 over nodes of 6 are cut differently from node to node.
    expect(traffic({ ...gpt1t, ...load, gpusPerNode: 6 }).tp.nodes).toBe(2);
  });

  it('sends tokens to experts and gathers keys and values', () => {
    const layout: Placement = { tp: 1, cp: 1, dp: 128, pp: 16, ep: 64, order: 'tp-cp-ep-dp-pp' };
    const { ep, tp } = traffic({
      ...layout,
      ...load,
      layers: 64,
      expertLayers: 64,
      activeExperts: 8,
      hidden: 7168,
    });
    // Dispatch and combine, both passes: 4 · tokens · 8 experts · h · 63/64 · 2 bytes, 4 layers a stage.
    expect(ep.bytesPerGpu).toBeCloseTo(4 * 2048 * 8 * 7168 * (63 / 64) * 2 * 4 * 512, 0);
    expect(ep.crossing.hops / ep.crossing.of).toBeCloseTo(56 / 63, 12);
    expect(tp.bytesPerGpu).toBe(0);
    const long: Placement = { tp: 8, cp: 16, dp: 8, pp: 16, ep: 1, order: 'tp-cp-ep-pp-dp' };
    const { cp } = traffic({ ...long, ...load, s: 131072, layers: 128, keyValueWidth: 2048 });
    expect(cp.bytesPerGpu).toBeCloseTo(3 * 8 * 512 * 131072 * (15 / 16) * (2048 / 8) * 2, 0);
    expect(cp.nodes).toBe(16);
  });

  describe('of eight GPUs, counted by hand', () => {
    const eight: Placement = { tp: 2, cp: 1, dp: 2, pp: 2, ep: 1, order: 'tp-cp-ep-dp-pp' };
    const small = {
      b: 1,
      s: 8,
      microbatches: 3,
      layers: 5,
      hidden: 4,
      keyValueWidth: 8,
      paramsOnRank: 100,
      gradientBytes: 2,
      shardedOptimizer: false,
      fullRecomputation: false,
    };
    const none = {
      size: 1,
      nodes: 1,
      bytesPerGpu: 0,
      crossing: { hops: 0, of: 0 },
      crossingBytes: 0,
    };
    // Three layers on the fullest stage, two all-reduces each way, 2 · 32 · ½ elements of two bytes, thrice.
    const tp = 3 * 3 * 4 * 32 * 2;
    const boundary = (3 * 32 * 2) / 2;

    it('on nodes of four only the pipeline leaves a node', () => {
      expect(placementTraffic({ ...eight, ...small, gpusPerNode: 4 })).toEqual([
        {
          dimension: 'tp',
          size: 2,
          nodes: 1,
          bytesPerGpu: tp,
          crossing: { hops: 0, of: 8 },
          crossingBytes: 0,
        },
        { dimension: 'cp', ...none },
        { dimension: 'ep', ...none },
        {
          dimension: 'dp',
          size: 2,
          nodes: 1,
          bytesPerGpu: 200,
          crossing: { hops: 0, of: 8 },
          crossingBytes: 0,
        },
        {
          dimension: 'pp',
          size: 2,
          nodes: 2,
          bytesPerGpu: boundary,
          crossing: { hops: 4, of: 4 },
          crossingBytes: 4 * 2 * boundary,
        },
      ]);
    });

    it('on nodes of three one tensor-parallel group of four is cut, and three of data parallelism', () => {
      const cut = traffic({ ...eight, ...small, gpusPerNode: 3 });
      expect(cut.tp).toMatchObject({
        nodes: 2,
        crossing: { hops: 2, of: 8 },
        crossingBytes: 2 * tp,
      });
      expect(cut.dp).toMatchObject({
        nodes: 2,
        crossing: { hops: 6, of: 8 },
        crossingBytes: 6 * 200,
      });
    });

    it('with data parallelism outermost its groups are the far ones', () => {
      const outer = { ...eight, order: 'tp-cp-ep-pp-dp' } as const;
      const { dp, pp } = traffic({ ...outer, ...small, gpusPerNode: 4 });
      expect([dp.crossing, pp.crossing]).toEqual([
        { hops: 8, of: 8 },
        { hops: 0, of: 4 },
      ]);
    });

    it('a sharded optimizer gathers 16-bit parameters instead of fp32 gradients', () => {
      const fp32 = { ...eight, ...small, gpusPerNode: 4, gradientBytes: 4 };
      expect(traffic(fp32).dp.bytesPerGpu).toBe(400);
      expect(traffic({ ...fp32, shardedOptimizer: true }).dp.bytesPerGpu).toBe(300);
    });

    it('a middle stage sends both ways, a single one not at all', () => {
      const stages = (pp: number) =>
        traffic({ ...eight, pp, ...small, gpusPerNode: 4 }).pp.bytesPerGpu;
      expect([stages(1), stages(2), stages(3)]).toEqual([0, boundary, 2 * boundary]);
    });

    it('recomputing gathers keys and values once more, and asks the experts again', () => {
      const layout: Placement = { tp: 1, cp: 2, dp: 2, pp: 2, ep: 2, order: 'tp-cp-ep-dp-pp' };
      const moe = { ...layout, ...small, gpusPerNode: 8, expertLayers: 5, activeExperts: 2 };
      const once = traffic(moe);
      const twice = traffic({ ...moe, fullRecomputation: true });
      // Three layers, three micro-batches, four of the eight tokens here, two bytes an element.
      expect([once.cp.bytesPerGpu, twice.cp.bytesPerGpu]).toEqual(
        [3, 4].map((times) => 3 * 3 * times * 4 * 8 * 2),
      );
      expect([once.ep.bytesPerGpu, twice.ep.bytesPerGpu]).toEqual(
        [4, 6].map((times) => (3 * 3 * times * 4 * 4 * 2 * 2) / 2),
      );
    });

    it('copies of experts reduce over their own ranks', () => {
      const layout: Placement = { tp: 1, cp: 1, dp: 4, pp: 1, ep: 2, order: 'tp-cp-ep-dp-pp' };
      const moe = { ...layout, ...small, gpusPerNode: 2, expertParamsOnRank: 10 };
      // 100 parameters on a ring of four, which crosses at two places; ten on two rings of two, all across.
      expect(traffic(moe).dp).toEqual({
        dimension: 'dp',
        size: 4,
        nodes: 2,
        bytesPerGpu: 300 + 20,
        crossing: { hops: 2, of: 4 },
        crossingBytes: 2 * 300 + 4 * 20,
      });
      const { ep } = traffic({ ...moe, expertLayers: 2, activeExperts: 2 });
      expect(ep).toMatchObject({ size: 2, nodes: 1, crossing: { hops: 0, of: 4 } });
    });

    it('a layer with experts has half the all-reduces, and tensor-parallel ranks share its tokens', () => {
      const moe = { ...eight, ep: 2, ...small, gpusPerNode: 8, activeExperts: 2, expertLayers: 4 };
      const { tp: reduced, ep } = traffic(moe);
      // Two of the three layers on a stage have experts: four halves are left of six.
      expect(reduced.bytesPerGpu).toBe((tp * 4) / 6);
      expect(ep.bytesPerGpu).toBe((2 * 3 * 4 * 8 * 4 * 2 * 2) / 2 / 2);
    });

    it('ranks that share a sequence reduce gradients together', () => {
      const layout: Placement = { tp: 1, cp: 2, dp: 2, pp: 1, ep: 1, order: 'tp-cp-ep-dp-pp' };
      expect(traffic({ ...layout, ...small, gpusPerNode: 8 }).dp.bytesPerGpu).toBe(300);
    });

    it('experts that are not dealt out have a copy on every tensor-parallel rank too', () => {
      const layout: Placement = { tp: 2, cp: 1, dp: 1, pp: 1, ep: 1, order: 'tp-cp-ep-dp-pp' };
      const moe = { ...layout, ...small, gpusPerNode: 1 };
      expect(traffic({ ...moe, expertParamsOnRank: 10 }).dp).toMatchObject({
        nodes: 2,
        bytesPerGpu: 20,
        crossingBytes: 40,
      });
      expect(traffic(moe).dp).toMatchObject({ nodes: 1, bytesPerGpu: 0, crossingBytes: 0 });
      // Two stages on a node each: the copies are neighbours, whichever dimension is outermost.
      for (const order of PLACEMENT_ORDERS) {
        const staged = { ...moe, pp: 2, order, gpusPerNode: 2, expertParamsOnRank: 10 };
        expect(traffic(staged).dp.crossingBytes).toBe(0);
      }
    });
  });

  it('counts no more crossings than messages, and none on one big node', () => {
    fc.assert(
      fc.property(degrees, fc.integer({ min: 1, max: 9 }), (layout, gpusPerNode) => {
        for (const row of placementTraffic({ ...layout, ...load, gpusPerNode })) {
          expect(row.crossing.hops).toBeLessThanOrEqual(row.crossing.of);
          expect(row.bytesPerGpu === 0 || row.size > 1 || row.dimension === 'dp').toBe(true);
        }
        for (const row of placementTraffic({ ...layout, ...load, gpusPerNode: size(layout) })) {
          expect([row.nodes, row.crossing.hops, row.crossingBytes]).toEqual([1, 0, 0]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('placedMemory', () => {
  const shape = {
    layers: 128,
    hidden: 25600,
    heads: 160,
    vocab: 51200,
    embeddings: 53248 * 25600,
    tables: 1,
    largestModule: 4 * 25600 ** 2,
    layerParameters: 12 * 25600 ** 2,
  } as const;
  const run = {
    account: 'megatron',
    stage: 0,
    params: 1_008_038_758_400,
    shape,
    ...gpt1t,
    microbatches: 512,
    activations: {
      microBatch: 1,
      sequence: 2048,
      recomputation: 'selective',
      sequenceParallel: true,
    },
  } as const;

  it('is trainingPlan where there is neither context nor expert parallelism', () => {
    const { cp: _, dp: __, ep: ___, order: ____, microbatches: _____, ...plan } = run;
    const want = trainingPlan({ ...plan, gpus: 3072 });
    const got = placedMemory(run);
    expect(got.bytesPerGpu).toBeCloseTo(want.bytesPerGpu, 0);
    expect(got.paramsOnRank).toBe(want.paramsOnRank);
    expect(got.copies).toBe(6);
  });

  it('divides activations by context parallelism, and fills the first stage only as far as it runs', () => {
    const layer = activationPerLayer({
      technique: 'tp+sp+selective',
      s: 2048,
      b: 1,
      h: 25600,
      a: 160,
      t: 8,
    }).bytesPerLayer;
    expect(placedMemory(run).bytesByKind.activations).toBeCloseTo(128 * layer, 0);
    expect(placedMemory({ ...run, cp: 2, dp: 3 }).bytesByKind.activations).toBeCloseTo(
      64 * layer,
      0,
    );
    expect(placedMemory({ ...run, cp: 2, dp: 3 }).copies).toBe(6);
    expect(placedMemory({ ...run, microbatches: 16 }).bytesByKind.activations).toBeCloseTo(
      32 * layer,
      0,
    );
  });

  it('deals experts over their own ranks', () => {
    const moe = {
      ...run,
      account: 'zero-paper' as const,
      stage: 1 as const,
      experts: { params: 640e9, layers: 64 },
      params: 700e9,
      shape: { ...shape, layers: 64 },
      tp: 1,
      dp: 128,
      pp: 16,
      ep: 64,
    };
    const got = placedMemory(moe);
    expect(got.expertParamsOnRank).toBeCloseTo(640e9 / 1024, 0);
    expect([got.copies, got.expertCopies]).toEqual([128, 2]);
    // The rest: four of 64 layers and the tables.
    const tables = 53248 * 25600;
    expect(got.paramsOnRank).toBeCloseTo((60e9 - tables) / 16 + tables, 0);
    const sgd = placedMemory({ ...moe, k: 4 }).bytesByKind.optimizerStates;
    expect(sgd / got.bytesByKind.optimizerStates).toBeCloseTo(1 / 3, 12);
    expect(got.bytesByKind.optimizerStates).toBeCloseTo(
      (12 * got.paramsOnRank) / 128 + (12 * got.expertParamsOnRank) / 2,
      0,
    );
    expect(() => placedMemory({ ...moe, ep: 48 })).toThrow(/ep must divide tp·cp·dp = 128/);
  });
});
