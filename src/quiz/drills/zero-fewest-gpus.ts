import { type ZeroStage, zeroFewestGpus, zeroModelStates } from '../../engines/memory/index.ts';
import { bytes } from '../../format/number.ts';
import type { Drill } from './drill.ts';

export interface FewestParams {
  stage: ZeroStage;
  /** Model parameters. */
  params: number;
  /** Memory kept for model states on each GPU, in decimal gigabytes. */
  memoryGb: number;
}

const SIZES = [7e9, 8e9, 13e9, 14e9, 32e9, 70e9, 128e9, 405e9];
const MEMORIES = [16, 24, 32, 40, 64, 80, 141];
const DRAWN_STAGES: readonly ZeroStage[] = [1, 2, 3];

/** Fewest data-parallel GPUs that hold the model states, in the ZeRO paper's accounting. */
const drill: Drill<FewestParams> = {
  // arXiv:1910.02054 Table 1: 128B fits 32 GB in stage 3 from 64 GPUs.
  example: { stage: 3, params: 128e9, memoryGb: 32 },

  draw(random) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const memoryGb = pick(MEMORIES);
    const fitting = SIZES.flatMap((params) =>
      DRAWN_STAGES.map((stage) => ({ stage, params, memoryGb })),
    ).filter((drawn) => {
      const { gpus } = fewest(drawn);
      return gpus >= 3 && gpus <= 2000;
    });
    return pick(fitting);
  },

  solve(drawn) {
    const { stage, params, memoryGb } = drawn;
    const { gpus, wholeBytes, dividedBytes, freeBytes } = fewest(drawn);
    const held = (dpDegree: number): string =>
      gigabytes(zeroModelStates({ stage, params, dpDegree }).bytesPerGpu);
    const perParam = (total: number): string => String(total / params);
    return {
      value: gpus,
      unit: 'count',
      tolerance: 0,
      shown: {
        params: `${params / 1e9}B`,
        stage: String(stage),
        memory: `${memoryGb} GB`,
        wholePerParam: perParam(wholeBytes),
        dividedPerParam: perParam(dividedBytes),
        whole: gigabytes(wholeBytes),
        divided: gigabytes(dividedBytes),
        free: gigabytes(freeBytes),
        quotient: String(Number((dividedBytes / freeBytes).toPrecision(4))),
        gpus: String(gpus),
        perGpu: held(gpus),
        oneFewer: String(gpus - 1),
        perGpuOneFewer: held(gpus - 1),
      },
    };
  },
};

export default drill;

function fewest({ stage, params, memoryGb }: FewestParams) {
  return zeroFewestGpus({ stage, params, memoryBytes: memoryGb * 1e9 });
}

/** Two digits after the point, none where the number is whole: "32 GB", "32.51 GB". */
function gigabytes(value: number): string {
  return bytes(value, 'GB', Number.isInteger(value / 1e9) ? 0 : 2);
}
