import { computeOptimal } from '../../engines/scaling-laws/index.ts';
import { params as counted, scientific } from '../../format/number.ts';
import type { Drill } from './drill.ts';

interface Params {
  /** Training budget in FLOPs. */
  flops: number;
}

/** Compute-optimal training tokens for a budget, by C = 6ND and D = 20N. */
const drill: Drill<Params> = {
  // Gopher's budget, which trained Chinchilla: 70B parameters on 1.4T tokens (arXiv:2203.15556 §4).
  example: { flops: 5.76e23 },

  // From a 1B-sized run to a frontier one; two digits so that the root can be taken by hand.
  draw(random) {
    const mantissa = 10 + Math.floor(random() * 90);
    const exponent = 19 + Math.floor(random() * 6);
    return { flops: mantissa * 10 ** exponent };
  },

  solve({ flops }) {
    const { parameters, tokens } = computeOptimal({ flops, law: 'twenty-tokens' });
    return {
      value: tokens,
      unit: 'tokens',
      // Room for a root taken in the head.
      tolerance: 0.03,
      shown: {
        flops: scientific(flops),
        quotient: scientific(flops / 120),
        parameters: counted(parameters),
        tokens: counted(tokens, 2),
      },
    };
  },
};

export default drill;
