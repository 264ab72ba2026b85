import type { Offload, Optimizer, ZeroStage } from '~/engines/memory/index.ts';

/** What a configuration depends on. The lab's state has these fields under the same names. */
export interface Choice {
  stage: ZeroStage;
  optimizer: Optimizer;
  offloadOptimizer: Offload;
  offloadParameters: Offload;
  /** GPUs that share ZeRO++'s secondary copy; 1 is off. */
  hpz: number;
  /** Sequences per micro-batch and GPU. */
  batch: number;
  tp: number;
  /** bf16 unless given. */
  precision?: Precision;
  /** What gradients are accumulated in: `same` as the parameters unless given. */
  gradients?: 'same' | 'fp32';
  /** Micro-batches per step; 1 unless given. */
  accumulation?: number;
  /** Elements; 5e8 unless given. */
  reduceBucket?: number;
  gatherBucket?: number;
}
export type Precision = 'bf16' | 'fp16' | 'fp32';

export type Json = Record<string, unknown>;

/** DeepSpeed's default of both buckets, in elements. */
export const BUCKET = 5e8;

/**
 * Names that DeepSpeed builds itself; it takes others from `torch.optim`, as untested with ZeRO. The 8-bit
 * Adam of bitsandbytes is an object of the program's, passed to `deepspeed.initialize`.
 * Source: runtime/engine.py `_configure_basic_optimizer`, runtime/zero/utils.py `ZERO_SUPPORTED_OPTIMIZERS`.
 */
const OPTIMIZERS: Record<Optimizer, { type?: string; params?: Json; untested: boolean }> = {
  adam: { type: 'AdamW', untested: false },
  muon: { type: 'Muon', untested: false },
  sgd: { type: 'SGD', untested: true },
  'sgd-momentum': { type: 'SGD', params: { momentum: 0.9 }, untested: true },
  adafactor: { type: 'Adafactor', untested: true },
  'adam-8bit': { untested: true },
};

/**
 * DeepSpeed's configuration for a choice, with only the keys whose default would be another. The learning
 * rate and the schedule are the reader's own. What a stage cannot do (offloading parameters below 3) is left out.
 */
export function deepspeedConfig(choice: Choice): Json {
  const { stage, precision = 'bf16', accumulation = 1 } = choice;
  const { type, params, untested } = OPTIMIZERS[choice.optimizer];
  const offloads = stage > 0 && choice.offloadOptimizer !== 'none';
  const config: Json = { train_micro_batch_size_per_gpu: choice.batch };
  if (accumulation > 1) config['gradient_accumulation_steps'] = accumulation;
  if (precision !== 'fp32') config[precision] = { enabled: true };
  // Without ZeRO, DeepSpeed refuses to accumulate in another type than the model's.
  if (choice.gradients === 'fp32' && precision !== 'fp32' && stage > 0) {
    config['data_types'] = { grad_accum_dtype: 'fp32' };
  }
  if (type !== undefined) config['optimizer'] = params === undefined ? { type } : { type, params };
  if (untested && stage > 0) config['zero_allow_untested_optimizer'] = true;
  if (type === undefined && offloads) config['zero_force_ds_cpu_optimizer'] = false;
  if (choice.tp > 1) config['tensor_parallel'] = { autotp_size: choice.tp };
  if (stage > 0) config['zero_optimization'] = zeroSection(choice, offloads);
  return config;
}

function zeroSection(choice: Choice, offloads: boolean): Json {
  const { stage, reduceBucket = BUCKET, gatherBucket = BUCKET } = choice;
  const zero: Json = { stage };
  if (reduceBucket !== BUCKET) zero['reduce_bucket_size'] = reduceBucket;
  if (gatherBucket !== BUCKET && stage < 3) zero['allgather_bucket_size'] = gatherBucket;
  if (offloads) {
    // Below stage 3 any device is host memory: runtime/zero/stage_1_and_2.py.
    zero['offload_optimizer'] = offload(stage === 3 ? choice.offloadOptimizer : 'cpu');
  }
  // Muon needs whole gradients: refused with reduce-scatter in stage 3, below it when offloaded.
  // Sources: runtime/zero/stage3.py, stage_1_and_2.py.
  if (choice.optimizer === 'muon' && (stage === 3 || offloads)) zero['reduce_scatter'] = false;
  if (stage === 3) {
    if (choice.offloadParameters !== 'none') {
      zero['offload_param'] = offload(choice.offloadParameters);
    }
    if (choice.hpz > 1) zero['zero_hpz_partition_size'] = choice.hpz;
  }
  return zero;
}

function offload(device: Offload): Json {
  return device === 'nvme' ? { device, nvme_path: '/local_nvme' } : { device };
}

/** The same as text, ready to copy. */
export function printDeepspeed(choice: Choice): string {
  return JSON.stringify(deepspeedConfig(choice), null, 2);
}
