import { integer } from '../arguments.ts';
import { MinScaleError } from './policy.ts';
import { createScaler, type ParamsOf, type PolicyName } from './scaler.ts';

/** '0' for a clean step and '1' for an overflow, one character per step; or the overflowing steps and their number. */
export type Overflows = string | { readonly at: readonly number[]; readonly steps: number };

export interface Replay {
  /** The scale step 0 uses. */
  readonly initialScale: number;
  /** The scale after each step, that is, the one the next step uses. Ends before a step that raised. */
  readonly scales: readonly number[];
  readonly finalScale: number;
  /** Optimizer steps not made: all overflows, also those that left the scale alone. */
  readonly skipped: number;
  readonly lowered: number;
  readonly raised: number;
  /** The 0-based step at which the framework ended the run, or null. */
  readonly errorAt: number | null;
}

/**
 * Runs a scaler over a recorded pattern of overflows.
 *
 * @throws RangeError or TypeError for a wrong policy, parameter or pattern. A MinScaleError is not thrown
 *   on but reported as `errorAt`.
 * @example replay({ policy: 'deepspeed', overflows: { at: [0, 500], steps: 501 } }).finalScale // 32768
 */
export function replay<N extends PolicyName>(input: {
  readonly policy: N;
  readonly params?: Partial<ParamsOf<N>>;
  readonly overflows: Overflows;
}): Replay {
  const pattern = flags(input.overflows);
  const scaler = createScaler(input.policy, input.params);
  const initialScale = scaler.scale;
  const scales: number[] = [];
  let skipped = 0;
  let lowered = 0;
  let raised = 0;
  let errorAt: number | null = null;
  for (const [step, foundInf] of pattern.entries()) {
    const before = scaler.scale;
    try {
      scaler.update(foundInf);
    } catch (error) {
      if (!(error instanceof MinScaleError)) throw error;
      errorAt = step;
      break;
    }
    if (foundInf) skipped += 1;
    if (scaler.scale < before) lowered += 1;
    if (scaler.scale > before) raised += 1;
    scales.push(scaler.scale);
  }
  return { initialScale, scales, finalScale: scaler.scale, skipped, lowered, raised, errorAt };
}

function flags(overflows: Overflows): boolean[] {
  if (typeof overflows === 'string') {
    if (!/^[01]*$/.test(overflows)) {
      throw new RangeError(
        `overflows must be a string of 0 and 1, got ${JSON.stringify(overflows)}`,
      );
    }
    return Array.from(overflows, (flag) => flag === '1');
  }
  const steps = integer('overflows.steps', overflows.steps, 0, 1e6);
  const pattern = new Array<boolean>(steps).fill(false);
  for (const step of overflows.at) pattern[integer('overflows.at', step, 0, steps - 1)] = true;
  return pattern;
}
