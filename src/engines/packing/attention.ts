import { integer } from '../arguments.ts';

export interface AttentionCost {
  /** Pairs (query, key) that a causal mask over the whole window allows. */
  causal: number;
  /** Of these, pairs inside one example: what a block-diagonal mask allows. */
  within: number;
  /** Pairs whose query sees a key of another example. */
  across: number;
}

/**
 * Who sees whom in a packed window.
 *
 * @param pieces tokens of each example in the window, in order
 * @throws RangeError if a count is not an integer ≥ 1.
 */
export function attentionCost(pieces: readonly number[]): AttentionCost {
  pieces.forEach((tokens, index) => {
    integer(`pieces[${index}]`, tokens, 1);
  });
  const triangle = (tokens: number): number => (tokens * (tokens + 1)) / 2;
  const causal = triangle(pieces.reduce((sum, tokens) => sum + tokens, 0));
  const within = pieces.reduce((sum, tokens) => sum + triangle(tokens), 0);
  return { causal, within, across: causal - within };
}

/**
 * Position ids of a packed window: from 0 in each example, or running on through the window.
 *
 * @throws as {@link attentionCost}.
 */
export function positionIds(pieces: readonly number[], restart: boolean): number[] {
  pieces.forEach((tokens, index) => {
    integer(`pieces[${index}]`, tokens, 1);
  });
  const ids = pieces.flatMap((tokens) => Array.from({ length: tokens }, (_, place) => place));
  return restart ? ids : ids.map((_, place) => place);
}
