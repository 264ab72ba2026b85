import { finiteNumber, integer } from '../arguments.ts';
import type { Policy } from './policy.ts';

export interface PytorchParams {
  readonly initScale: number;
  readonly growthFactor: number;
  readonly backoffFactor: number;
  /** Clean steps in a row before the scale grows. */
  readonly growthInterval: number;
}

export interface PytorchState {
  readonly scale: number;
  readonly growthTracker: number;
}

/**
 * torch.amp.GradScaler. No hysteresis, no floor, no ceiling but FP32's own: a growth to infinity is not made.
 * pytorch/pytorch torch/amp/grad_scaler.py; aten/src/ATen/native/cpu/AmpGradScalerKernels.cpp.
 */
export const pytorch: Policy<PytorchParams, PytorchState> = {
  defaults: { initScale: 2 ** 16, growthFactor: 2, backoffFactor: 0.5, growthInterval: 2000 },

  start({ initScale, growthFactor, backoffFactor, growthInterval }) {
    finiteNumber('initScale', initScale, Number.MIN_VALUE);
    finiteNumber('growthFactor', growthFactor, 1 + Number.EPSILON);
    finiteNumber('backoffFactor', backoffFactor, Number.MIN_VALUE, 1 - Number.EPSILON / 2);
    integer('growthInterval', growthInterval, 1);
    return { scale: Math.fround(initScale), growthTracker: 0 };
  },

  step({ growthFactor, backoffFactor, growthInterval }, { scale, growthTracker }, foundInf) {
    // The scale is an FP32 tensor, the factors are doubles: one product in double, one rounding.
    if (foundInf) return { scale: Math.fround(scale * backoffFactor), growthTracker: 0 };
    if (growthTracker + 1 < growthInterval) return { scale, growthTracker: growthTracker + 1 };
    const grown = Math.fround(scale * growthFactor);
    return { scale: Number.isFinite(grown) ? grown : scale, growthTracker: 0 };
  },
};
