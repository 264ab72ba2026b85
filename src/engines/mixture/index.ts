/** What a data mixture looks like in tokens when its recipe is written in examples. */
import { finiteNumber } from '../arguments.ts';

/**
 * Shares of tokens by source. `examples` are shares or counts of examples (any common unit),
 * `tokensPerExample` the mean tokens of one example; both in the same order.
 *
 * @returns `shares` that sum to 1 and `tokensPerExample`, the mixture's mean.
 * @throws TypeError if an argument is not a list; RangeError if the lists are empty or differ in
 * length, a value is negative, or no source holds a token.
 */
export function tokenShares(input: {
  examples: readonly number[];
  tokensPerExample: readonly number[];
}): { shares: number[]; tokensPerExample: number } {
  const { examples, tokensPerExample } = input;
  if (!Array.isArray(examples)) throw new TypeError(`examples must be a list, got ${examples}`);
  if (!Array.isArray(tokensPerExample)) {
    throw new TypeError(`tokensPerExample must be a list, got ${tokensPerExample}`);
  }
  if (examples.length === 0 || examples.length !== tokensPerExample.length) {
    throw new RangeError(
      `examples and tokensPerExample must be lists of one length ≥ 1, got ${examples.length} and ${tokensPerExample.length}`,
    );
  }
  const tokens = examples.map(
    (count, source) =>
      finiteNumber(`examples[${source}]`, count) *
      finiteNumber(`tokensPerExample[${source}]`, tokensPerExample[source]),
  );
  const totalTokens = tokens.reduce((sum, value) => sum + value, 0);
  if (!(totalTokens > 0)) {
    throw new RangeError(`examples must hold at least one token in all, got ${totalTokens}`);
  }
  const totalExamples = examples.reduce((sum, value) => sum + value, 0);
  return {
    shares: tokens.map((value) => value / totalTokens),
    tokensPerExample: totalTokens / totalExamples,
  };
}
