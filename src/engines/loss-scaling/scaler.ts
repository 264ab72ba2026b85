import { boolean, oneOf } from '../arguments.ts';
import { apex } from './apex.ts';
import { deepspeed, deepspeedFp16Optimizer } from './deepspeed.ts';
import { keras3, tfKeras2 } from './keras.ts';
import { megatron } from './megatron.ts';
import type { Policy, ScalerState } from './policy.ts';
import { pytorch } from './pytorch.ts';
import { staticScale } from './static.ts';

const POLICIES = {
  static: staticScale,
  pytorch,
  deepspeed,
  apex,
  megatron,
  deepspeed_fp16_optimizer: deepspeedFp16Optimizer,
  keras3,
  tf_keras2: tfKeras2,
} as const;

type Policies = typeof POLICIES;
export type PolicyName = keyof Policies;
export type ParamsOf<N extends PolicyName> = Policies[N]['defaults'];
export type StateOf<N extends PolicyName> = ReturnType<Policies[N]['start']>;

export const POLICY_NAMES = Object.freeze(Object.keys(POLICIES) as PolicyName[]);

/** Each framework's defaults: DEFAULTS.megatron.initialScale is 2^32. */
export const DEFAULTS = Object.freeze(
  Object.fromEntries(POLICY_NAMES.map((name) => [name, Object.freeze(POLICIES[name].defaults)])),
) as { readonly [N in PolicyName]: ParamsOf<N> };

/** A running scaler: its state can be read from it under the frameworks' names (`growthTracker`, `curHysteresis`, …). */
export type Scaler<N extends PolicyName = PolicyName> = Readonly<StateOf<N>> & {
  readonly policy: N;
  readonly params: ParamsOf<N>;
  /** Tells the scaler whether this step's gradients held an inf or NaN; returns the scale of the next step. */
  update(foundInf: boolean): number;
};

/**
 * A loss scaler that follows the named framework to the letter. `params` overrides its defaults.
 *
 * @throws RangeError for an unknown policy or a value out of range, TypeError for a parameter the policy
 *   does not have; `update` throws MinScaleError where the framework ends the run (DeepSpeed with ZeRO).
 * @example
 * const scaler = createScaler('deepspeed');
 * scaler.update(true); // 65536: the first overflow is absorbed
 * scaler.update(true); // 32768
 */
export function createScaler<N extends PolicyName>(
  policy: N,
  params: Partial<ParamsOf<N>> = {},
): Scaler<N> {
  oneOf('policy', policy, POLICY_NAMES);
  // Each policy is consistent in itself; the table only hides which one this is.
  const rules = POLICIES[policy] as unknown as Policy<object, ScalerState>;
  const complete = { ...rules.defaults, ...known(policy, rules.defaults, params) };
  let state = rules.start(complete);

  const scaler = {
    policy,
    params: Object.freeze(complete),
    update(foundInf: boolean): number {
      state = rules.step(complete, state, boolean('foundInf', foundInf));
      return state.scale;
    },
  };
  for (const key of Object.keys(state) as (keyof ScalerState)[]) {
    Object.defineProperty(scaler, key, { enumerable: true, get: () => state[key] });
  }
  return scaler as unknown as Scaler<N>;
}

/** The given parameters, without the undefined ones; an unknown name is a mistake worth stopping for. */
function known(policy: PolicyName, defaults: object, params: object): object {
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!(name in defaults)) {
      const allowed = Object.keys(defaults).join(', ');
      throw new TypeError(
        `${name} (${value}) is not a parameter of ${policy}, which has ${allowed}`,
      );
    }
  }
  return Object.fromEntries(given);
}
