import { oneOf } from '../arguments.ts';
import { ROUNDINGS, roundBy, roundFp16 } from './fast.ts';
import { type FloatFormat, FORMAT_NAMES, FORMATS, type FormatName } from './formats.ts';

export interface RoundOptions {
  /** Overflow and infinite inputs give ±maxFinite ("satfinite") instead of infinity or NaN. Default false. */
  readonly saturate?: boolean;
}

/**
 * Rounds `x` to the nearest number of `format`, ties to even, in one step from the double.
 * Subnormals are kept, −0 is kept, NaN stays NaN.
 *
 * Overflow gives ±Infinity, or NaN in E4M3, which has no infinity (OCP FP8's non-saturating mode), or
 * ±maxFinite with `saturate`. FP6 and FP4 have neither infinity nor NaN and always saturate.
 *
 * @throws RangeError for an unknown format, TypeError if `x` is not a number.
 * @example roundTo('fp16', 65519) // 65504
 * @example roundTo('fp8_e4m3fn', 500) // NaN
 */
export function roundTo(format: FormatName, x: number, options?: RoundOptions): number {
  if (typeof x !== 'number') {
    formatOf(format);
    throw new TypeError(`x must be a number, got ${String(x)}`);
  }
  if (options === undefined && format === 'fp16') return roundFp16(x);
  const { name } = formatOf(format);
  return roundBy(ROUNDINGS[name], x, options !== undefined && saturates(options));
}

/** The gap from |x|, rounded to `format`, to the next larger magnitude: 2^-10 for fp16 at 1. NaN past the top. */
export function spacing(format: FormatName, x: number): number {
  const f = formatOf(format);
  const magnitude = Math.abs(roundTo(format, x));
  return Number.isFinite(magnitude) ? quantum(f, magnitude) : NaN;
}

export type Zone = 'zero' | 'underflow' | 'subnormal' | 'normal' | 'overflow';

/**
 * What becomes of `x` in `format`: `underflow` if it rounds to zero though it is not zero,
 * `overflow` if it is past the largest number (also when the cast would saturate).
 */
export function zoneOf(format: FormatName, x: number): Zone {
  const f = formatOf(format);
  if (typeof x !== 'number' || Number.isNaN(x)) {
    throw new RangeError(`x must be a number other than NaN, got ${String(x)}`);
  }
  if (x === 0) return 'zero';
  const rounding = ROUNDINGS[f.name];
  if (Math.abs(x) >= rounding.limit) return 'overflow';
  const magnitude = roundBy(rounding, Math.abs(x), false);
  if (magnitude === 0) return 'underflow';
  return magnitude < f.minNormal ? 'subnormal' : 'normal';
}

/** The distance between neighbours in the binade of `magnitude` (of the subnormals if it is below the normals). */
function quantum(f: FloatFormat, magnitude: number): number {
  return 2 ** (Math.max(exponentOf(magnitude), f.emin) - f.mantissaBits);
}

const view = new DataView(new ArrayBuffer(8));

/** floor(log2(magnitude)), read from the bits: Math.log2 is off by one next to powers of two. */
function exponentOf(magnitude: number): number {
  view.setFloat64(0, magnitude);
  return ((view.getUint16(0) >> 4) & 0x7ff) - 1023;
}

export function formatOf(format: FormatName): FloatFormat {
  return FORMATS[oneOf('format', format, FORMAT_NAMES)];
}

function saturates(options: RoundOptions): boolean {
  const { saturate = false } = options;
  return oneOf('saturate', saturate, [true, false]);
}
