import { type ZeroStage, zeroModelStates } from '../../engines/memory/index.ts';
import type { Drill } from './drill.ts';

export interface ZeroBytesParams {
  stage: ZeroStage;
  /** Model parameters. */
  params: number;
  /** Data-parallel GPUs. */
  gpus: number;
}

const SIZES = [1.5e9, 3e9, 7e9, 7.5e9, 8e9, 13e9, 14e9, 32e9, 70e9];
const GPUS = [4, 8, 16, 32, 64, 128, 256];
const DRAWN_STAGES: readonly ZeroStage[] = [1, 2, 3];

/** Model-state bytes per GPU under a ZeRO stage, in the ZeRO paper's accounting. */
const drill: Drill<ZeroBytesParams> = {
  // arXiv:1910.02054 Figure 1, third bar: 16.6 GB.
  example: { stage: 2, params: 7.5e9, gpus: 64 },

  draw(random) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    return { stage: pick(DRAWN_STAGES), params: pick(SIZES), gpus: pick(GPUS) };
  },

  solve({ stage, params, gpus }) {
    const states = zeroModelStates({ stage, params, dpDegree: gpus });
    const model = `${params / 1e9}B`;
    const step = (bytes: number, shardedFrom: number): string =>
      stage >= shardedFrom ? `${bytes} × ${model} ÷ ${gpus}` : `${bytes} × ${model}`;
    return {
      value: states.bytesPerGpu,
      unit: 'bytes',
      tolerance: 0.02,
      shown: {
        stage: String(stage),
        params: model,
        gpus: String(gpus),
        parametersStep: step(2, 3),
        parameters: gigabytes(states.parameters),
        gradientsStep: step(2, 2),
        gradients: gigabytes(states.gradients),
        optimizerStep: step(12, 1),
        optimizer: gigabytes(states.optimizerStates),
        total: gigabytes(states.bytesPerGpu),
        withoutZero: gigabytes(zeroModelStates({ stage: 0, params, dpDegree: gpus }).bytesPerGpu),
      },
    };
  },
};

export default drill;

/** Decimal gigabytes to three significant digits below 100, whole above: "0.234 GB", "16.6 GB", "120 GB". */
function gigabytes(bytes: number): string {
  const value = bytes / 1e9;
  return `${value >= 100 ? Math.round(value) : Number(value.toPrecision(3))} GB`;
}
