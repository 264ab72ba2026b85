import { finiteNumber, integer } from '../arguments.ts';
import type { Policy } from './policy.ts';

export interface KerasParams {
  readonly initialScale: number;
  readonly dynamicGrowthSteps: number;
}

export interface Keras3State {
  readonly scale: number;
  readonly stepCounter: number;
}

export interface TfKeras2State {
  readonly scale: number;
  readonly goodSteps: number;
}

const defaults: KerasParams = { initialScale: 2 ** 15, dynamicGrowthSteps: 2000 };

function check({ initialScale, dynamicGrowthSteps }: KerasParams): void {
  finiteNumber('initialScale', initialScale, Number.MIN_VALUE);
  integer('dynamicGrowthSteps', dynamicGrowthSteps, 1);
}

/** LossScaleOptimizer of Keras 3: no floor. keras/src/optimizers/loss_scale_optimizer.py. */
export const keras3: Policy<KerasParams, Keras3State> = {
  defaults,
  start(params) {
    check(params);
    return { scale: params.initialScale, stepCounter: 0 };
  },
  step({ dynamicGrowthSteps }, { scale, stepCounter }, foundInf) {
    if (foundInf) return { scale: scale / 2, stepCounter: 0 };
    if (stepCounter + 1 < dynamicGrowthSteps) return { scale, stepCounter: stepCounter + 1 };
    return { scale: scale * 2, stepCounter: 0 };
  },
};

/** LossScaleOptimizer of TF-Keras 2: never below 1, never to infinity. tf_keras/mixed_precision/loss_scale_optimizer.py. */
export const tfKeras2: Policy<KerasParams, TfKeras2State> = {
  defaults,
  start(params) {
    check(params);
    return { scale: params.initialScale, goodSteps: 0 };
  },
  step({ dynamicGrowthSteps }, { scale, goodSteps }, foundInf) {
    if (foundInf) return { scale: Math.max(scale / 2, 1), goodSteps: 0 };
    if (goodSteps + 1 < dynamicGrowthSteps) return { scale, goodSteps: goodSteps + 1 };
    // The variable is FP32.
    const grown = Math.fround(scale * 2);
    return { scale: Number.isFinite(grown) ? grown : scale, goodSteps: 0 };
  },
};
