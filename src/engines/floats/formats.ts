/**
 * The number formats and every constant that follows from their bit layout.
 *
 * Layouts: IEEE 754 (fp16, fp32), bfloat16, NVIDIA TF32, OCP FP8 (E4M3, E5M2) and the OCP MX element
 * types (FP6, FP4). "FP8 Formats for Deep Learning", arXiv:2209.05433 §3; jax-ml/ml_dtypes README.
 */

export type FormatName =
  | 'fp32'
  | 'tf32'
  | 'fp16'
  | 'bf16'
  | 'fp8_e4m3fn'
  | 'fp8_e5m2'
  | 'fp6_e3m2fn'
  | 'fp6_e2m3fn'
  | 'fp4_e2m1fn';

/**
 * What the topmost codes mean.
 * `ieee`: the top exponent holds the infinities and NaNs.
 * `nan`: the top exponent holds numbers; only the all-ones code is NaN, and there is no infinity.
 * `none`: every code is a number.
 */
export type SpecialCodes = 'ieee' | 'nan' | 'none';

interface Layout {
  readonly exponentBits: number;
  readonly mantissaBits: number;
  readonly special: SpecialCodes;
}

export interface FloatFormat extends Layout {
  readonly name: FormatName;
  /** Sign, exponent and mantissa bits together. TF32 uses 19 bits of a 32-bit word. */
  readonly bits: number;
  readonly signBits: 1;
  readonly exponentBias: number;
  /** Exponents of the smallest and the largest normal number: 2^emin ≤ |x| < 2^(emax + 1). */
  readonly emin: number;
  readonly emax: number;
  readonly hasInfinity: boolean;
  readonly maxFinite: number;
  readonly minNormal: number;
  readonly maxSubnormal: number;
  readonly minSubnormal: number;
  /** The gap between 1 and the next larger number. */
  readonly epsilon: number;
  /** The largest relative error of one rounding to a normal number: epsilon / 2. */
  readonly unitRoundoff: number;
  /**
   * Halfway between maxFinite and the number that would follow it. The tie goes to the even
   * significand: it overflows where maxFinite is odd (fp16, bf16, …), it does not in E4M3 (464 → 448).
   */
  readonly overflowTie: number;
  readonly overflowsAtTie: boolean;
  /** Half of minSubnormal: magnitudes up to and including it round to zero. */
  readonly underflowTie: number;
  /** Powers of two from minSubnormal up to the one below maxFinite, both counted. */
  readonly binades: number;
  /** exp(x) overflows above this x: 11.09 in fp16. */
  readonly maxExpArgument: number;
  /** Every integer up to this one is exact. A running sum of ones stops growing here. */
  readonly maxExactInteger: number;
}

const LAYOUTS: Readonly<Record<FormatName, Layout>> = {
  fp32: { exponentBits: 8, mantissaBits: 23, special: 'ieee' },
  tf32: { exponentBits: 8, mantissaBits: 10, special: 'ieee' },
  fp16: { exponentBits: 5, mantissaBits: 10, special: 'ieee' },
  bf16: { exponentBits: 8, mantissaBits: 7, special: 'ieee' },
  fp8_e4m3fn: { exponentBits: 4, mantissaBits: 3, special: 'nan' },
  fp8_e5m2: { exponentBits: 5, mantissaBits: 2, special: 'ieee' },
  fp6_e3m2fn: { exponentBits: 3, mantissaBits: 2, special: 'none' },
  fp6_e2m3fn: { exponentBits: 2, mantissaBits: 3, special: 'none' },
  fp4_e2m1fn: { exponentBits: 2, mantissaBits: 1, special: 'none' },
};

function derive(name: FormatName, layout: Layout): FloatFormat {
  const { exponentBits, mantissaBits, special } = layout;
  const exponentBias = 2 ** (exponentBits - 1) - 1;
  const emin = 1 - exponentBias;
  const topField = 2 ** exponentBits - (special === 'ieee' ? 2 : 1);
  const emax = topField - exponentBias;
  // The largest significand as an integer: all ones, less the code that E4M3 gives to NaN.
  const topSignificand = 2 ** (mantissaBits + 1) - (special === 'nan' ? 2 : 1);
  const topQuantum = 2 ** (emax - mantissaBits);
  const minSubnormal = 2 ** (emin - mantissaBits);
  const epsilon = 2 ** -mantissaBits;
  return {
    name,
    ...layout,
    bits: 1 + exponentBits + mantissaBits,
    signBits: 1,
    exponentBias,
    emin,
    emax,
    hasInfinity: special === 'ieee',
    maxFinite: topSignificand * topQuantum,
    minNormal: 2 ** emin,
    maxSubnormal: 2 ** emin - minSubnormal,
    minSubnormal,
    epsilon,
    unitRoundoff: epsilon / 2,
    overflowTie: (topSignificand + 0.5) * topQuantum,
    overflowsAtTie: topSignificand % 2 === 1,
    underflowTie: minSubnormal / 2,
    binades: emax - (emin - mantissaBits) + 1,
    maxExpArgument: Math.log((topSignificand + 0.5) * topQuantum),
    // FP4 runs out of range before it runs out of mantissa.
    maxExactInteger: Math.min(2 ** (mantissaBits + 1), Math.floor(topSignificand * topQuantum)),
  };
}

/** Every format by its name, with all constants in plain numbers (exact in a double). */
export const FORMATS = Object.freeze(
  Object.fromEntries(
    Object.entries(LAYOUTS).map(([name, layout]) => [
      name,
      Object.freeze(derive(name as FormatName, layout)),
    ]),
  ),
) as Readonly<Record<FormatName, FloatFormat>>;

export const FORMAT_NAMES = Object.freeze(Object.keys(LAYOUTS) as FormatName[]);
