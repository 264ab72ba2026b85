import { accumulatedTraffic, type ZeroStage } from '../../engines/memory/index.ts';
import { bytes } from '../../format/number.ts';
import type { Drill } from './drill.ts';

export interface AccumulatedParams {
  stage: ZeroStage;
  /** Model parameters. */
  params: number;
  /** Micro-batches per optimizer step. */
  accumulation: number;
}

const SIZES = [1e9, 3e9, 7e9, 8e9, 13e9, 14e9, 32e9, 70e9];
const ACCUMULATION = [2, 4, 8, 16, 32];
const DRAWN_STAGES: readonly ZeroStage[] = [1, 2, 3];
/** Weights and gradients travel in 16 bits. */
const ELEMENT_BYTES = 2;

/** Bytes each GPU sends per optimizer step when gradients are accumulated, in the ZeRO paper's count. */
const drill: Drill<AccumulatedParams> = {
  // Stage 2 is where DeepSpeed's accumulation departs from the paper's 2Ψ.
  example: { stage: 2, params: 7e9, accumulation: 8 },

  draw(random) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    return { stage: pick(DRAWN_STAGES), params: pick(SIZES), accumulation: pick(ACCUMULATION) };
  },

  solve({ stage, params, accumulation }) {
    const traffic = (at: ZeroStage): number =>
      accumulatedTraffic({ stage: at, params, accumulationSteps: accumulation }).elements;
    const perStage = {
      1: { reduces: 1, gathers: 1 },
      2: { reduces: accumulation, gathers: 1 },
      3: { reduces: accumulation, gathers: 2 * accumulation },
    };
    const { reduces, gathers } = perStage[stage === 0 ? 1 : stage];
    const value = traffic(stage) * ELEMENT_BYTES;
    const plain = traffic(0) * ELEMENT_BYTES;
    return {
      value,
      unit: 'bytes',
      tolerance: 0.02,
      shown: {
        params: `${params / 1e9}B`,
        stage: String(stage),
        accumulation: String(accumulation),
        reduces: String(reduces),
        gathers: String(gathers),
        passes: String(traffic(stage) / params),
        onePass: bytes(params * ELEMENT_BYTES, 'GB', 0),
        total: bytes(value, 'GB', 0),
        plain: bytes(plain, 'GB', 0),
        ratio: `${value / plain}×`,
        stage1: bytes(traffic(1) * ELEMENT_BYTES, 'GB', 0),
        stage2: bytes(traffic(2) * ELEMENT_BYTES, 'GB', 0),
        stage3: bytes(traffic(3) * ELEMENT_BYTES, 'GB', 0),
      },
    };
  },
};

export default drill;
