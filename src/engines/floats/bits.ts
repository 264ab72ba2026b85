import { integer } from '../arguments.ts';
import type { FloatFormat, FormatName } from './formats.ts';
import { formatOf, type RoundOptions, roundTo } from './round.ts';

/**
 * The encoding of `x` in `format`, as an unsigned integer with the sign bit on top (0x3c00 for 1 in fp16).
 * `x` is rounded first, as `roundTo` does. NaN gives the format's usual quiet NaN; an overflow to NaN keeps the sign.
 *
 * @throws RangeError for an unknown format, or for NaN in FP6 and FP4, which have no code for it.
 */
export function toBits(format: FormatName, x: number, options: RoundOptions = {}): number {
  const f = formatOf(format);
  const value = roundTo(format, x, options);
  const negative = x < 0 || Object.is(x, -0);
  return (negative ? 2 ** (f.bits - 1) : 0) + magnitudeBits(f, Math.abs(value));
}

/**
 * The number behind an encoding: fromBits('fp16', 0x7bff) is 65504.
 *
 * @throws TypeError if `bits` is no number, RangeError if it is not an integer from 0 to 2^width − 1.
 */
export function fromBits(format: FormatName, bits: number): number {
  const f = formatOf(format);
  integer('bits', bits, 0, 2 ** f.bits - 1);
  const signWeight = 2 ** (f.bits - 1);
  const code = bits % signWeight;
  const magnitude = decode(f, code);
  return bits >= signWeight ? -magnitude : magnitude;
}

/** The three fields of an encoding, each as an unsigned integer. */
export function fieldsOf(
  format: FormatName,
  bits: number,
): { sign: number; exponent: number; mantissa: number } {
  const f = formatOf(format);
  integer('bits', bits, 0, 2 ** f.bits - 1);
  const mantissaCodes = 2 ** f.mantissaBits;
  const code = bits % 2 ** (f.bits - 1);
  return {
    sign: code === bits ? 0 : 1,
    exponent: Math.floor(code / mantissaCodes),
    mantissa: code % mantissaCodes,
  };
}

function magnitudeBits(f: FloatFormat, magnitude: number): number {
  const mantissaCodes = 2 ** f.mantissaBits;
  const topField = 2 ** f.exponentBits - 1;
  if (Number.isNaN(magnitude)) {
    if (f.special === 'none') throw new RangeError(`x must be a number in ${f.name}, got NaN`);
    // IEEE: quiet bit set. E4M3: all ones is the only NaN.
    return (
      topField * mantissaCodes + (f.special === 'ieee' ? mantissaCodes / 2 : mantissaCodes - 1)
    );
  }
  if (magnitude === Infinity) return topField * mantissaCodes;
  if (magnitude < f.minNormal) return magnitude / f.minSubnormal;
  // Codes rise by one per number, so count from the power of two at the start of the binade.
  let exponent = f.emin;
  while (2 ** (exponent + 1) <= magnitude) exponent += 1;
  const significand = magnitude / 2 ** (exponent - f.mantissaBits);
  return (exponent + f.exponentBias) * mantissaCodes + (significand - mantissaCodes);
}

function decode(f: FloatFormat, code: number): number {
  const mantissaCodes = 2 ** f.mantissaBits;
  const field = Math.floor(code / mantissaCodes);
  const mantissa = code % mantissaCodes;
  const topField = 2 ** f.exponentBits - 1;
  if (field === topField && f.special === 'ieee') return mantissa === 0 ? Infinity : NaN;
  if (field === topField && f.special === 'nan' && mantissa === mantissaCodes - 1) return NaN;
  if (field === 0) return mantissa * f.minSubnormal;
  return (mantissaCodes + mantissa) * 2 ** (field - f.exponentBias - f.mantissaBits);
}
