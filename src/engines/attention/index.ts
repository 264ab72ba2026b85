/** Which position may attend to which, under the mask of each Transformer family. */
import { integer, oneOf } from '../arguments.ts';

export const MASKS = ['encoder', 'decoder', 'prefix', 'encoder-decoder'] as const;
export type MaskName = (typeof MASKS)[number];

/**
 * What a position may do with another: nothing, read back (or itself), read ahead, or read the
 * encoder's output through cross-attention.
 */
export type MaskCell = 'none' | 'back' | 'ahead' | 'cross';

export interface MaskShape {
  mask: MaskName;
  /** Positions in all; for `encoder-decoder` input and output together. */
  length: number;
  /** Of these, the input that is read in both directions: `prefix` and `encoder-decoder` only. */
  input?: number;
}

/**
 * The mask row by row: cell [i][j] says how position i may read position j (arXiv:1910.10683 §3.2.1,
 * Figures 3 and 4). Under `encoder-decoder` the first `input` rows are the encoder's self-attention,
 * the others the decoder's self-attention and cross-attention. Throws RangeError for a length below
 * 1, an input outside 1 to length, or an unknown mask.
 */
export function attentionMask(shape: MaskShape): MaskCell[][] {
  const { mask, length, input } = checked(shape);
  const cell = (i: number, j: number): MaskCell => {
    if (mask === 'encoder-decoder' && i >= input && j < input) return 'cross';
    if (j <= i) return 'back';
    return j < input ? 'ahead' : 'none';
  };
  return Array.from({ length }, (_, i) => Array.from({ length }, (_, j) => cell(i, j)));
}

/**
 * How many pairs of positions the mask lets through, cross-attention included: n² for an encoder,
 * n(n+1)/2 for a decoder, and p(p−1)/2 more where an input of p is read in both directions.
 */
export function attendedPairs(shape: MaskShape): number {
  const { length, input } = checked(shape);
  return (length * (length + 1)) / 2 + (input * (input - 1)) / 2;
}

/** An encoder reads all of it in both directions, a decoder one position, itself. */
function checked({ mask, length, input }: MaskShape): Required<MaskShape> {
  const name = oneOf('mask', mask, MASKS);
  const positions = integer('length', length, 1);
  const known: Partial<Record<MaskName, number>> = { encoder: positions, decoder: 1 };
  return {
    mask: name,
    length: positions,
    input: known[name] ?? integer('input', input, 1, positions),
  };
}
