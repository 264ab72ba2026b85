import { finiteNumber, integer } from '../arguments.ts';
import type { Policy } from './policy.ts';

export interface MegatronParams {
  readonly initialScale: number;
  readonly minScale: number;
  readonly growthFactor: number;
  readonly backoffFactor: number;
  readonly growthInterval: number;
  readonly hysteresis: number;
}

export interface MegatronState {
  readonly scale: number;
  readonly growthTracker: number;
  /** Falls with every overflow, below zero too. Only a growth refills it, whatever the docstring says. */
  readonly hysteresisTracker: number;
}

/** DynamicGradScaler. NVIDIA/Megatron-LM megatron/core/optimizer/grad_scaler.py. */
export const megatron: Policy<MegatronParams, MegatronState> = {
  defaults: {
    initialScale: 2 ** 32,
    minScale: 1,
    growthFactor: 2,
    backoffFactor: 0.5,
    growthInterval: 1000,
    hysteresis: 2,
  },

  start(params) {
    finiteNumber('initialScale', params.initialScale, Number.MIN_VALUE);
    finiteNumber('minScale', params.minScale, Number.MIN_VALUE, params.initialScale);
    finiteNumber('growthFactor', params.growthFactor, 1 + Number.EPSILON);
    finiteNumber('backoffFactor', params.backoffFactor, Number.MIN_VALUE, 1 - Number.EPSILON / 2);
    integer('growthInterval', params.growthInterval, 1);
    integer('hysteresis', params.hysteresis, 1);
    return {
      scale: Math.fround(params.initialScale),
      growthTracker: 0,
      hysteresisTracker: params.hysteresis,
    };
  },

  step(params, state, foundInf) {
    if (foundInf) {
      const hysteresisTracker = state.hysteresisTracker - 1;
      const scale = hysteresisTracker <= 0 ? lowered(params, state.scale) : state.scale;
      return { scale, growthTracker: 0, hysteresisTracker };
    }
    const growthTracker = state.growthTracker + 1;
    if (growthTracker < params.growthInterval) return { ...state, growthTracker };
    return {
      scale: fp32Product(state.scale, params.growthFactor),
      growthTracker: 0,
      hysteresisTracker: params.hysteresis,
    };
  },
};

const lowered = ({ backoffFactor, minScale }: MegatronParams, scale: number): number =>
  Math.max(fp32Product(scale, backoffFactor), Math.fround(minScale));

/** Scale and factors are all FP32 tensors here. */
const fp32Product = (a: number, b: number): number => Math.fround(a * Math.fround(b));
