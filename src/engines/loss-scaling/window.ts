import { finiteNumber } from '../arguments.ts';
import { FORMATS, type FormatName, zoneOf } from '../floats/index.ts';

/**
 * Which gradients a loss scale keeps: those with keepAbove < |g| < overflowFrom.
 * At or below `keepAbove` the scaled gradient rounds to zero; from `overflowFrom` on it is infinite (NaN in E4M3).
 *
 * @throws RangeError for an unknown format or a scale that is not a finite number > 0.
 * @example gradientWindow({ scale: 65536 }) // { keepAbove: 2 ** -41, overflowFrom: 0.999755859375 }
 */
export function gradientWindow(input: { readonly scale: number; readonly format?: FormatName }): {
  keepAbove: number;
  overflowFrom: number;
} {
  const { format = 'fp16' } = input;
  const scale = finiteNumber('scale', input.scale, Number.MIN_VALUE);
  zoneOf(format, 0); // names an unknown format
  const { underflowTie, overflowTie } = FORMATS[format];
  return { keepAbove: underflowTie / scale, overflowFrom: overflowTie / scale };
}

/**
 * The smallest power of two, 1 or more, that keeps a gradient of this magnitude from rounding to zero.
 *
 * @throws RangeError for an unknown format or a magnitude below 2^-149 (what FP32 itself cannot hold).
 * @example smallestScale({ magnitude: 2 ** -27 }).scale // 8, the factor of arXiv:1710.03740 for SSD
 */
export function smallestScale(input: {
  readonly magnitude: number;
  readonly format?: FormatName;
}): { scale: number } {
  const { format = 'fp16' } = input;
  const magnitude = finiteNumber('magnitude', input.magnitude, 2 ** -149);
  let scale = 1;
  // Powers of two multiply exactly, so the zone of the product is the zone of the true value.
  while (zoneOf(format, magnitude * scale) === 'underflow') scale *= 2;
  return { scale };
}
