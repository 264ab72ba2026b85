import { type ModelConfig, type ModelShape, parameterCount } from '~/engines/memory/index.ts';

const llama: Pick<ModelConfig, 'swiglu' | 'norm' | 'untiedEmbeddings'> = {
  swiglu: true,
  norm: 'RMSNorm',
  untiedEmbeddings: true,
};
const llama70b: ModelConfig = {
  ...llama,
  layers: 80,
  hidden: 8192,
  heads: 64,
  queryGroups: 8,
  ffnHidden: 28672,
  vocab: 32000,
};
const gpt: Pick<ModelConfig, 'vocab' | 'biases'> = { vocab: 50257, biases: 'all' };

export interface Source {
  /** An id of content/references.json. */
  ref: string;
  at: string;
}

export interface Preset {
  name: string;
  config: ModelConfig;
  /** Counted instead of what the configuration gives: the source states this number and no shape. */
  params?: number;
}

/**
 * Published configurations. The ZeRO paper gives no shape for its 7.5B model: activations and gathered
 * layers take that of the 7.5B row of arXiv:2104.04473, Table 1. Totals leave out DeepSeek-V3's module for
 * predicting further tokens, as its paper does.
 */
export const PRESETS = {
  'zero-7.5b': {
    name: 'ZeRO paper 7.5B',
    params: 7.5e9,
    config: {
      layers: 36,
      hidden: 4096,
      heads: 32,
      vocab: 51200,
      learnedPositions: 2048,
      biases: 'all',
    },
  },
  'gpt2-1.5b': {
    name: 'GPT-2 1.5B',
    config: { ...gpt, layers: 48, hidden: 1600, heads: 25, learnedPositions: 1024 },
  },
  'llama2-7b': {
    name: 'Llama 2 7B',
    config: { ...llama, layers: 32, hidden: 4096, heads: 32, ffnHidden: 11008, vocab: 32000 },
  },
  'llama2-70b': {
    name: 'Llama 2 70B',
    config: llama70b,
  },
  'llama3-8b': {
    name: 'Llama 3 8B',
    config: {
      ...llama,
      layers: 32,
      hidden: 4096,
      heads: 32,
      queryGroups: 8,
      ffnHidden: 14336,
      vocab: 128256,
    },
  },
  'llama3-70b': {
    name: 'Llama 3 70B',
    config: { ...llama70b, vocab: 128256 },
  },
  'qwen2.5-7b': {
    name: 'Qwen2.5 7B',
    config: {
      ...llama,
      layers: 28,
      hidden: 3584,
      heads: 28,
      queryGroups: 4,
      ffnHidden: 18944,
      vocab: 152064,
      biases: 'qkv',
    },
  },
  'qwen2.5-72b': {
    name: 'Qwen2.5 72B',
    config: { ...llama70b, ffnHidden: 29568, vocab: 152064, biases: 'qkv' },
  },
  'mixtral-8x7b': {
    name: 'Mixtral 8x7B',
    config: {
      ...llama,
      layers: 32,
      hidden: 4096,
      heads: 32,
      queryGroups: 8,
      ffnHidden: 14336,
      vocab: 32000,
      moe: { experts: 8, activeExperts: 2 },
    },
  },
  'gpt3-175b': {
    name: 'GPT-3 175B',
    config: { ...gpt, layers: 96, hidden: 12288, heads: 96, learnedPositions: 2048 },
  },
  'llama3-405b': {
    name: 'Llama 3.1 405B',
    config: {
      ...llama,
      layers: 126,
      hidden: 16384,
      heads: 128,
      queryGroups: 8,
      ffnHidden: 53248,
      vocab: 128256,
    },
  },
  'gpt-1t': {
    name: 'Megatron GPT 1T',
    config: {
      layers: 128,
      hidden: 25600,
      heads: 160,
      vocab: 51200,
      learnedPositions: 2048,
      biases: 'all',
    },
  },
  'deepseek-v3': {
    name: 'DeepSeek-V3 671B',
    config: {
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
  },
} as const satisfies Record<string, Preset>;

export type PresetId = keyof typeof PRESETS;
export const PRESET_IDS = Object.keys(PRESETS) as PresetId[];

/**
 * Where each stands, and its parameters as published: the checkpoint's exact number, or the paper's rounded one.
 * For tests and readers of this file: no lab prints it, so no lab ships it.
 */
export const PRESET_SOURCES: Readonly<Record<PresetId, { published: number; source: Source }>> = {
  'zero-7.5b': { published: 7.5e9, source: { ref: 'arxiv-1910.02054', at: 'Figure 1' } },
  'gpt2-1.5b': {
    published: 1_557_611_200,
    source: { ref: 'huggingface-gpt2-xl', at: 'config.json' },
  },
  'llama2-7b': {
    published: 6_738_415_616,
    source: { ref: 'github-meta-llama-llama-models', at: 'models/sku_list.py' },
  },
  'llama2-70b': {
    published: 68_976_648_192,
    source: { ref: 'github-meta-llama-llama-models', at: 'models/sku_list.py' },
  },
  'llama3-8b': {
    published: 8_030_261_248,
    source: { ref: 'github-meta-llama-llama-models', at: 'models/sku_list.py' },
  },
  'llama3-70b': {
    published: 70_553_706_496,
    source: { ref: 'github-meta-llama-llama-models', at: 'models/sku_list.py' },
  },
  'qwen2.5-7b': {
    published: 7_615_616_512,
    source: { ref: 'huggingface-qwen2.5-7b', at: 'config.json' },
  },
  'qwen2.5-72b': {
    published: 72_706_203_648,
    source: { ref: 'huggingface-qwen2.5-72b', at: 'config.json' },
  },
  'mixtral-8x7b': { published: 46_702_792_704, source: { ref: 'arxiv-2401.04088', at: 'Table 1' } },
  'gpt3-175b': { published: 175e9, source: { ref: 'arxiv-2005.14165', at: 'Table 2.1' } },
  'llama3-405b': { published: 405e9, source: { ref: 'arxiv-2407.21783', at: 'Table 3' } },
  'gpt-1t': { published: 1008e9, source: { ref: 'arxiv-2104.04473', at: 'Table 1' } },
  'deepseek-v3': {
    published: 671e9,
    source: { ref: 'github-deepseek-ai-deepseek-v3', at: 'inference/configs/config_671B.json' },
  },
};

export interface Model {
  params: number;
  /** Absent when only a number of parameters is known: then no activations or gathered layers are counted. */
  shape?: ModelShape;
  /** Share of the parameters in the layers' matrices, which Muon updates; biases are counted in. */
  matrixShare: number;
}

/**
 * What `trainingPlan` needs to know of a model: `params` (of the configuration, or `stated` instead) and `shape`.
 *
 * @throws RangeError | TypeError naming the field of the configuration
 */
export function modelOf(config: ModelConfig, stated?: number): Model & { shape: ModelShape } {
  const count = parameterCount(config);
  const params = stated ?? count.total;
  const { layers, hidden, heads, vocab, moe } = config;
  const dense = moe === undefined || (moe.denseLayers ?? 0) > 0;
  const widths = [vocab, moe?.sharedFfnHidden ?? 0];
  if (dense) widths.push(config.ffnHidden ?? 4 * hidden);
  if (moe !== undefined) widths.push(moe.expertFfnHidden ?? config.ffnHidden ?? 4 * hidden);
  return {
    params,
    matrixShare: (count.attention + count.mlp) / count.total,
    shape: {
      layers,
      hidden,
      heads,
      vocab,
      embeddings: count.embeddings,
      tables: config.untiedEmbeddings ? 2 : 1,
      largestModule: Math.max(...widths) * hidden,
      layerParameters: count.largestLayer,
    },
  };
}
