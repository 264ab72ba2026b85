import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accumulatedTraffic,
  activationPerLayer,
  bytesPerParameter,
  CONVENTIONS,
  type Convention,
  deepspeedZero2Estimator,
  deepspeedZero3Estimator,
  type ModelConfig,
  megatronWeightAndOptimizerMemory,
  parameterCount,
  STAGES,
  zeroCommunication,
  zeroFewestGpus,
  zeroLargestModel,
  zeroModelStates,
  zeroPlusPlus,
} from '../../../src/engines/memory/index.ts';

const params = fc.integer({ min: 1, max: 2_000_000_000_000 });
const dpDegree = fc.integer({ min: 1, max: 4096 });
const k = fc.constantFrom(0, 4, 8, 12, 16);
const stage = fc.constantFrom(...STAGES);
// Sums of three rounded doubles may differ from one product in the last bits.
const slack = 1 + 1e-12;

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

describe('activationPerLayer', () => {
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
  const llama = { swiglu: true, norm: 'RMSNorm', untiedEmbeddings: true } as const;
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
  ];
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
