/** The scalers that are compared, and their parameters under the names the frameworks give them. */
import {
  createScaler,
  DEFAULTS,
  type ParamsOf,
  type PolicyName,
} from '~/engines/loss-scaling/index.ts';

export const SHOWN = [
  'pytorch',
  'deepspeed',
  'apex',
  'megatron',
  'static',
] as const satisfies readonly PolicyName[];
export type Shown = (typeof SHOWN)[number];

export type AllParams = { readonly [N in Shown]: ParamsOf<N> };
export type Value = number | boolean | null;

/**
 * What a parameter can be: a scale, an optional one, the exponent of one, a factor above or below 1,
 * a number of steps, a small count, on or off.
 */
export type Kind = 'scale' | 'scaleOrNone' | 'power' | 'up' | 'down' | 'steps' | 'few' | 'flag';

export interface Param {
  /** Its name in the engine. */
  readonly name: string;
  /** Its name in the framework. */
  readonly own: string;
  /** Its key in the address. */
  readonly key: string;
  readonly kind: Kind;
}

const param = (key: string, name: string, own: string, kind: Kind): Param => ({
  key,
  name,
  own,
  kind,
});

export const SCALERS: Readonly<Record<Shown, { title: string; params: readonly Param[] }>> = {
  pytorch: {
    title: 'PyTorch GradScaler',
    params: [
      param('pi', 'initScale', 'init_scale', 'scale'),
      param('pg', 'growthFactor', 'growth_factor', 'up'),
      param('pb', 'backoffFactor', 'backoff_factor', 'down'),
      param('pw', 'growthInterval', 'growth_interval', 'steps'),
    ],
  },
  deepspeed: {
    title: 'DeepSpeed (ZeRO)',
    params: [
      param('di', 'initScale', 'initial_scale_power', 'power'),
      param('dw', 'scaleWindow', 'loss_scale_window', 'steps'),
      param('dh', 'hysteresis', 'hysteresis', 'few'),
      param('dc', 'consecutiveHysteresis', 'consecutive_hysteresis', 'flag'),
      param('dm', 'minScale', 'min_loss_scale', 'scale'),
    ],
  },
  apex: {
    title: 'Apex amp',
    params: [
      param('ai', 'initScale', 'init_scale', 'scale'),
      param('aw', 'scaleWindow', 'scale_window', 'steps'),
      param('am', 'minLossScale', 'min_loss_scale', 'scaleOrNone'),
      param('ax', 'maxLossScale', 'max_loss_scale', 'scale'),
    ],
  },
  megatron: {
    title: 'Megatron-LM',
    params: [
      param('mi', 'initialScale', '--initial-loss-scale', 'scale'),
      param('mw', 'growthInterval', '--loss-scale-window', 'steps'),
      param('mh', 'hysteresis', '--hysteresis', 'few'),
      param('mm', 'minScale', '--min-loss-scale', 'scale'),
    ],
  },
  static: {
    title: 'Static',
    params: [param('si', 'initScale', 'loss_scale', 'scale')],
  },
};

/** Ends of what is accepted, for the kinds that are numbers. */
export const LIMITS = {
  scale: [2 ** -24, 2 ** 64],
  scaleOrNone: [2 ** -24, 2 ** 64],
  power: [0, 64],
  up: [1.01, 16],
  down: [0.1, 0.99],
  steps: [1, 10_000],
  few: [1, 100],
} as const satisfies Record<Exclude<Kind, 'flag'>, readonly [number, number]>;

const WHOLE: readonly Kind[] = ['power', 'steps', 'few'];

/** A number as it is entered, as the engine wants it; undefined if it cannot be meant. */
export function accepted(kind: Kind, entered: number): number | undefined {
  if (kind === 'flag') return undefined;
  const [min, max] = LIMITS[kind];
  if (!(entered >= min && entered <= max)) return undefined;
  if (WHOLE.includes(kind) && !Number.isInteger(entered)) return undefined;
  return kind === 'power' ? 2 ** entered : entered;
}

/** The other way round: what stands in the field. */
export function entered(kind: Kind, value: Value): Value {
  return kind === 'power' ? Math.log2(value as number) : value;
}

/** What the framework starts with. */
export const FRAMEWORK_DEFAULTS: AllParams = {
  pytorch: DEFAULTS.pytorch,
  deepspeed: DEFAULTS.deepspeed,
  apex: DEFAULTS.apex,
  megatron: DEFAULTS.megatron,
  static: DEFAULTS.static,
};

export const paramValue = (params: AllParams, policy: Shown, { name }: Param): Value =>
  (params[policy] as unknown as Record<string, Value>)[name] as Value;

export const withValue = (
  params: AllParams,
  policy: Shown,
  { name }: Param,
  value: Value,
): AllParams => ({ ...params, [policy]: { ...params[policy], [name]: value } });

/** Whether the framework would take these together: Megatron's floor may not lie above its start. */
export function together(policy: Shown, params: AllParams): boolean {
  try {
    createScaler(policy, params[policy]);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
