import { boolean, finiteNumber, integer } from '../arguments.ts';
import { MinScaleError, type Policy } from './policy.ts';

export interface DeepspeedParams {
  /** 2 ** fp16.initial_scale_power */
  readonly initScale: number;
  /** fp16.loss_scale_window */
  readonly scaleWindow: number;
  /** fp16.min_loss_scale */
  readonly minScale: number;
  /** fp16.hysteresis, `delayed_shift` in the code: the overflow that halves, counted from the last growth. */
  readonly hysteresis: number;
  /** fp16.consecutive_hysteresis: every clean step gives the credit back. */
  readonly consecutiveHysteresis: boolean;
  /** A constructor default that the configuration does not reach. */
  readonly raiseErrorAtMinScale: boolean;
}

export interface DeepspeedState {
  readonly scale: number;
  readonly curIter: number;
  readonly lastOverflowIter: number;
  readonly curHysteresis: number;
}

/** DynamicLossScaler of the ZeRO optimizers. deepspeedai/DeepSpeed deepspeed/runtime/fp16/loss_scaler.py. */
export const deepspeed: Policy<DeepspeedParams, DeepspeedState> = {
  defaults: {
    initScale: 2 ** 16,
    scaleWindow: 1000,
    minScale: 1,
    hysteresis: 2,
    consecutiveHysteresis: false,
    raiseErrorAtMinScale: true,
  },

  start(params) {
    finiteNumber('initScale', params.initScale, Number.MIN_VALUE);
    integer('scaleWindow', params.scaleWindow, 1);
    finiteNumber('minScale', params.minScale, Number.MIN_VALUE);
    integer('hysteresis', params.hysteresis, 1);
    boolean('consecutiveHysteresis', params.consecutiveHysteresis);
    boolean('raiseErrorAtMinScale', params.raiseErrorAtMinScale);
    return {
      scale: params.initScale,
      curIter: 0,
      lastOverflowIter: -1,
      curHysteresis: params.hysteresis,
    };
  },

  step(params, state, foundInf) {
    const curIter = state.curIter + 1;
    if (foundInf) {
      const lastOverflowIter = state.curIter;
      if (state.curHysteresis > 1) {
        return { ...state, curIter, lastOverflowIter, curHysteresis: state.curHysteresis - 1 };
      }
      if (state.scale === params.minScale && params.raiseErrorAtMinScale) {
        throw new MinScaleError(params.minScale);
      }
      const scale = Math.max(state.scale / 2, params.minScale);
      return { ...state, scale, curIter, lastOverflowIter };
    }
    // One less than the clean steps in a row: the first growth takes scaleWindow + 1 of them.
    const stable = state.curIter - state.lastOverflowIter - 1;
    const grows = stable > 0 && stable % params.scaleWindow === 0;
    const refilled = grows || params.consecutiveHysteresis;
    return {
      ...state,
      curIter,
      scale: grows ? state.scale * 2 : state.scale,
      curHysteresis: refilled ? params.hysteresis : state.curHysteresis,
    };
  },
};

export interface DeepspeedFp16OptimizerParams {
  readonly initScale: number;
  readonly scaleWindow: number;
  readonly minScale: number;
}

/**
 * FP16_Optimizer, what DeepSpeed uses without ZeRO (stage 0): the same window arithmetic, but no
 * hysteresis and no exception. deepspeed/runtime/fp16/fused_optimizer.py.
 */
export const deepspeedFp16Optimizer: Policy<DeepspeedFp16OptimizerParams, DeepspeedState> = {
  defaults: { initScale: 2 ** 16, scaleWindow: 1000, minScale: 1 },
  start: (params) => deepspeed.start(asZero(params)),
  step: (params, state, foundInf) => deepspeed.step(asZero(params), state, foundInf),
};

const asZero = (params: DeepspeedFp16OptimizerParams): DeepspeedParams => ({
  ...params,
  hysteresis: 1,
  consecutiveHysteresis: false,
  raiseErrorAtMinScale: false,
});
