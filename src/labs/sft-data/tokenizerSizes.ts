export type TokenizerName = 'qwen2.5' | 'deepseek-v3';

/** Bytes of a tokenizer's file as it is parsed, and as a host that compresses sends it. */
export const SIZES: Readonly<Record<TokenizerName, { bytes: number; sent: number }>> = {
  'qwen2.5': { bytes: 7_031_645, sent: 2.0e6 },
  'deepseek-v3': { bytes: 7_847_652, sent: 2.0e6 },
};
