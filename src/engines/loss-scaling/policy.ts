/** What every loss-scaling policy is made of: defaults, a start state, and one step. */

/** The framework raises here and training ends: DeepSpeed, on an overflow at the smallest scale. */
export class MinScaleError extends Error {
  readonly minScale: number;

  constructor(minScale: number) {
    super(`loss scale is already at its minimum (${minScale}) and the gradients overflowed again`);
    this.name = 'MinScaleError';
    this.minScale = minScale;
  }
}

/** The scale and the framework's own counters, all plain numbers. */
export interface ScalerState {
  readonly scale: number;
}

export interface Policy<P extends object, S extends ScalerState> {
  /** The framework's defaults; their keys are the only parameter names allowed. */
  readonly defaults: Readonly<P>;
  /** Checks the parameters and gives the state before step 0. */
  start(params: Readonly<P>): S;
  /**
   * The state after one training step. Pure. Whatever it does to the scale, the optimizer step is
   * skipped exactly when `foundInf` is true.
   * @throws MinScaleError where the framework raises.
   */
  step(params: Readonly<P>, state: S, foundInf: boolean): S;
}
