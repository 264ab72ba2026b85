import { type ZeroStage, zeroLargestModel, zeroModelStates } from '../../engines/memory/index.ts';
import { params as parameters } from '../../format/number.ts';
import type { Drill } from './drill.ts';

export interface LargestParams {
  stage: ZeroStage;
  /** Data-parallel GPUs. */
  gpus: number;
  /** Memory kept for model states on each GPU, in decimal gigabytes. */
  memoryGb: number;
}

const GPUS = [4, 8, 16, 32, 64, 128];
const MEMORIES = [16, 24, 32, 40, 64, 80, 141];
const DRAWN_STAGES: readonly ZeroStage[] = [1, 2, 3];

/** Largest model whose states fit, in the ZeRO paper's accounting. */
const drill: Drill<LargestParams> = {
  // arXiv:1910.02054 Table 2, first row: 14.4B in stage 2.
  example: { stage: 2, gpus: 64, memoryGb: 32 },

  draw(random) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    return { stage: pick(DRAWN_STAGES), gpus: pick(GPUS), memoryGb: pick(MEMORIES) };
  },

  solve({ stage, gpus, memoryGb }) {
    const largest = (at: ZeroStage): number =>
      zeroLargestModel({ stage: at, gpus, memoryBytes: memoryGb * 1e9 }).params;
    const divided = [0, 12, 14, 16][stage] as number;
    const perParameter = zeroModelStates({ stage, params: 1, dpDegree: gpus }).bytesPerGpu;
    return {
      value: largest(stage),
      unit: 'parameters',
      tolerance: 0.02,
      shown: {
        stage: String(stage),
        gpus: String(gpus),
        memory: `${memoryGb} GB`,
        sum: `${16 - divided} + ${divided} ÷ ${gpus}`,
        perParameter: String(Number(perParameter.toPrecision(5))),
        largest: parameters(largest(stage)),
        stage0: parameters(largest(0)),
        stage3: parameters(largest(3)),
      },
    };
  },
};

export default drill;
