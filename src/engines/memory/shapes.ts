/** A transformer's outer dimensions, in the letters of arXiv:2205.05198. */
export interface Shape {
  /** Sequence length in tokens. */
  s: number;
  /** Sequences per micro-batch. */
  b: number;
  /** Hidden size. */
  h: number;
  /** Attention heads. */
  a: number;
  /** Tensor-parallel size. */
  t: number;
  /** Layers. */
  l: number;
}

/** The four models of arXiv:2205.05198 Table 3, all with tensor parallelism 8. */
export const PAPER_MODELS: Readonly<Record<string, Shape>> = {
  '22B': { s: 2048, b: 4, h: 6144, a: 64, t: 8, l: 48 },
  '175B (GPT-3)': { s: 2048, b: 1, h: 12288, a: 96, t: 8, l: 96 },
  '530B (MT-NLG)': { s: 2048, b: 1, h: 20480, a: 128, t: 8, l: 105 },
  '1T': { s: 2048, b: 1, h: 25600, a: 160, t: 8, l: 128 },
};

/** MLP widths that are not four times the hidden size, by model: `intermediate_size` of each config. */
export const FFN_HIDDEN: Readonly<Record<string, number>> = {
  'llama2-7B': 11008,
  'llama2-13B': 13824,
  'llama2-70B': 28672,
  'llama3-8B': 14336,
  'llama3-70B': 28672,
};
