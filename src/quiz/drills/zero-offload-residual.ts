import { trainingPlan } from '../../engines/memory/index.ts';
import { bytes } from '../../format/number.ts';
import type { Drill } from './drill.ts';

export interface ResidualParams {
  /** What the CPU takes: gradients and optimizer states, in stage 3 also the parameters. */
  stage: 2 | 3;
  offloadParameters: boolean;
  /** Model parameters. */
  params: number;
  /** Most parameters that one module owns directly: usually the embedding table. */
  largest: number;
  /** Data-parallel GPUs. */
  gpus: number;
}

/** Totals and vocabulary × hidden size of published checkpoints, rounded to a million. */
const MODELS = [
  { params: 6738e6, largest: 131e6 },
  { params: 8030e6, largest: 525e6 },
  { params: 7616e6, largest: 545e6 },
  { params: 70_554e6, largest: 1051e6 },
  { params: 72_706e6, largest: 1246e6 },
];
const GPUS = [4, 8, 16, 32];

/** Bytes of model states left on each GPU once DeepSpeed offloads, by its own estimators. */
const drill: Drill<ResidualParams> = {
  // The page on memory in DeepSpeed's documentation: 0.78 (GiB) for a 3B model on 8 GPUs.
  example: { stage: 3, offloadParameters: false, params: 2851e6, largest: 32e6, gpus: 8 },

  draw(random) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const offloads = [
      { stage: 2, offloadParameters: false },
      { stage: 3, offloadParameters: false },
      { stage: 3, offloadParameters: true },
    ] as const;
    return { ...pick(offloads), ...pick(MODELS), gpus: pick(GPUS) };
  },

  solve({ stage, offloadParameters, params, largest, gpus }) {
    const plan = (offloaded: boolean) =>
      trainingPlan({
        account: 'deepspeed',
        stage,
        params,
        gpus,
        offloadOptimizer: offloaded ? 'cpu' : 'none',
        offloadParameters: offloaded && offloadParameters ? 'cpu' : 'none',
        shape: {
          layers: 1,
          hidden: 1,
          heads: 1,
          vocab: 1,
          embeddings: 0,
          tables: 1,
          largestModule: largest,
          layerParameters: largest,
        },
      });
    const { bytesPerGpu, bytesByKind } = plan(true);
    const model = millions(params);
    const resident =
      stage === 2 ? `2 × ${model}` : offloadParameters ? '0' : `2 × ${model} ÷ ${gpus}`;
    return {
      value: bytesPerGpu,
      unit: 'bytes',
      tolerance: 0.02,
      shown: {
        stage: String(stage),
        keys: offloadParameters ? 'offload_optimizer + offload_param' : 'offload_optimizer',
        params: model,
        largest: millions(largest),
        gpus: String(gpus),
        residentStep: resident,
        resident: gigabytes(bytesByKind.parameters),
        gatheredStep: stage === 2 ? '0' : `4 × ${millions(largest)}`,
        gathered: gigabytes(bytesByKind.buffers),
        total: gigabytes(bytesPerGpu),
        totalBinary: bytes(bytesPerGpu, 'GiB', 2),
        without: gigabytes(plan(false).bytesPerGpu),
      },
    };
  },
};

export default drill;

/** 2851e6 → "2,851M". */
function millions(count: number): string {
  return `${(count / 1e6).toLocaleString('en-US')}M`;
}

function gigabytes(value: number): string {
  return bytes(value, 'GB', 2);
}
