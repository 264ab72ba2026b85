import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accumulatedTraffic,
  activationPerLayer,
  bytesPerParameter,
  CONVENTIONS,
  type Convention,
  cookbookMemory,
  deepspeedZero2Estimator,
  deepspeedZero3Estimator,
  type ModelConfig,
  megatronActivationMemory,
  megatronWeightAndOptimizerMemory,
  parameterCount,
  STAGES,
  zeroCommunication,
  zeroFewestGpus,
  zeroLargestModel,
  zeroModelStates,
  zeroPaperActivations,
  zeroPlusPlus,
} from '../../../src/engines/memory/index.ts';

const params = fc.integer({ min: 1, max: 2_000_000_000_000 });
const dpDegree = fc.integer({ min: 1, max: 4096 });
const k = fc.constantFrom(0, 4, 8, 12, 16);
const stage = fc.constantFrom(...STAGES);
// Sums of three rounded doubles may differ from one product in the last bits.
const slack = 1 + 1e-12;
const llama = { swiglu: true, norm: 'RMSNorm', untiedEmbeddings: true } as const;

describe('zeroModelStates', () => {
  it('never grows with the stage', () => {
    fc.assert(
      fc.property(params, dpDegree, k, (params, dpDegree, k) => {
        const bytes = STAGES.map(
          (stage) => zeroModelStates({ stage, params, dpDegree, k }).bytesPerGpu,
        );
        for (let i = 1; i < bytes.length; i += 1) {
          expect(bytes[i]).toBeLessThanOrEqual((bytes[i - 1] as number) * slack);
        }
      }),
    );
  });

  it('shards sum to the whole, and what is not sharded is on every rank', () => {
    fc.assert(
      fc.property(stage, params, dpDegree, k, (stage, params, dpDegree, k) => {
        const whole = {
          parameters: 2 * params,
          gradients: 2 * params,
          optimizerStates: k * params,
        };
        const states = zeroModelStates({ stage, params, dpDegree, k });
        const shardedFrom = { optimizerStates: 1, gradients: 2, parameters: 3 };
        for (const [kind, from] of Object.entries(shardedFrom)) {
          const key = kind as keyof typeof whole;
          const copies = stage >= from ? dpDegree : 1;
          expect(Math.abs(states[key] * copies - whole[key])).toBeLessThanOrEqual(
            whole[key] * 1e-12,
          );
        }
      }),
    );
  });

  it('is the same for every stage on one rank', () => {
    fc.assert(
      fc.property(params, k, (params, k) => {
        for (const stage of STAGES) {
          const states = zeroModelStates({ stage, params, dpDegree: 1, k });
          expect(states.bytesPerGpu).toBe((4 + k) * params);
          expect(states.timesLess).toBe(1);
        }
      }),
    );
  });

  it('falls with the ranks and grows with the parameters', () => {
    fc.assert(
      fc.property(stage, params, dpDegree, (stage, params, dpDegree) => {
        const { bytesPerGpu } = zeroModelStates({ stage, params, dpDegree });
        const moreRanks = zeroModelStates({ stage, params, dpDegree: dpDegree + 1 });
        const moreParams = zeroModelStates({ stage, params: params + 1, dpDegree });
        expect(moreRanks.bytesPerGpu).toBeLessThanOrEqual(bytesPerGpu * slack);
        expect(moreParams.bytesPerGpu).toBeGreaterThan(bytesPerGpu);
      }),
    );
  });

  it('approaches 4×, 8× and N× less for many ranks', () => {
    const at = (stage: 1 | 2 | 3) =>
      zeroModelStates({ stage, params: 1e9, dpDegree: 1e6 }).timesLess;
    expect(at(1)).toBeCloseTo(4, 3);
    expect(at(2)).toBeCloseTo(8, 3);
    expect(at(3)).toBeCloseTo(1e6, 3);
  });

  it('rounds partitions up exactly, past what a double division keeps', () => {
    const states = zeroModelStates({ stage: 1, params: 1_000_000_000_001, dpDegree: 4096 });
    expect(BigInt(states.ceilBytes)).toBe(
      4n * 1_000_000_000_001n + (12n * 1_000_000_000_001n + 4095n) / 4096n,
    );
  });

  it('names the argument, the value and what is allowed', () => {
    const valid = { stage: 1, params: 1e9, dpDegree: 8 } as const;
    expect(() => zeroModelStates({ ...valid, stage: 4 as never })).toThrow(/stage.*0, 1, 2, 3.*4/);
    expect(() => zeroModelStates({ ...valid, params: -1 })).toThrow(/params.*≥ 1.*-1/);
    expect(() => zeroModelStates({ ...valid, dpDegree: 2.5 })).toThrow(/dpDegree.*integer.*2\.5/);
    expect(() => zeroModelStates({ ...valid, dpDegree: 0 })).toThrow(RangeError);
    expect(() => zeroModelStates({ ...valid, k: Number.NaN })).toThrow(RangeError);
    expect(() => zeroModelStates({ ...valid, params: '7B' as never })).toThrow(TypeError);
  });
});

describe('communication', () => {
  it('is 2Ψ for stages 0 to 2 and 3Ψ for stage 3', () => {
    const ratios = STAGES.map(
      (stage) => zeroCommunication({ stage, params: 10, dpDegree: 2 }).ratioToBaseline,
    );
    expect(ratios).toEqual([1, 1, 1, 1.5]);
  });

  it('sends nothing on one rank', () => {
    for (const stage of STAGES) {
      expect(zeroCommunication({ stage, params: 7e9, dpDegree: 1 }).ringElementsExact).toBe(0);
    }
  });

  it('with one micro-batch equals the paper, with more stage 2 and 3 pay for each', () => {
    for (const stage of STAGES) {
      const once = accumulatedTraffic({ stage, params: 7e9, accumulationSteps: 1 });
      expect(once.elements).toBe(
        zeroCommunication({ stage, params: 7e9, dpDegree: 8 }).paperElements,
      );
    }
    const eight = STAGES.map(
      (stage) => accumulatedTraffic({ stage, params: 1, accumulationSteps: 8 }).elements,
    );
    expect(eight).toEqual([2, 2, 9, 24]);
    expect(accumulatedTraffic({ stage: 3, params: 7, accumulationSteps: 8 })).toEqual({
      elements: 168,
      ratioToBaseline: 12,
    });
    const buckets = STAGES.map(
      (stage) =>
        accumulatedTraffic({ stage, params: 1, accumulationSteps: 8, reduction: 'all-reduce' })
          .elements,
    );
    expect(buckets).toEqual([2, 3, 17, 24]);
  });

  it('ZeRO++ takes 3Ψ across nodes to 0.75Ψ, and hpZ alone costs memory', () => {
    const all = zeroPlusPlus({ params: 7e9, gpusPerNode: 8 });
    expect(all.total).toBe(0.75 * 7e9);
    expect(all.timesLess).toBe(4);
    expect(all.extraBytesPerGpu).toBe(1.75e9);
    const none = zeroPlusPlus({ params: 7e9, qwz: false, hpz: false, qgz: false });
    expect(none.total).toBe(3 * 7e9);
    expect(none.extraBytesPerGpu).toBe(0);
    // Int8 weights cross the nodes backward too, where no node has its own copy.
    expect(zeroPlusPlus({ params: 8, hpz: false })).toMatchObject({
      forwardAllGather: 4,
      backwardAllGather: 4,
      gradientReduce: 2,
      timesLess: 2.4,
    });
  });
});

describe('zeroFewestGpus', () => {
  it('gives the ZeRO paper’s Table 1: 128B needs 64 V100s of 32 GB in stage 3', () => {
    const asked = { stage: 3, params: 128e9, memoryBytes: 32e9 } as const;
    expect(zeroFewestGpus(asked)).toEqual({
      gpus: 64,
      wholeBytes: 0,
      dividedBytes: 2048e9,
      freeBytes: 32e9,
    });
  });

  it('is the first degree that fits, and one GPU fewer does not', () => {
    fc.assert(
      fc.property(
        stage,
        fc.integer({ min: 1_000, max: 2_000_000_000_000 }),
        fc.integer({ min: 1_000, max: 200_000_000_000 }),
        (stage, params, memoryBytes) => {
          const { gpus, freeBytes } = zeroFewestGpus({ stage, params, memoryBytes });
          const held = (dpDegree: number): number =>
            zeroModelStates({ stage, params, dpDegree }).bytesPerGpu;
          if (gpus === Infinity) {
            expect(held(1_000_000)).toBeGreaterThan(memoryBytes);
            expect(freeBytes).toBeLessThanOrEqual(0);
          } else {
            expect(held(gpus)).toBeLessThanOrEqual(memoryBytes * slack);
            if (gpus > 1) expect(held(gpus - 1) * slack).toBeGreaterThan(memoryBytes);
          }
        },
      ),
    );
  });

  it('says so where no number of GPUs suffices', () => {
    expect(zeroFewestGpus({ stage: 2, params: 13e9, memoryBytes: 24e9 }).gpus).toBe(Infinity);
    expect(zeroFewestGpus({ stage: 0, params: 1e9, memoryBytes: 16e9 }).gpus).toBe(1);
    expect(zeroFewestGpus({ stage: 0, params: 2e9, memoryBytes: 16e9 }).gpus).toBe(Infinity);
    // What is whole fills the memory: nothing is left for even the smallest shard.
    expect(zeroFewestGpus({ stage: 1, params: 4e9, memoryBytes: 16e9 })).toMatchObject({
      gpus: Infinity,
      freeBytes: 0,
    });
  });

  it('names a bad argument', () => {
    expect(() => zeroFewestGpus({ stage: 3, params: 1e9, memoryBytes: 0 })).toThrow(/memoryBytes/);
    expect(() => zeroFewestGpus({ stage: 4 as 3, params: 1e9, memoryBytes: 1 })).toThrow(/stage/);
  });
});

describe('zeroLargestModel', () => {
  it('gives back a model whose states fill the memory', () => {
    fc.assert(
      fc.property(stage, fc.integer({ min: 1, max: 1024 }), (stage, gpus) => {
        const fit = Math.floor(zeroLargestModel({ stage, gpus }).params);
        expect(
          zeroModelStates({ stage, params: fit, dpDegree: gpus }).bytesPerGpu,
        ).toBeLessThanOrEqual(32e9 * slack);
      }),
    );
  });
});

describe('DeepSpeed estimators', () => {
  it('print 11.28 GiB today where the documentation still shows 15.93', () => {
    const t5 = { totalParams: 2851e6, numGpusPerNode: 8, cpuOffload: false };
    expect((deepspeedZero2Estimator(t5).gpuBytes / 2 ** 30).toFixed(2)).toBe('11.28');
    const old = deepspeedZero2Estimator({ ...t5, rule: 'before-0.14.3' });
    expect((old.gpuBytes / 2 ** 30).toFixed(2)).toBe('15.93');
  });

  it('offload everything, and load under zero.Init, unless told otherwise', () => {
    const two = { totalParams: 1e9, numGpusPerNode: 8 };
    expect(deepspeedZero2Estimator(two)).toEqual(
      deepspeedZero2Estimator({ ...two, cpuOffload: true, additionalBufferFactor: 1.5 }),
    );
    const three = { ...two, largestLayerParams: 1e8 };
    expect(deepspeedZero3Estimator(three)).toEqual(
      deepspeedZero3Estimator({
        ...three,
        cpuOffload: true,
        cpuOffloadParams: true,
        zeroInit: true,
      }),
    );
    expect(deepspeedZero3Estimator(three)).toEqual({
      cpuBytes: 1e9 * 18 * 1.5,
      gpuBytes: 4e8,
      largestLayerBytes: 4e8,
    });
  });

  it('ignore parameter offload while the optimizer stays on the GPU', () => {
    const shape = {
      totalParams: 7e9,
      largestLayerParams: 1e8,
      numGpusPerNode: 8,
      cpuOffload: false,
    };
    expect(deepspeedZero3Estimator({ ...shape, cpuOffloadParams: true })).toEqual(
      deepspeedZero3Estimator({ ...shape, cpuOffloadParams: false }),
    );
  });

  it('refuse a layer larger than the model', () => {
    expect(() => deepspeedZero3Estimator({ totalParams: 10, largestLayerParams: 11 })).toThrow(
      /largestLayerParams/,
    );
  });
});

describe('bytesPerParameter', () => {
  it('lies between the divided-by-nothing and the whole part', () => {
    const names = Object.keys(CONVENTIONS) as Convention[];
    fc.assert(
      fc.property(fc.constantFrom(...names), dpDegree, (convention, dpDegree) => {
        const { whole, divided } = CONVENTIONS[convention];
        const bytes = bytesPerParameter({ convention, dpDegree });
        expect(bytes).toBeGreaterThanOrEqual(whole);
        expect(bytes).toBeLessThanOrEqual(whole + divided);
      }),
    );
  });
});

describe('zeroPaperActivations', () => {
  it('counts 12 h b s L elements, or one checkpoint per layer, two bytes each', () => {
    expect(zeroPaperActivations({ h: 2, b: 3, s: 5, l: 7 })).toEqual({
      elements: 2520,
      checkpointElements: 210,
      bytes: 5040,
      checkpointBytes: 420,
    });
  });
});

describe('cookbookMemory', () => {
  it('divides by tensor and pipeline parallelism together what the stage does not shard', () => {
    const input = { layers: 4, hidden: 64, heads: 4, s: 128, vocab: 1000, numGpus: 64 };
    const of = (tp: number, pp: number) => cookbookMemory({ ...input, zeroStage: 1, tp, pp });
    const { totalParams } = of(1, 1);
    expect(of(2, 4)).toMatchObject({
      weightsBytes: (2 * totalParams) / 8,
      gradientBytes: (4 * totalParams) / 8,
      optimizerBytes: (12 * totalParams) / 64,
    });
  });
});

describe('Megatron’s report', () => {
  const model = { layers: 32, hidden: 4096, ffnHidden: 14336, paddedVocab: 128256 };
  it('counts 18 bytes per parameter without the distributed optimizer', () => {
    const weights = megatronWeightAndOptimizerMemory({ ...model, ...llama, heads: 32, dp: 8 });
    expect(weights.bytesOnFullestRank).toBe(18 * weights.totalParams);
  });

  it('grows with the batch, and divides the logits by tensor parallelism', () => {
    const at = (b: number, tp: number) => megatronActivationMemory({ ...model, s: 1024, b, tp });
    expect(at(4, 1).spSelectiveBytes).toBe(4 * at(1, 1).spSelectiveBytes);
    expect(at(4, 1).noSpBytes).toBeCloseTo(4 * at(1, 1).noSpBytes, 0);
    const layers = 1024 * 4096 * (10 + 24 / 8) * 32;
    const ends = 1024 * (8 + 4096) + 2 * 1024 * (128256 / 8 + 4096);
    expect(at(1, 8).noSpBytes).toBeCloseTo(1.05 * (layers + ends), 0);
  });

  it('fills one stage with one micro-batch, however many there are', () => {
    const one = { ...model, s: 1024, b: 1, pp: 1 };
    expect(megatronActivationMemory({ ...one, numMicrobatches: 8 })).toEqual(
      megatronActivationMemory(one),
    );
  });
});

describe('activationPerLayer', () => {
  const layer = { s: 2048, b: 2, h: 1024, a: 16 } as const;
  it('takes for its percentage the paper’s t = 8 only for one undivided GPU', () => {
    const of = (technique: 'none' | 'tp', t: number) =>
      activationPerLayer({ technique, ...layer, t });
    const tp = (t: number) => of('tp', t).bytesPerLayer;
    expect(of('none', 1).percentOfTpBaseline).toBe((100 * tp(1)) / tp(8));
    expect(of('none', 4)).toEqual({
      bytesPerLayer: tp(1),
      percentOfTpBaseline: (100 * tp(1)) / tp(4),
    });
    expect(of('tp', 1).percentOfTpBaseline).toBe(100);
  });

  it('never grows when a technique is added', () => {
    const small = fc.integer({ min: 1, max: 64 });
    fc.assert(
      fc.property(small, small, small, fc.integer({ min: 1, max: 16 }), (s, h, a, t) => {
        const of = (technique: never) =>
          activationPerLayer({ technique, s, b: 1, h, a, t }).bytesPerLayer;
        const order = ['none', 'tp', 'tp+sp', 'tp+sp+selective'] as never[];
        const bytes = order.map(of);
        for (let i = 1; i < bytes.length; i += 1) {
          expect(bytes[i]).toBeLessThanOrEqual((bytes[i - 1] as number) * slack);
        }
      }),
    );
  });
});

describe('parameterCount', () => {
  // Totals as the published checkpoints hold them.
  const published: [string, number, ModelConfig][] = [
    [
      'GPT-2 small: biases, learned positions, tied',
      124_439_808,
      { layers: 12, hidden: 768, heads: 12, vocab: 50257, learnedPositions: 1024, biases: 'all' },
    ],
    [
      'Llama 2 7B: SwiGLU',
      6_738_415_616,
      { ...llama, layers: 32, hidden: 4096, heads: 32, ffnHidden: 11008, vocab: 32000 },
    ],
    [
      'Llama 2 70B: GQA',
      68_976_648_192,
      {
        ...llama,
        layers: 80,
        hidden: 8192,
        heads: 64,
        queryGroups: 8,
        ffnHidden: 28672,
        vocab: 32000,
      },
    ],
    [
      'Llama 3 8B',
      8_030_261_248,
      {
        ...llama,
        layers: 32,
        hidden: 4096,
        heads: 32,
        queryGroups: 8,
        ffnHidden: 14336,
        vocab: 128256,
      },
    ],
    [
      'Qwen2.5 7B: biases on q, k, v',
      7_615_616_512,
      {
        ...llama,
        layers: 28,
        hidden: 3584,
        heads: 28,
        queryGroups: 4,
        ffnHidden: 18944,
        vocab: 152064,
        biases: 'qkv',
      },
    ],
    [
      'Qwen3 0.6B: tied, wide heads, normed queries and keys',
      596_049_920,
      {
        ...llama,
        untiedEmbeddings: false,
        layers: 28,
        hidden: 1024,
        heads: 16,
        queryGroups: 8,
        headDim: 128,
        ffnHidden: 3072,
        vocab: 151936,
        qkNorm: true,
      },
    ],
    [
      'Mixtral 8x7B: MoE',
      46_702_792_704,
      {
        ...llama,
        layers: 32,
        hidden: 4096,
        heads: 32,
        queryGroups: 8,
        ffnHidden: 14336,
        vocab: 32000,
        moe: { experts: 8, activeExperts: 2 },
      },
    ],
    [
      'Qwen3 30B-A3B: narrow experts',
      30_532_122_624,
      {
        ...llama,
        layers: 48,
        hidden: 2048,
        heads: 32,
        queryGroups: 4,
        headDim: 128,
        vocab: 151936,
        qkNorm: true,
        moe: { experts: 128, activeExperts: 8, expertFfnHidden: 768 },
      },
    ],
    [
      // Without the module that predicts further tokens, as arXiv:2412.19437 counts its 671B.
      'DeepSeek-V3: latent attention, shared expert, dense layers, router bias',
      671_026_419_200,
      {
        ...llama,
        layers: 61,
        hidden: 7168,
        heads: 128,
        ffnHidden: 18432,
        vocab: 129280,
        latent: {
          queryRank: 1536,
          keyValueRank: 512,
          plainHeadDim: 128,
          rotaryHeadDim: 64,
          valueHeadDim: 128,
        },
        moe: {
          experts: 256,
          activeExperts: 8,
          expertFfnHidden: 2048,
          sharedFfnHidden: 2048,
          denseLayers: 3,
          routerBias: true,
        },
      },
    ],
  ];
  it('names the largest layer, which is what stage 3 gathers', () => {
    const of = (name: string) =>
      parameterCount((published.find(([one]) => one === name) as (typeof published)[0])[2]);
    // Attention 41,943,040, MLP 176,160,768 and two norms of 4096.
    expect(of('Llama 3 8B').largestLayer).toBe(218_112_000);
    // The same attention, eight such MLPs, a router of 8 × 4096.
    expect(of('Mixtral 8x7B: MoE').largestLayer).toBe(
      41_943_040 + 8 * 176_160_768 + 8 * 4096 + 2 * 4096,
    );
    const gpt2 = of('GPT-2 small: biases, learned positions, tied');
    expect(gpt2.largestLayer).toBe((gpt2.attention + gpt2.mlp) / 12 + 4 * 768);
  });

  describe('of mixtures with dense layers', () => {
    // Matrices of a dense MLP hold 2 · 4 · 16, of an expert 2 · 4 · 2, a router 4 per expert.
    const config: ModelConfig = { layers: 3, hidden: 4, heads: 1, vocab: 8, ffnHidden: 16 };
    const of = (moe: Partial<NonNullable<ModelConfig['moe']>>) =>
      parameterCount({
        ...config,
        moe: { experts: 4, activeExperts: 2, expertFfnHidden: 2, ...moe },
      });
    const [dense, expert, router] = [128, 16, 16];

    it.each([
      ['experts in every layer', {}, 3 * (router + 4 * expert), 3 * (router + 2 * expert), 12],
      [
        'one dense layer',
        { denseLayers: 1 },
        dense + 2 * (router + 4 * expert),
        dense + 2 * (router + 2 * expert),
        8,
      ],
      ['dense layers alone', { denseLayers: 3 }, 3 * dense, 3 * dense, 0],
      [
        'a shared expert and biases that steer the load',
        { sharedFfnHidden: 1, routerBias: true },
        3 * (router + 4 + 8 + 4 * expert),
        3 * (router + 4 + 8 + 2 * expert),
        12,
      ],
    ])('%s', (_, moe, mlp, active, experts) => {
      const count = of(moe);
      expect(count.mlp).toBe(mlp);
      expect(count.total - count.active).toBe(mlp - active);
      expect(count.experts).toBe(experts * expert);
    });

    it('the largest layer is a dense one or one of experts', () => {
      const around = 4 * 4 * 4 + 2 * 2 * 4;
      const largest = (moe: Parameters<typeof of>[0]) => of(moe).largestLayer - around;
      expect(largest({})).toBe(router + 4 * expert);
      expect(largest({ denseLayers: 1 })).toBe(dense);
      expect(largest({ denseLayers: 3 })).toBe(dense);
      expect(largest({ denseLayers: 1, expertFfnHidden: 16 })).toBe(router + 4 * dense);
      expect(largest({ denseLayers: 3, expertFfnHidden: 16 })).toBe(dense);
    });

    it('a shared expert of no width has no biases either', () => {
      const biased = parameterCount({
        ...config,
        biases: 'all',
        moe: { experts: 1, activeExperts: 1 },
      });
      expect(biased.mlp).toBe(3 * (dense + 16 + 4 + 4));
    });
  });

  it.each(published)('%s', (_, total, config) => {
    const count = parameterCount(config);
    expect(count.total).toBe(total);
    expect(count.embeddings + count.attention + count.mlp + count.norms).toBe(total);
  });

  it('counts the parameters a token visits in an MoE', () => {
    const mixtral = (
      published.find(([name]) => name.startsWith('Mixtral')) as (typeof published)[0]
    )[2];
    expect(parameterCount(mixtral).active).toBe(12_879_925_248);
    const dense = (published[1] as (typeof published)[0])[2];
    expect(parameterCount(dense).active).toBe(parameterCount(dense).total);
  });

  it('is Equation 2 of arXiv:2104.04473 plus the last layernorm', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 128 }),
        fc.integer({ min: 1, max: 200 }),
        (layers, heads) => {
          const h = 64 * heads;
          const [vocab, s] = [51200, 2048];
          const count = parameterCount({
            layers,
            hidden: h,
            heads,
            vocab,
            learnedPositions: s,
            biases: 'all',
          });
          expect(count.total).toBe(12 * layers * h * h + 13 * layers * h + (vocab + s) * h + 2 * h);
        },
      ),
    );
  });

  it('agrees with Megatron where both count the same things', () => {
    const shape = { layers: 32, hidden: 4096, heads: 32, queryGroups: 8, ffnHidden: 14336 };
    const megatron = megatronWeightAndOptimizerMemory({ ...shape, ...llama, paddedVocab: 128256 });
    expect(parameterCount({ ...shape, ...llama, vocab: 128256 }).total).toBe(megatron.totalParams);
  });

  it('refuses heads that do not divide the hidden size', () => {
    expect(() => parameterCount({ layers: 1, hidden: 100, heads: 3, vocab: 10 })).toThrow(
      /headDim/,
    );
  });
});
