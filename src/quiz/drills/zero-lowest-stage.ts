import { STAGES, type ZeroStage, zeroModelStates } from '../../engines/memory/index.ts';
import { bytes } from '../../format/number.ts';
import type { Drill } from './drill.ts';

export interface LowestStageParams {
  /** Model parameters. */
  params: number;
  /** Data-parallel GPUs. */
  gpus: number;
  /** Memory kept for model states on each GPU, in decimal gigabytes. */
  memoryGb: number;
}

const SIZES = [1e9, 1.5e9, 3e9, 7e9, 8e9, 13e9, 14e9, 32e9, 70e9, 128e9];
const GPUS = [4, 8, 16, 32, 64, 128, 256];
const MEMORIES = [16, 24, 32, 40, 64, 80, 141];
/** Nearer to the border than this, rounding decides; such cases are not asked. */
const MARGIN = 0.02;

/** The lowest ZeRO stage whose model states fit, in the ZeRO paper's accounting. */
const drill: Drill<LowestStageParams> = {
  // arXiv:1910.02054 Table 1: 7.5B on 64 GPUs of 32 GB, bold from stage 1 on.
  example: { params: 7.5e9, gpus: 64, memoryGb: 32 },

  draw(random) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const wanted = pick(STAGES);
    const cases = SIZES.flatMap((params) =>
      GPUS.flatMap((gpus) => MEMORIES.map((memoryGb) => ({ params, gpus, memoryGb }))),
    );
    return pick(cases.filter((drawn) => lowest(drawn) === wanted && isClear(drawn)));
  },

  solve(drawn) {
    const stage = lowest(drawn);
    if (stage === undefined) {
      throw new RangeError(`memoryGb must hold stage 3 at least, got ${drawn.memoryGb}`);
    }
    const held = (at: ZeroStage): string => bytes(bytesOf(drawn, at), 'GB');
    return {
      value: stage,
      unit: 'count',
      tolerance: 0,
      shown: {
        params: `${drawn.params / 1e9}B`,
        gpus: String(drawn.gpus),
        memory: `${drawn.memoryGb} GB`,
        stage0: held(0),
        stage1: held(1),
        stage2: held(2),
        stage3: held(3),
        stage: String(stage),
      },
    };
  },
};

export default drill;

function bytesOf({ params, gpus }: LowestStageParams, stage: ZeroStage): number {
  return zeroModelStates({ stage, params, dpDegree: gpus }).bytesPerGpu;
}

function lowest(drawn: LowestStageParams): ZeroStage | undefined {
  return STAGES.find((stage) => bytesOf(drawn, stage) <= drawn.memoryGb * 1e9);
}

function isClear(drawn: LowestStageParams): boolean {
  return STAGES.every(
    (stage) => Math.abs(bytesOf(drawn, stage) / (drawn.memoryGb * 1e9) - 1) > MARGIN,
  );
}
