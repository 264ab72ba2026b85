import {
  breakEvenTokens,
  type TrainedModel,
  trainingFlops,
} from '../../engines/scaling-laws/index.ts';
import { params as counted, scientific } from '../../format/number.ts';
import type { Drill } from './drill.ts';

interface Params {
  small: TrainedModel;
  large: TrainedModel;
}

const LARGE = [34e9, 40e9, 70e9, 100e9, 130e9];
const SMALL = [7e9, 8e9, 13e9, 14e9, 20e9];
const PER_PARAMETER = 20;
const TENTH_OF_A_TRILLION = 1e11;

/** Served tokens after which a smaller model that was trained for longer has cost less in all. */
const drill: Drill<Params> = {
  // Llama 3 8B against Chinchilla 70B, as if both were good enough for the task.
  example: {
    small: { parameters: 8e9, trainingTokens: 15e12 },
    large: { parameters: 70e9, trainingTokens: 1.4e12 },
  },

  // The larger one compute-optimal, the smaller one 1.2 to 3 times as dear to train.
  draw(random) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const large = pick(LARGE);
    const small = pick(SMALL);
    const dearer = 1.2 + random() * 1.8;
    const tokens = (dearer * PER_PARAMETER * large * large) / small;
    return {
      small: {
        parameters: small,
        trainingTokens: Math.ceil(tokens / TENTH_OF_A_TRILLION) * TENTH_OF_A_TRILLION,
      },
      large: { parameters: large, trainingTokens: PER_PARAMETER * large },
    };
  },

  solve({ small, large }) {
    const bill = ({ parameters, trainingTokens }: TrainedModel): number =>
      trainingFlops({ parameters, tokens: trainingTokens });
    const tokens = breakEvenTokens({ small, large });
    return {
      value: tokens,
      unit: 'tokens',
      tolerance: 0.03,
      shown: {
        small: counted(small.parameters),
        smallTokens: counted(small.trainingTokens),
        large: counted(large.parameters),
        largeTokens: counted(large.trainingTokens),
        smallTraining: scientific(bill(small)),
        largeTraining: scientific(bill(large)),
        extra: scientific(bill(small) - bill(large)),
        saved: scientific(2 * (large.parameters - small.parameters)),
        tokens: counted(tokens, 2),
      },
    };
  },
};

export default drill;
