import { finiteNumber } from '../arguments.ts';
import { type Fraction, reduced } from './fraction.ts';
import { checkedRounds, type PipelineShape } from './shape.ts';

export interface Bubble {
  /** Idle time over ideal compute time, (p−1)/(v·m): the definition of the Megatron-LM papers. */
  bubbleOverIdeal: Fraction;
  /** Idle time over iteration time, (p−1)/(v·m + p − 1): the definition of the GPipe paper. */
  bubbleOverTotal: Fraction;
  /** `bubbleOverIdeal` as a number. */
  overIdeal: number;
  /** `bubbleOverTotal` as a number. */
  overTotal: number;
  /** Unit: the forward pass of one micro-batch through one whole stage. */
  iterationTime: number;
}

/**
 * The idle share of a pipeline, without communication time.
 *
 * GPipe and 1F1B idle equally long; they differ in memory. Interleaving divides the bubble by v and
 * needs m to be a multiple of p. `backward` is the time of a backward pass in forward passes (2 when
 * nothing is recomputed); it scales the iteration time and leaves both fractions alone.
 * Throws a RangeError for other values.
 *
 * Source: arXiv 2104.04473 §2.2; arXiv 1811.06965 §2.3.
 */
export function pipelineBubble(input: PipelineShape & { backward?: number }): Bubble {
  const { p, m, v } = checkedRounds(input);
  const backward = finiteNumber('backward', input.backward ?? 2);
  const idle = p - 1;
  return {
    bubbleOverIdeal: reduced(idle, v * m),
    bubbleOverTotal: reduced(idle, v * m + idle),
    overIdeal: idle / (v * m),
    overTotal: idle / (v * m + idle),
    iterationTime: ((v * m + idle) * (1 + backward)) / v,
  };
}
