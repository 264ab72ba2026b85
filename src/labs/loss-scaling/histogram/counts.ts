import { FORMATS } from '~/engines/floats/index.ts';
import { gradientWindow } from '~/engines/loss-scaling/index.ts';
import { MAX_EXPONENT } from '../training/state.ts';

/** Gradients of the training run at one of its steps. */
export interface LiveGradients {
  readonly gradients: Float32Array;
  readonly step: number;
}

/** Gradients made ready for any number of questions: sorted once, each question is a binary search. */
export interface Gradients {
  /** Magnitudes, ascending, zeros included. */
  readonly magnitudes: Float64Array;
  readonly zeros: number;
  /** Number of magnitudes in [2^e, 2^(e+1)), by e, from FIRST_BINADE on. */
  readonly binades: Uint32Array;
}

/** Powers of two that a finite FP32 number other than zero lies above, from its smallest subnormal on. */
export const FIRST_BINADE = -149;
const BINADES = 128 - FIRST_BINADE;

/** Sorts and counts. Infinities and NaN are left out: there is no place for them on the axis. */
export function prepare(values: ArrayLike<number>): Gradients {
  const magnitudes = Float64Array.from(values, Math.abs).filter(Number.isFinite).sort();
  const zeros = firstAbove(magnitudes, 0);
  const binades = new Uint32Array(BINADES);
  let from = zeros;
  for (let i = 0; i < BINADES; i += 1) {
    const to = firstFrom(magnitudes, 2 ** (FIRST_BINADE + i + 1));
    binades[i] = to - from;
    from = to;
  }
  return { magnitudes, zeros, binades };
}

export const ZONES = ['zero', 'underflow', 'subnormal', 'normal', 'overflow'] as const;
export type ZoneName = (typeof ZONES)[number];

/** What becomes of gradients between two magnitudes. */
export interface Edge {
  readonly zone: Exclude<ZoneName, 'zero'>;
  /** Index of the first gradient of the zone, and of the first past it. */
  readonly from: number;
  readonly to: number;
}

/** The four zones of FP16 after scaling by 2^exponent, exactly as the rounding to nearest even decides them. */
export function edges({ magnitudes, zeros }: Gradients, exponent: number): readonly Edge[] {
  const scale = 2 ** exponent;
  const { keepAbove, overflowFrom } = gradientWindow({ scale });
  const { minNormal, minSubnormal } = FORMATS.fp16;
  // The tie under the smallest normal number goes up to it: its significand is the even one.
  const normalFrom = (minNormal - minSubnormal / 2) / scale;
  const kept = Math.max(zeros, firstAbove(magnitudes, keepAbove));
  const normal = firstFrom(magnitudes, normalFrom);
  const over = firstFrom(magnitudes, overflowFrom);
  return [
    { zone: 'underflow', from: zeros, to: kept },
    { zone: 'subnormal', from: kept, to: normal },
    { zone: 'normal', from: normal, to: over },
    { zone: 'overflow', from: over, to: magnitudes.length },
  ];
}

export type ZoneCounts = Readonly<Record<ZoneName, number>>;

/** How many gradients fall into each zone at a scale of 2^exponent. */
export function zoneCounts(gradients: Gradients, exponent: number): ZoneCounts {
  const counts = { zero: gradients.zeros, underflow: 0, subnormal: 0, normal: 0, overflow: 0 };
  for (const { zone, from, to } of edges(gradients, exponent)) counts[zone] = to - from;
  return counts;
}

export interface Bar {
  /** The scaled magnitudes from 2^binade up to its double. */
  readonly binade: number;
  readonly parts: readonly { readonly zone: Edge['zone']; readonly count: number }[];
}

/** Bars of the scaled gradients, coloured by zone; the bar at either end holds all beyond it. */
export function bars(
  gradients: Gradients,
  exponent: number,
  first: number,
  last: number,
): readonly Bar[] {
  const zones = edges(gradients, exponent);
  const { binades, zeros } = gradients;
  const out: Bar[] = [];
  let from = zeros;
  let source = 0;
  for (let binade = first; binade <= last; binade += 1) {
    const until = binade === last ? BINADES : binade - exponent - FIRST_BINADE + 1;
    let to = from;
    for (; source < until && source < BINADES; source += 1) to += binades[source] as number;
    const parts = zones
      .map(({ zone, ...edge }) => ({
        zone,
        count: Math.min(to, edge.to) - Math.max(from, edge.from),
      }))
      .filter(({ count }) => count > 0);
    out.push({ binade, parts });
    from = to;
  }
  return out;
}

export interface ScaleAccount {
  readonly exponent: number;
  readonly underflow: number;
  readonly overflow: number;
}

/** For every scale on offer, how many gradients it loses at either end. */
export function accounts(gradients: Gradients): readonly ScaleAccount[] {
  return Array.from({ length: MAX_EXPONENT + 1 }, (_, exponent) => {
    const { underflow, overflow } = zoneCounts(gradients, exponent);
    return { exponent, underflow, overflow };
  });
}

/**
 * The scale that loses least. One overflow costs the whole step, so scales without any come first; among
 * them the one with the fewest zeros, and of equals the smallest.
 */
export function bestScale(all: readonly ScaleAccount[]): ScaleAccount {
  const before = (a: ScaleAccount, b: ScaleAccount) =>
    a.overflow - b.overflow || a.underflow - b.underflow || a.exponent - b.exponent;
  return all.reduce((best, account) => (before(account, best) < 0 ? account : best));
}

/** Index of the first magnitude ≥ limit. */
function firstFrom(sorted: Float64Array, limit: number): number {
  return search(sorted, (value) => value >= limit);
}

/** Index of the first magnitude > limit. */
function firstAbove(sorted: Float64Array, limit: number): number {
  return search(sorted, (value) => value > limit);
}

function search(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
