import { boolean, integer, oneOf } from '../arguments.ts';

export interface ExpertConfig {
  /** Routed experts per MoE layer. */
  experts: number;
  /** Routed experts each token visits. */
  activeExperts: number;
  /** MLP width of one routed expert; `ffnHidden` unless given. */
  expertFfnHidden?: number;
  /** Width of the always-active shared expert(s) taken together; 0 without. */
  sharedFfnHidden?: number;
  /** Layers that keep a dense MLP of width `ffnHidden`. */
  denseLayers?: number;
  /** One bias per routed expert that steers the load (DeepSeek-V3). */
  routerBias?: boolean;
}

/** Multi-head latent attention: queries, keys and values are low-rank, positions have columns of their own. */
export interface LatentAttention {
  queryRank: number;
  keyValueRank: number;
  /** Columns of a query or key head without and with rotary positions; the latter one head shares for keys. */
  plainHeadDim: number;
  rotaryHeadDim: number;
  valueHeadDim: number;
}

export interface ModelConfig {
  layers: number;
  hidden: number;
  heads: number;
  /** Key/value heads (GQA); `heads` without. */
  queryGroups?: number;
  /** hidden / heads unless given. */
  headDim?: number;
  /** MLP width; 4 × hidden unless given. */
  ffnHidden?: number;
  vocab: number;
  /** Gated MLP with three matrices instead of two. */
  swiglu?: boolean;
  /** LayerNorm has a weight and a bias, RMSNorm a weight. */
  norm?: 'LayerNorm' | 'RMSNorm';
  /** A separate output matrix; tied embeddings count the table once. */
  untiedEmbeddings?: boolean;
  /** Length of a learned position table, 0 for rotary or none. */
  learnedPositions?: number;
  /** `all` linear layers (GPT-2), the `qkv` projections alone (Qwen2.5) or `none` (Llama). */
  biases?: 'none' | 'qkv' | 'all';
  /** Norm weights on queries and keys, one head wide (Qwen3). */
  qkNorm?: boolean;
  /** Replaces `queryGroups`, `headDim` and `qkNorm`. */
  latent?: LatentAttention;
  moe?: ExpertConfig;
}

export interface ParameterCount {
  total: number;
  /** Parameters one token's forward pass touches, embedding tables included; equals total without MoE. */
  active: number;
  embeddings: number;
  attention: number;
  mlp: number;
  norms: number;
  /** In routed experts; part of `mlp`. 0 without MoE. */
  experts: number;
  /** The largest transformer layer: attention, MLP with all experts, two norms. */
  largestLayer: number;
}

/**
 * Parameters of a decoder from its configuration.
 * GPT with biases and learned positions gives arXiv:2104.04473 Equation 2 plus the last layernorm's 2h.
 *
 * @example parameterCount({ layers: 32, hidden: 4096, heads: 32, ffnHidden: 11008, vocab: 32000,
 *   swiglu: true, norm: 'RMSNorm', untiedEmbeddings: true }).total // 6738415616, Llama 2 7B
 */
export function parameterCount(config: ModelConfig): ParameterCount {
  const layers = integer('layers', config.layers, 1);
  const hidden = integer('hidden', config.hidden, 1);
  const heads = integer('heads', config.heads, 1);
  const groups = integer('queryGroups', config.queryGroups ?? heads, 1, heads);
  const headDim = integer('headDim', config.headDim ?? hidden / heads, 1);
  const ffn = integer('ffnHidden', config.ffnHidden ?? 4 * hidden, 1);
  const vocab = integer('vocab', config.vocab, 1);
  const swiglu = boolean('swiglu', config.swiglu ?? false);
  const norm = oneOf('norm', config.norm ?? 'LayerNorm', ['LayerNorm', 'RMSNorm']);
  const untied = boolean('untiedEmbeddings', config.untiedEmbeddings ?? false);
  const positions = integer('learnedPositions', config.learnedPositions ?? 0);
  const biases = oneOf('biases', config.biases ?? 'none', ['none', 'qkv', 'all']);
  const qkNorm = boolean('qkNorm', config.qkNorm ?? false);

  const attentionPerLayer =
    config.latent === undefined
      ? attentionOf({ hidden, heads, groups, headDim, biases, qkNorm })
      : latentAttentionOf(config.latent, hidden, heads);

  const matrices = swiglu ? 3 : 2;
  const mlpOf = (width: number): number =>
    matrices * hidden * width + (biases === 'all' ? (matrices - 1) * width + hidden : 0);
  const {
    total: mlp,
    active: activeMlp,
    routed,
    largest,
  } = mlpTotals(config.moe, layers, hidden, ffn, mlpOf);

  const normWidth = (norm === 'LayerNorm' ? 2 : 1) * hidden;
  const norms = (2 * layers + 1) * normWidth;
  const embeddings = ((untied ? 2 : 1) * vocab + positions) * hidden;
  const attention = layers * attentionPerLayer;
  const shared = embeddings + attention + norms;
  return {
    total: shared + mlp,
    active: shared + activeMlp,
    embeddings,
    attention,
    mlp,
    norms,
    experts: routed,
    largestLayer: attentionPerLayer + largest + 2 * normWidth,
  };
}

function attentionOf(input: {
  hidden: number;
  heads: number;
  groups: number;
  headDim: number;
  biases: 'none' | 'qkv' | 'all';
  qkNorm: boolean;
}): number {
  const { hidden, heads, groups, headDim, biases, qkNorm } = input;
  const qkvWidth = (heads + 2 * groups) * headDim;
  return (
    hidden * (qkvWidth + heads * headDim) +
    (biases === 'none' ? 0 : qkvWidth) +
    (biases === 'all' ? hidden : 0) +
    (qkNorm ? 2 * headDim : 0)
  );
}

/** Down and up projections with an RMSNorm on each latent, and the output matrix. arXiv:2412.19437 §2.1.1. */
function latentAttentionOf(latent: LatentAttention, hidden: number, heads: number): number {
  const queryRank = integer('latent.queryRank', latent.queryRank, 1);
  const keyValueRank = integer('latent.keyValueRank', latent.keyValueRank, 1);
  const plain = integer('latent.plainHeadDim', latent.plainHeadDim, 1);
  const rotary = integer('latent.rotaryHeadDim', latent.rotaryHeadDim);
  const value = integer('latent.valueHeadDim', latent.valueHeadDim, 1);
  const queries = hidden * queryRank + queryRank + queryRank * heads * (plain + rotary);
  const keysAndValues =
    hidden * (keyValueRank + rotary) + keyValueRank + keyValueRank * heads * (plain + value);
  return queries + keysAndValues + heads * value * hidden;
}

function mlpTotals(
  moe: ExpertConfig | undefined,
  layers: number,
  hidden: number,
  ffn: number,
  mlpOf: (width: number) => number,
): { total: number; active: number; routed: number; largest: number } {
  const dense = mlpOf(ffn);
  if (moe === undefined) {
    return { total: layers * dense, active: layers * dense, routed: 0, largest: dense };
  }
  const experts = integer('moe.experts', moe.experts, 1);
  const activeExperts = integer('moe.activeExperts', moe.activeExperts, 1, experts);
  const expert = mlpOf(integer('moe.expertFfnHidden', moe.expertFfnHidden ?? ffn, 1));
  const sharedWidth = integer('moe.sharedFfnHidden', moe.sharedFfnHidden ?? 0);
  const denseLayers = integer('moe.denseLayers', moe.denseLayers ?? 0, 0, layers);
  const router =
    hidden * experts + (boolean('moe.routerBias', moe.routerBias ?? false) ? experts : 0);
  const always = (sharedWidth === 0 ? 0 : mlpOf(sharedWidth)) + router;
  const sparse = always + experts * expert;
  const sparseLayers = layers - denseLayers;
  return {
    total: denseLayers * dense + sparseLayers * sparse,
    active: denseLayers * dense + sparseLayers * (always + activeExperts * expert),
    routed: sparseLayers * experts * expert,
    largest: Math.max(denseLayers > 0 ? dense : 0, sparseLayers > 0 ? sparse : 0),
  };
}
