/** One number in one format, with what a reader asks about it. Magnitudes unless a sign is said. */
import {
  FORMATS,
  fromBits,
  roundTo,
  spacing,
  toBits,
  type Zone,
  zoneOf,
} from '~/engines/floats/index.ts';
import type { Explored } from '../state.ts';

export const NAMES: Readonly<Record<Explored, string>> = {
  fp32: 'FP32',
  tf32: 'TF32',
  bf16: 'BF16',
  fp16: 'FP16',
  fp8_e4m3fn: 'FP8 E4M3',
  fp8_e5m2: 'FP8 E5M2',
};

export interface Rounded {
  readonly value: number;
  readonly zone: Zone | 'nan';
  /** |value − x| / |x|; NaN where it has no meaning. */
  readonly error: number;
}

export function rounded(format: Explored, x: number): Rounded {
  const value = roundTo(format, x);
  const zone = Number.isNaN(x) ? 'nan' : zoneOf(format, x);
  return { value, zone, error: Math.abs(value - x) / Math.abs(x) };
}

/** Numbers of the format on both sides of |x|, and where |x| lies between them (0 … 1). */
export interface Between {
  readonly low: number;
  /** Past the largest number: infinity, or NaN in E4M3. */
  readonly high: number;
  readonly share: number;
  /** From `low` to `high`. */
  readonly gap: number;
}

export function between(format: Explored, x: number): Between | undefined {
  const f = FORMATS[format];
  const magnitude = Math.abs(x);
  if (!Number.isFinite(magnitude)) return undefined;
  if (magnitude >= f.maxFinite) {
    const gap = spacing(format, f.maxFinite);
    const share = Math.min((magnitude - f.maxFinite) / gap, 1);
    return { low: f.maxFinite, high: f.hasInfinity ? Infinity : NaN, share, gap };
  }
  const nearest = Math.abs(roundTo(format, magnitude));
  const code = toBits(format, nearest);
  const low = nearest <= magnitude ? nearest : fromBits(format, code - 1);
  const high = nearest <= magnitude ? fromBits(format, code + 1) : nearest;
  return { low, high, share: (magnitude - low) / (high - low), gap: high - low };
}

/** Neighbours of a stored number, with its sign: what flipping to the next code below and above gives. */
export function neighbours(format: Explored, value: number): { below: number; above: number } {
  const gapUp = spacing(format, value);
  const magnitude = Math.abs(value);
  if (magnitude === 0) return { below: -gapUp, above: gapUp };
  const code = toBits(format, magnitude);
  const nearer = fromBits(format, code - 1);
  const farther = fromBits(format, code + 1);
  return value > 0 ? { below: nearer, above: farther } : { below: -farther, above: -nearer };
}

/** Ends of the zones of a format as powers of two, by what becomes of a number there. */
export function zoneEdges(
  format: Explored,
): { zone: Exclude<Zone, 'zero'>; from: number; to: number }[] {
  const f = FORMATS[format];
  const underflow = Math.log2(f.underflowTie);
  const overflow = Math.log2(f.overflowTie);
  return [
    { zone: 'underflow', from: -Infinity, to: underflow },
    { zone: 'subnormal', from: underflow, to: f.emin },
    { zone: 'normal', from: f.emin, to: overflow },
    { zone: 'overflow', from: overflow, to: Infinity },
  ];
}

/** The bits of an encoding, sign first. */
export const bitsOf = (format: Explored, code: number): number[] =>
  Array.from(
    { length: FORMATS[format].bits },
    (_, index) => Math.floor(code / 2 ** (FORMATS[format].bits - 1 - index)) % 2,
  );

export const flipped = (format: Explored, code: number, index: number): number => {
  const weight = 2 ** (FORMATS[format].bits - 1 - index);
  return Math.floor(code / weight) % 2 === 1 ? code - weight : code + weight;
};
