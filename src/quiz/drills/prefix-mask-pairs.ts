import { attendedPairs } from '../../engines/attention/index.ts';
import { decimal } from '../../format/number.ts';
import type { Drill } from './drill.ts';

interface Params {
  /** Tokens in all. */
  length: number;
  /** Of these, the prefix. */
  input: number;
}

const LENGTHS = [100, 200, 400, 500, 800, 1000, 2000, 4000];
const SHARES = [0.1, 0.2, 0.25, 0.4, 0.5, 0.75];

/** Pairs under a causal mask whose prefix is read in both directions. */
const drill: Drill<Params> = {
  // The input and target lengths T5 was trained with at most: 512 and 512 (arXiv:1910.10683 §3.1.2).
  example: { length: 1024, input: 512 },

  draw(random) {
    const pick = (from: readonly number[]): number =>
      from[Math.floor(random() * from.length)] as number;
    const length = pick(LENGTHS);
    return { length, input: length * pick(SHARES) };
  },

  solve({ length, input }) {
    const causal = attendedPairs({ mask: 'decoder', length });
    const pairs = attendedPairs({ mask: 'prefix', length, input });
    return {
      value: pairs,
      unit: 'count',
      // Room for n²/2 in place of n(n + 1)/2.
      tolerance: 0.01,
      shown: {
        length: decimal(length, 0),
        input: decimal(input, 0),
        causal: decimal(causal, 0),
        ahead: decimal(pairs - causal, 0),
        pairs: decimal(pairs, 0),
        all: decimal(attendedPairs({ mask: 'encoder', length }), 0),
      },
    };
  },
};

export default drill;
