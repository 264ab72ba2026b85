import { FORMATS, type FormatName, updatesUntilVisible } from '../../engines/floats/index.ts';
import { decimal, powerOfTwo, scientific } from '../../format/number.ts';
import type { Drill } from './drill.ts';

type HalfFormat = Extract<FormatName, 'fp16' | 'bf16'>;

interface Params {
  readonly format: HalfFormat;
  /** A number both 16-bit formats hold exactly. */
  readonly weight: number;
  /** significand × 10^exponent */
  readonly significand: number;
  readonly exponent: number;
}

const WEIGHTS = [0.03125, 0.0625, 0.125, 0.25, 0.375, 0.5, 0.75, 1, 1.5, 2, 3];
const SIGNIFICANDS = [1, 2, 3, 5];
/** Few enough steps to reckon with, enough to make the point. */
const FEWEST = 5;
const MOST = 400;

const NAMES = { fp16: 'FP16', bf16: 'BF16' } as const;

/** '2⁻⁷ ≈ 7.81×10⁻³': the power of two to reckon with, the decimal to divide. */
const gapShown = (gap: number): string => `${powerOfTwo(gap)} ≈ ${scientific(gap, 3)}`;
/** As the literal would read: 3 × 10 ** -5 multiplied out is off in the last bit. */
const decimalNumber = (significand: number, exponent: number): number =>
  Number(`${significand}e${exponent}`);

const updatesUntilVisibleDrill: Drill<Params> = {
  // The topic page's case: BF16 never leaves 1.0 when 0.0001 is added to it directly.
  example: { format: 'bf16', weight: 1, significand: 1, exponent: -4 },

  draw(random) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const format = pick<HalfFormat>(['fp16', 'bf16']);
    const weight = pick(WEIGHTS);
    const significand = pick(SIGNIFICANDS);
    // FP32 rounds each sum too; keep the cases in which that does not move the step.
    const fitting = [-3, -4, -5, -6, -7, -8].filter((exponent) => {
      const update = decimalNumber(significand, exponent);
      const ratio = (2 ** Math.floor(Math.log2(weight)) * FORMATS[format].unitRoundoff) / update;
      if (ratio < FEWEST || ratio > MOST) return false;
      return updatesUntilVisible({ format, start: weight, update }).steps === Math.ceil(ratio);
    });
    return { format, weight, significand, exponent: pick(fitting) };
  },

  solve({ format, weight, significand, exponent }) {
    const update = decimalNumber(significand, exponent);
    const run = updatesUntilVisible({ format, start: weight, update });
    return {
      value: run.steps,
      unit: 'count',
      // Among hundreds of steps, one more or less is not the point.
      tolerance: 0.02,
      shown: {
        format: NAMES[format],
        weight: String(weight),
        update: scientific(update, 0).replace(/^1×/, ''),
        gap: gapShown(run.gap),
        halfGap: gapShown(run.halfGap),
        ratio: decimal(run.halfGap / update, 2),
        steps: decimal(run.steps, 0),
        neighbour: String(run.to),
        arrived: decimal(run.arrivedWithoutMaster, 0),
      },
    };
  },
};

export default updatesUntilVisibleDrill;
