import { gradientWindow, smallestScale } from '../../engines/loss-scaling/index.ts';
import { decimal, powerOfTwo } from '../../format/number.ts';
import type { Drill } from './drill.ts';

interface Params {
  /** The gradient's magnitude is significand × 2^exponent. */
  readonly significand: number;
  readonly exponent: number;
}

/** '2⁻²⁷' or '1.5 × 2⁻³¹': binary, so that the reader can count in exponents. */
function binary(value: number): string {
  const power = 2 ** Math.floor(Math.log2(value));
  return value === power ? powerOfTwo(value) : `${value / power} × ${powerOfTwo(power)}`;
}

const withPower = (scale: number): string => `${decimal(scale, 0)} = ${powerOfTwo(scale)}`;

const smallestLossScale: Drill<Params> = {
  // arXiv:1710.03740 §3.2: gradients from 2^-27 on had to be kept for SSD, and a factor of 8 did it.
  example: { significand: 1, exponent: -27 },

  draw(random) {
    // Exact powers of two often: there half the scale lands on the tie, which rounds to zero.
    const significands = [1, 1, 1.25, 1.5, 1.75];
    return {
      significand: significands[Math.floor(random() * significands.length)] ?? 1,
      exponent: -27 - Math.floor(random() * 14),
    };
  },

  solve({ significand, exponent }) {
    const magnitude = significand * 2 ** exponent;
    const { scale } = smallestScale({ magnitude });
    const { keepAbove, overflowFrom } = gradientWindow({ scale });
    return {
      value: scale,
      unit: 'count',
      tolerance: 0,
      shown: {
        magnitude: binary(magnitude),
        scale: withPower(scale),
        scaled: binary(magnitude * scale),
        half: withPower(scale / 2),
        scaledByHalf: binary((magnitude * scale) / 2),
        keepAbove: powerOfTwo(keepAbove),
        overflowFrom: decimal(overflowFrom, overflowFrom < 100 ? 2 : 0),
      },
    };
  },
};

export default smallestLossScale;
