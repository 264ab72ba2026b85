import { describe, expect, it } from 'vitest';
import {
  accelerateTrainingUsage,
  accumulatedTraffic,
  activationFirstStageTotal,
  activationPerLayer,
  bytesPerParameter,
  cookbookMemory,
  deepspeedZero2Estimator,
  deepspeedZero3Estimator,
  fewestGpusForPlan,
  largestModelForPlan,
  megatronActivationMemory,
  megatronDistributedOptimizerBytesPerParam,
  megatronWeightAndOptimizerMemory,
  optimizerBytes,
  type PlanInput,
  parameterCount,
  placedMemory,
  selectiveRecomputeOverhead,
  stateBytes,
  trainingPlan,
  zeroCommunication,
  zeroFewestGpus,
  zeroLargestModel,
  zeroModelStates,
  zeroPaperActivations,
  zeroPlusPlus,
  zeroStep,
} from '../../../src/engines/memory/index.ts';
import { refuses } from './refusals.ts';

const STAGE = 'one of 0, 1, 2, 3';
const COUNT = 'an integer ≥ 1';
const BYTES = 'a finite number ≥ 0';
const ACCOUNT =
  'one of zero-paper, fp32-gradients, two-gradients, deepspeed, deepspeed-docs, megatron, fsdp2';
const TECHNIQUE = 'one of none, tp, tp+sp, tp+selective, tp+sp+selective, full';

const plan: PlanInput = {
  account: 'zero-paper',
  stage: 3,
  params: 7e9,
  gpus: 16,
  pp: 2,
  shape: {
    layers: 32,
    hidden: 4096,
    heads: 32,
    vocab: 32_000,
    embeddings: 2 * 32_000 * 4096,
    tables: 2,
    largestModule: 32_000 * 4096,
    layerParameters: 2e8,
  },
  activations: { microBatch: 1, sequence: 4096, recomputation: 'none', sequenceParallel: false },
};
const layer = { technique: 'tp', s: 2048, b: 1, h: 1024, a: 16, t: 8 } as const;
const model = { layers: 12, hidden: 768, heads: 12, vocab: 50_257 };

describe('zeroModelStates', () =>
  refuses(
    zeroModelStates,
    { stage: 1, params: 1e9, dpDegree: 8 },
    {
      stage: STAGE,
      params: COUNT,
      dpDegree: COUNT,
      'k?': BYTES,
      'parameterBytes?': BYTES,
      'gradientBytes?': BYTES,
    },
  ));
describe('zeroCommunication', () =>
  refuses(
    zeroCommunication,
    { stage: 1, params: 1e9, dpDegree: 8 },
    { stage: STAGE, params: COUNT, dpDegree: COUNT },
  ));
describe('accumulatedTraffic', () =>
  refuses(
    accumulatedTraffic,
    { stage: 1, params: 1e9, accumulationSteps: 8 },
    {
      stage: STAGE,
      params: COUNT,
      accumulationSteps: COUNT,
      'reduction?': 'one of reduce-scatter, all-reduce',
    },
  ));
describe('zeroPlusPlus', () =>
  refuses(zeroPlusPlus, { params: 1e9 }, { params: COUNT, 'gpusPerNode?': COUNT }));
describe('zeroLargestModel', () =>
  refuses(
    zeroLargestModel,
    { stage: 1, gpus: 64 },
    {
      stage: STAGE,
      gpus: COUNT,
      'mp?': COUNT,
      'memoryBytes?': BYTES,
      'k?': BYTES,
    },
  ));
describe('zeroFewestGpus', () =>
  refuses(
    zeroFewestGpus,
    { stage: 1, params: 1e9, memoryBytes: 32e9 },
    { stage: STAGE, params: COUNT, memoryBytes: COUNT, 'k?': BYTES },
  ));
describe('zeroStep', () =>
  refuses(
    zeroStep,
    { stage: 1, params: 1e9, dpDegree: 8 },
    {
      stage: STAGE,
      params: COUNT,
      dpDegree: COUNT,
      'blocks?': 'an integer from 1 to 128',
      'k?': BYTES,
      'parameterBytes?': BYTES,
      'gradientBytes?': BYTES,
      'activationBytes?': BYTES,
    },
  ));

describe('stateBytes', () =>
  refuses(
    stateBytes,
    { account: 'fsdp2', stage: 3, k: 12 },
    { account: ACCOUNT, stage: STAGE, k: BYTES },
  ));
describe('trainingPlan', () =>
  refuses(trainingPlan, plan, {
    account: ACCOUNT,
    stage: STAGE,
    params: COUNT,
    gpus: COUNT,
    'gpusPerNode?': COUNT,
    'tp?': COUNT,
    'pp?': COUNT,
    'k?': BYTES,
    'offloadOptimizer?': 'one of none, cpu, nvme',
    'offloadParameters?': 'one of none, cpu, nvme',
    'secondaryPartition?': COUNT,
    'buckets?': 'true or false',
    'shape.layers': COUNT,
    'activations.microBatch': COUNT,
    'activations.sequence': COUNT,
    'activations.recomputation': 'one of none, selective, full',
    'activations.sequenceParallel': 'true or false',
  }));
describe('solvers of a plan', () => {
  type Asked = PlanInput & { memoryBytes: number };
  for (const solve of [fewestGpusForPlan, largestModelForPlan]) {
    describe(solve.name, () =>
      refuses(
        ({ memoryBytes, ...input }: Asked) => solve(input, memoryBytes),
        {
          ...plan,
          memoryBytes: 80e9,
        },
        { memoryBytes: 'a finite number ≥ 1' },
      ),
    );
  }
});
describe('placedMemory', () =>
  refuses(
    placedMemory,
    {
      account: 'megatron',
      stage: 1,
      params: 7e9,
      shape: plan.shape as NonNullable<PlanInput['shape']>,
      tp: 2,
      cp: 1,
      dp: 4,
      pp: 2,
      ep: 1,
      microbatches: 8,
    },
    { tp: COUNT, cp: COUNT, dp: COUNT, pp: COUNT, ep: COUNT, microbatches: COUNT },
  ));

describe('activationPerLayer', () =>
  refuses(activationPerLayer, layer, {
    technique: TECHNIQUE,
    s: COUNT,
    b: COUNT,
    h: COUNT,
    a: COUNT,
    t: COUNT,
    'baselineT?': COUNT,
  }));
describe('activationFirstStageTotal', () => {
  refuses(
    activationFirstStageTotal,
    { ...layer, L: 24, p: 4 },
    {
      'model?': 'one of 22B, 175B (GPT-3), 530B (MT-NLG), 1T',
      technique: TECHNIQUE,
      L: COUNT,
      p: COUNT,
      'v?': COUNT,
      s: COUNT,
      b: COUNT,
      h: COUNT,
      a: COUNT,
      t: COUNT,
    },
  );
});
describe('zeroPaperActivations', () =>
  refuses(
    zeroPaperActivations,
    { h: 1600, b: 32, s: 1024, l: 48 },
    { h: COUNT, b: COUNT, s: COUNT, l: COUNT },
  ));
describe('selectiveRecomputeOverhead', () =>
  refuses(
    selectiveRecomputeOverhead,
    { s: 2048, h: 1024, l: 24, vocab: 51_200 },
    { s: COUNT, h: COUNT, l: COUNT, vocab: BYTES },
  ));

describe('bytesPerParameter', () =>
  refuses(
    bytesPerParameter,
    { convention: 'zero-paper-1' },
    {
      convention:
        'one of zero-paper-0, zero-paper-1, zero-paper-2, zero-paper-3, deepspeed-zero2, deepspeed-zero2-before-0.14.3, deepspeed-zero3, megatron-bf16-fp32-gradients, megatron-fp16-fp16-gradients, megatron-fp32, ultrascale-playbook, ultrascale-playbook-fp32-accumulation',
      'dpDegree?': COUNT,
    },
  ));
describe('cookbookMemory', () =>
  refuses(
    cookbookMemory,
    { layers: 24, hidden: 2048, heads: 16, s: 2048, vocab: 50_304, zeroStage: 1, numGpus: 8 },
    {
      layers: COUNT,
      hidden: COUNT,
      heads: COUNT,
      s: COUNT,
      vocab: COUNT,
      zeroStage: STAGE,
      numGpus: COUNT,
      'tp?': COUNT,
      'pp?': COUNT,
    },
  ));
describe('accelerateTrainingUsage', () =>
  refuses(
    accelerateTrainingUsage,
    { fp32ModelBytes: 1e9, dtype: 'float16' },
    { fp32ModelBytes: BYTES, dtype: 'one of float32, float16, bfloat16' },
  ));
describe('deepspeedZero2Estimator', () =>
  refuses(
    deepspeedZero2Estimator,
    { totalParams: 1e9 },
    {
      totalParams: COUNT,
      'numGpusPerNode?': COUNT,
      'numNodes?': COUNT,
      'cpuOffload?': 'true or false',
      'additionalBufferFactor?': BYTES,
      'rule?': 'one of current, before-0.14.3',
    },
  ));
describe('deepspeedZero3Estimator', () =>
  refuses(
    deepspeedZero3Estimator,
    { totalParams: 1000, largestLayerParams: 100 },
    {
      totalParams: COUNT,
      largestLayerParams: 'an integer from 0 to 1000',
      'cpuOffloadParams?': 'true or false',
      'zeroInit?': 'true or false',
    },
  ));
describe('megatronWeightAndOptimizerMemory', () =>
  refuses(
    megatronWeightAndOptimizerMemory,
    {
      layers: 32,
      hidden: 4096,
      heads: 32,
      ffnHidden: 11_008,
      paddedVocab: 32_000,
      swiglu: true,
      norm: 'RMSNorm',
      untiedEmbeddings: true,
    },
    {
      layers: COUNT,
      hidden: COUNT,
      heads: COUNT,
      'queryGroups?': 'an integer from 1 to 32',
      ffnHidden: COUNT,
      paddedVocab: COUNT,
      swiglu: 'true or false',
      norm: 'one of LayerNorm, RMSNorm',
      untiedEmbeddings: 'true or false',
      'tp?': COUNT,
      'pp?': COUNT,
      'dp?': COUNT,
      'distributedOptimizer?': 'true or false',
    },
  ));
describe('megatronDistributedOptimizerBytesPerParam', () =>
  refuses(
    megatronDistributedOptimizerBytesPerParam,
    { dtypes: 'bf16 params, fp32 grads', d: 8 },
    { d: COUNT },
  ));
describe('megatronActivationMemory', () =>
  refuses(
    megatronActivationMemory,
    { layers: 32, hidden: 4096, s: 4096, b: 1, paddedVocab: 32_000 },
    {
      layers: COUNT,
      hidden: COUNT,
      s: COUNT,
      b: COUNT,
      paddedVocab: COUNT,
      'ffnHidden?': COUNT,
      'tp?': COUNT,
      'pp?': COUNT,
      'virtualChunks?': COUNT,
      'numMicrobatches?': COUNT,
    },
  ));
describe('optimizerBytes', () =>
  refuses(
    optimizerBytes,
    { optimizer: 'adam' },
    {
      optimizer: 'one of adam, adam-8bit, sgd-momentum, sgd, muon, adafactor',
      'matrixShare?': 'a finite number from 0 to 1',
      'masterBytes?': BYTES,
    },
  ));
describe('parameterCount', () => {
  refuses(parameterCount, model, {
    layers: COUNT,
    hidden: COUNT,
    heads: COUNT,
    'queryGroups?': 'an integer from 1 to 12',
    'headDim?': COUNT,
    'ffnHidden?': COUNT,
    vocab: COUNT,
    'swiglu?': 'true or false',
    'norm?': 'one of LayerNorm, RMSNorm',
    'untiedEmbeddings?': 'true or false',
    'learnedPositions?': 'an integer ≥ 0',
    'biases?': 'one of none, qkv, all',
    'qkNorm?': 'true or false',
  });
  describe('latent attention and experts', () =>
    refuses(
      parameterCount,
      {
        ...model,
        latent: {
          queryRank: 96,
          keyValueRank: 32,
          plainHeadDim: 64,
          rotaryHeadDim: 32,
          valueHeadDim: 64,
        },
        moe: { experts: 8, activeExperts: 2 },
      },
      {
        'latent.queryRank': COUNT,
        'latent.keyValueRank': COUNT,
        'latent.plainHeadDim': COUNT,
        'latent.rotaryHeadDim': 'an integer ≥ 0',
        'latent.valueHeadDim': COUNT,
        'moe.experts': COUNT,
        'moe.activeExperts': 'an integer from 1 to 8',
        'moe.expertFfnHidden?': COUNT,
        'moe.sharedFfnHidden?': 'an integer ≥ 0',
        'moe.denseLayers?': 'an integer from 0 to 12',
        'moe.routerBias?': 'true or false',
      },
    ));
});

describe('arguments that go together', () => {
  it('names both where one must divide the other', () => {
    expect(() => zeroLargestModel({ stage: 1, gpus: 64, mp: 3 })).toThrow(
      new RangeError('mp must divide gpus = 64, got 3'),
    );
    expect(() => trainingPlan({ ...plan, gpus: 12, tp: 4, pp: 2 })).toThrow(
      new RangeError('tp × pp must divide gpus (12), got 4 × 2'),
    );
  });

  it('names the data types that Megatron’s table has', () => {
    expect(() =>
      megatronDistributedOptimizerBytesPerParam({ dtypes: 'fp8' as never, d: 8 }),
    ).toThrow(
      new RangeError(
        'dtypes must be one of fp16 params, fp16 grads, bf16 params, fp32 grads, fp32 params, fp32 grads, got "fp8"',
      ),
    );
  });
});
