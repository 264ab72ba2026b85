import { zeroModelStates } from '../../engines/memory/index.ts';
import { bytes, params as parameters } from '../../format/number.ts';
import type { Drill } from './drill.ts';

const BYTES = { FP16: 2, BF16: 2, FP32: 4 } as const;
type Format = keyof typeof BYTES;

interface Params {
  /** Model parameters. */
  readonly params: number;
  /** Working weights; the master weights beside them are FP32. */
  readonly weights: 'FP16' | 'BF16';
  readonly gradients: Format;
  /** Each of Adam's two moments. */
  readonly moments: 'BF16' | 'FP32';
}

const MASTER_BYTES = 4;
const SIZES = [1.5e9, 3e9, 7e9, 8e9, 13e9, 14e9, 32e9, 70e9];

/** Model states without sharding: the whole of what one GPU would have to hold. */
function states(of: Params): number {
  const { params, weights, gradients, moments } = of;
  return zeroModelStates({
    stage: 0,
    params,
    dpDegree: 1,
    parameterBytes: BYTES[weights],
    gradientBytes: BYTES[gradients],
    k: MASTER_BYTES + 2 * BYTES[moments],
  }).bytesPerGpu;
}

const modelStateBytes: Drill<Params> = {
  // Megatron-LM's table: 18 bytes per parameter for bf16 weights with fp32 gradients.
  example: { params: 7e9, weights: 'BF16', gradients: 'FP32', moments: 'FP32' },

  draw(random) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const weights = pick(['FP16', 'BF16'] as const);
    return {
      params: pick(SIZES),
      weights,
      gradients: pick([weights, 'FP32'] as const),
      moments: pick(['BF16', 'FP32'] as const),
    };
  },

  solve(of) {
    const { params, weights, gradients, moments } = of;
    const value = states(of);
    const whole = (amount: number): string => bytes(amount, 'GB', amount % 1e9 === 0 ? 0 : 1);
    return {
      value,
      unit: 'bytes',
      tolerance: 0.02,
      shown: {
        params: parameters(params),
        weights,
        gradients,
        moments,
        sum: `${BYTES[weights]} + ${BYTES[gradients]} + ${MASTER_BYTES} + 2 × ${BYTES[moments]}`,
        perParameter: String(value / params),
        total: whole(value),
        // FP32 throughout: 4 + 4 and two moments of 4, no separate master copy.
        fp32: whole(
          zeroModelStates({
            stage: 0,
            params,
            dpDegree: 1,
            parameterBytes: 4,
            gradientBytes: 4,
            k: 8,
          }).bytesPerGpu,
        ),
      },
    };
  },
};

export default modelStateBytes;
