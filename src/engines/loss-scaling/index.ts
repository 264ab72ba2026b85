/** Loss scaling as the frameworks do it, step by step, and what a scale does to gradients. */
export { MinScaleError } from './policy.ts';
export { type Overflows, type Replay, replay } from './replay.ts';
export {
  createScaler,
  DEFAULTS,
  type ParamsOf,
  POLICY_NAMES,
  type PolicyName,
  type Scaler,
  type StateOf,
} from './scaler.ts';
export { gradientWindow, smallestScale } from './window.ts';
