import { boolean, finiteNumber, integer, oneOf } from '../arguments.ts';

export interface DeepspeedEstimate {
  /** Bytes of host memory as DeepSpeed counts them, under its heading "per CPU". */
  cpuBytes: number;
  gpuBytes: number;
}

export interface DeepspeedZero2Input {
  totalParams: number;
  numGpusPerNode?: number;
  numNodes?: number;
  /** offload_optimizer; DeepSpeed's own default for this function is true. */
  cpuOffload?: boolean;
  additionalBufferFactor?: number;
  /** `before-0.14.3` is 4Ψ + 16Ψ/N, which the documentation page still prints. */
  rule?: 'current' | 'before-0.14.3';
}

/**
 * DeepSpeed's ZeRO-2 estimator. Without offload a GPU holds 2Ψ + 18Ψ/N bytes, where 18 = 16-bit gradient 2
 * + fp32 gradient 4 + fp32 parameter 4 + moments 8; with offload 2Ψ. The CPU figure is not divided
 * by the number of nodes, unlike the ZeRO-3 estimator's.
 * Source: deepspeed/runtime/zero/stage_1_and_2.py `estimate_zero2_model_states_mem_needs`.
 */
export function deepspeedZero2Estimator(input: DeepspeedZero2Input): DeepspeedEstimate {
  const { totalParams, gpusPerNode, totalGpus, cpuOffload, bufferFactor } = cluster(input);
  const rule = oneOf('rule', input.rule ?? 'current', ['current', 'before-0.14.3']);
  if (cpuOffload) {
    return {
      cpuBytes: Math.trunc(totalParams * Math.max(4 * totalGpus, 16) * bufferFactor),
      gpuBytes: 2 * totalParams,
    };
  }
  const [whole, divided] = rule === 'current' ? [2, 18] : [4, 16];
  return {
    cpuBytes: Math.trunc(totalParams * 4 * gpusPerNode * bufferFactor),
    gpuBytes: whole * totalParams + Math.trunc((divided * totalParams) / totalGpus),
  };
}

export interface DeepspeedZero3Input extends Omit<DeepspeedZero2Input, 'rule'> {
  /** Most parameters owned directly by one module: usually an embedding or one linear matrix. */
  largestLayerParams: number;
  /** offload_param; ignored unless `cpuOffload` is on. */
  cpuOffloadParams?: boolean;
  /** The model was built under `deepspeed.zero.Init`, so no process ever held all of it. */
  zeroInit?: boolean;
}

/**
 * DeepSpeed's ZeRO-3 estimator: 18Ψ/N bytes per GPU plus the largest layer gathered (2 bytes of weights
 * and 2 of gradients); with the optimizer offloaded 2Ψ/N plus that layer; with parameters too, the layer alone.
 * Source: deepspeed/runtime/zero/stage3.py `estimate_zero3_model_states_mem_needs`.
 */
export function deepspeedZero3Estimator(
  input: DeepspeedZero3Input,
): DeepspeedEstimate & { largestLayerBytes: number } {
  const { totalParams, gpusPerNode, numNodes, totalGpus, cpuOffload, bufferFactor } =
    cluster(input);
  const largestLayer = integer('largestLayerParams', input.largestLayerParams, 0, totalParams);
  const cpuOffloadParams = boolean('cpuOffloadParams', input.cpuOffloadParams ?? true);
  const zeroInit = boolean('zeroInit', input.zeroInit ?? true);
  const largestLayerBytes = 4 * largestLayer;

  if (!cpuOffload) {
    const loaded = zeroInit ? largestLayer : totalParams;
    return {
      cpuBytes: Math.trunc(loaded * 4 * gpusPerNode * bufferFactor),
      gpuBytes: largestLayerBytes + Math.trunc((18 * totalParams) / totalGpus),
      largestLayerBytes,
    };
  }
  // Multiplied in DeepSpeed's order: 1/numNodes is a rounded double, so the last byte depends on it.
  const nodeShare = 1 / numNodes;
  const held = cpuOffloadParams ? 18 : 16;
  const hostBytes = zeroInit
    ? totalParams * held * nodeShare * bufferFactor
    : totalParams * Math.max(4 * gpusPerNode, held * nodeShare) * bufferFactor;
  const shard = cpuOffloadParams ? 0 : Math.trunc((2 * totalParams) / totalGpus);
  return {
    cpuBytes: Math.trunc(hostBytes),
    gpuBytes: largestLayerBytes + shard,
    largestLayerBytes,
  };
}

function cluster(input: DeepspeedZero2Input) {
  const gpusPerNode = integer('numGpusPerNode', input.numGpusPerNode ?? 1, 1);
  const numNodes = integer('numNodes', input.numNodes ?? 1, 1);
  return {
    totalParams: integer('totalParams', input.totalParams, 1),
    gpusPerNode,
    numNodes,
    totalGpus: gpusPerNode * numNodes,
    cpuOffload: boolean('cpuOffload', input.cpuOffload ?? true),
    bufferFactor: finiteNumber('additionalBufferFactor', input.additionalBufferFactor ?? 1.5),
  };
}
