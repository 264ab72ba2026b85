/** What a scaler does at every step of a pattern, in the order it happens. */
import { createScaler, MinScaleError, type PolicyName } from '~/engines/loss-scaling/index.ts';
import type { ScalerState } from '../state.ts';
import { type AllParams, FRAMEWORK_DEFAULTS, type Shown } from './params.ts';

/**
 * lowered: an overflow lowered the scale. absorbed: hysteresis paid for it. floor: the scale is as low as it
 * may be. raised: there the framework ends the run. fixed: the scale is constant. grew: it doubled.
 * capped: it would have. clean: a step like any other. ended: the run is over.
 */
export type Kind =
  | 'lowered'
  | 'absorbed'
  | 'floor'
  | 'raised'
  | 'fixed'
  | 'grew'
  | 'capped'
  | 'clean'
  | 'ended';

export interface Moment {
  readonly step: number;
  readonly overflow: boolean;
  readonly kind: Kind;
  /** The scale this step ran with, and the one it leaves. */
  readonly before: number;
  readonly after: number;
  /** Overflows that hysteresis still absorbs, before and after; undefined where there is none. */
  readonly credit: readonly [number, number] | undefined;
  /** Clean steps in a row after this one, and with how many the scale grows. */
  readonly streak: number;
  readonly growsAt: number | undefined;
}

type Counters = {
  readonly [N in Shown]: (params: AllParams[N], state: Record<string, number>) => Seen;
};
interface Seen {
  credit: number | undefined;
  streak: number;
  growsAt: number | undefined;
}

const READ: Counters = {
  pytorch: ({ growthInterval }, { growthTracker = 0 }) => ({
    credit: undefined,
    streak: growthTracker,
    growsAt: growthInterval,
  }),
  apex: ({ scaleWindow }, { unskipped = 0 }) => ({
    credit: undefined,
    streak: unskipped,
    growsAt: scaleWindow,
  }),
  megatron: ({ growthInterval }, { growthTracker = 0, hysteresisTracker = 0 }) => ({
    // Below zero it makes no difference any more.
    credit: Math.max(hysteresisTracker, 0),
    streak: growthTracker,
    growsAt: growthInterval,
  }),
  deepspeed: ({ scaleWindow }, { curIter = 0, lastOverflowIter = 0, curHysteresis = 0 }) => {
    const streak = curIter - lastOverflowIter - 1;
    // Its counter is one behind: the first growth takes one clean step more.
    return {
      credit: curHysteresis,
      streak,
      growsAt: Math.max(Math.ceil((streak - 1) / scaleWindow), 1) * scaleWindow + 1,
    };
  },
  static: () => ({ credit: undefined, streak: 0, growsAt: undefined }),
};

/** Every step of the pattern for one scaler. */
export function moments<N extends Shown>(policy: N, state: ScalerState): Moment[] {
  const { overflows, columns, perColumn } = state;
  const params = state.params[policy];
  const scaler = createScaler(policy as PolicyName, params);
  const counters = scaler as unknown as Record<string, number>;
  const read = (): Seen =>
    (READ[policy] as (p: object, s: Record<string, number>) => Seen)(params, counters);
  const list: Moment[] = [];
  let ended = false;
  for (let step = 0; step < columns * perColumn; step += 1) {
    const overflow = step % perColumn === 0 && overflows.includes(step / perColumn);
    const before = scaler.scale;
    const had = read();
    let raised = false;
    if (!ended) {
      try {
        scaler.update(overflow);
      } catch (error) {
        if (!(error instanceof MinScaleError)) throw error;
        raised = true;
      }
    }
    const after = scaler.scale;
    const has = read();
    const kind = ended
      ? 'ended'
      : raised
        ? 'raised'
        : kindOf(policy, overflow, before, after, had, has);
    list.push({
      step,
      overflow,
      kind,
      before,
      after,
      credit:
        had.credit === undefined || has.credit === undefined ? undefined : [had.credit, has.credit],
      // Where the window is full the tracker is back at zero already.
      streak: overflow ? 0 : has.streak || had.streak + 1,
      growsAt: has.growsAt,
    });
    if (raised) ended = true;
  }
  return list;
}

function kindOf(
  policy: Shown,
  overflow: boolean,
  before: number,
  after: number,
  had: Seen,
  has: Seen,
): Kind {
  if (policy === 'static') return 'fixed';
  if (after > before) return 'grew';
  if (after < before) return 'lowered';
  if (overflow) return (had.credit ?? 0) > 1 ? 'absorbed' : 'floor';
  // The counter went back to zero although nothing grew.
  return has.streak === 0 ? 'capped' : 'clean';
}

/** What DeepSpeed and Apex print for a step; undefined when they print nothing. */
export function logLine(
  policy: Shown,
  { kind, before, after, credit, overflow }: Moment,
  params: AllParams,
): string | undefined {
  const whole = (scale: number): string => String(Math.trunc(scale));
  if (policy === 'deepspeed') {
    const line = '[deepspeed] OVERFLOW! Rank 0 Skipping step.';
    if (kind === 'raised') {
      return 'Exception: Current loss scale already at minimum - cannot decrease scale anymore. Exiting run.';
    }
    if (kind === 'absorbed' && credit) {
      return `${line} Attempted loss scale: ${whole(before)}, but hysteresis is ${credit[0]}. Reducing hysteresis to ${credit[1]}`;
    }
    if (kind === 'lowered' || kind === 'floor') {
      return `${line} Attempted loss scale: ${whole(before)}, reducing to ${whole(after)}`;
    }
    if (kind !== 'ended' && params.deepspeed.consecutiveHysteresis) {
      return `Consecutive hysteresis is enabled. Restoring hysteresis to ${params.deepspeed.hysteresis}`;
    }
  }
  if (policy === 'apex' && overflow) {
    return `Gradient overflow.  Skipping step, loss scaler 0 reducing loss scale to ${pythonFloat(after)}`;
  }
  return undefined;
}

/** A scale as Python prints a float. */
const pythonFloat = (value: number): string =>
  Number.isInteger(value) && value < 1e16
    ? `${value}.0`
    : String(value).replace(/e([-+])(\d)$/, 'e$10$2');

/** The moments of a column that are worth a sentence: its overflow, every change of the scale, else its last step. */
export function toldOf(list: readonly Moment[], column: number, perColumn: number): Moment[] {
  const within = list.slice(column * perColumn, (column + 1) * perColumn);
  const told = within.filter(
    ({ overflow, kind, step }) =>
      overflow ||
      kind === 'grew' ||
      kind === 'capped' ||
      kind === 'raised' ||
      (kind === 'ended' && step % perColumn === 0),
  );
  return told.length > 0 ? told : within.slice(-1);
}

/** Patterns worth a look, each with the parameters it is about. */
export const EXAMPLES = {
  /** deepspeedai/DeepSpeed issue 931. */
  log: {
    overflows: [0, 1, 2, 3, 4, 5],
    columns: 24,
    perColumn: 1,
    at: 5,
    params: FRAMEWORK_DEFAULTS,
  },
  /** The topic's figure: replayed through the frameworks' own classes in tests/golden. */
  figure: {
    overflows: [1, 7, 8, 17],
    columns: 24,
    perColumn: 1,
    at: 7,
    params: {
      pytorch: { ...FRAMEWORK_DEFAULTS.pytorch, growthInterval: 4 },
      deepspeed: { ...FRAMEWORK_DEFAULTS.deepspeed, scaleWindow: 4 },
      apex: { ...FRAMEWORK_DEFAULTS.apex, scaleWindow: 4 },
      megatron: { ...FRAMEWORK_DEFAULTS.megatron, initialScale: 2 ** 16, growthInterval: 4 },
      static: { initScale: 2 ** 16 },
    },
  },
  /** Overflows 500 steps apart, and windows long enough to see the frameworks' own. */
  windows: { overflows: [0, 2], columns: 24, perColumn: 250, at: 2, params: FRAMEWORK_DEFAULTS },
  /** Nothing but overflows. */
  falling: {
    overflows: Array.from({ length: 40 }, (_, column) => column),
    columns: 40,
    perColumn: 1,
    at: 17,
    params: FRAMEWORK_DEFAULTS,
  },
} as const satisfies Record<string, ScalerState>;
export type Example = keyof typeof EXAMPLES;
