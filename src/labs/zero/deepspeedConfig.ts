import type { Offload, Optimizer, ZeroStage } from '~/engines/memory/index.ts';
import {
  DEEPSPEED_KEYS,
  DEEPSPEED_SECTIONS,
  DEPRECATED_KEYS,
  type Kind,
  LENIENT_SECTIONS,
  type Section,
} from './deepspeedKeys.ts';

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

type Json = Record<string, unknown>;

/** DeepSpeed's default of both buckets, in elements. */
const BUCKET = 5e8;

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

/** More than any configuration needs. */
export const MAX_TEXT = 100_000;

export interface ImportProblem {
  /** Keys from the top, joined by dots; '' where the text as a whole is meant. */
  path: string;
  problem:
    | 'too-long'
    | 'not-json'
    | 'not-object'
    /** DeepSpeed stops at this key. */
    | 'unknown'
    /** DeepSpeed reads past this key, so it does nothing. */
    | 'ignored'
    | 'deprecated'
    | 'wrong-value'
    /** Does nothing, or stops, unless `stage` is 3. */
    | 'needs-stage-3'
    /** bf16 and fp16 at once. */
    | 'both-precisions'
    /** train_batch_size is no multiple of micro-batch × accumulation. */
    | 'batch-mismatch'
    /** DeepSpeed knows it, the lab does not count it. */
    | 'not-counted';
  /** For `wrong-value`: what the key takes. */
  expected?: Kind;
}

export interface Import {
  /** Fields that the file settles, by DeepSpeed's defaults where it is silent. */
  choice: Partial<Choice>;
  /** Data-parallel ranks, where all three batch sizes are given. */
  dataParallel?: number;
  problems: ImportProblem[];
}

/**
 * What a reader's DeepSpeed configuration says. Never throws; whatever it does not understand is named by its
 * path and left out. `auto` (Hugging Face fills it in) counts as absent. Numbers are positive safe integers,
 * not yet held to the lab's own ranges. DeepSpeed itself reads Hjson: comments, which this refuses.
 */
export function importDeepspeed(text: string): Import {
  const whole = (problem: ImportProblem['problem']): Import => ({
    choice: {},
    problems: [{ path: '', problem }],
  });
  if (text.length > MAX_TEXT) return whole('too-long');
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    return whole('not-json');
  }
  if (!isObject(config)) return whole('not-object');

  const problems: ImportProblem[] = [];
  const flat = readSections(config, problems);
  const get = <T>(path: string): T | undefined => flat.get(path) as T | undefined;
  const zero = 'zero_optimization';

  const choice: Partial<Choice> = {};
  const stage = get<number>(`${zero}.stage`) ?? (get(zero) === true ? 1 : 0);
  if (stage > 3) problems.push({ path: `${zero}.stage`, problem: 'wrong-value', expected: STAGES });
  else choice.stage = stage as ZeroStage;
  const needsStage3 = (path: string): void => {
    problems.push({ path, problem: 'needs-stage-3' });
  };

  const device = (part: string, old: string): Offload =>
    get<Offload>(`${zero}.${part}.device`) ?? (get(`${zero}.${old}`) === true ? 'cpu' : 'none');
  const optimizerDevice = device('offload_optimizer', 'cpu_offload');
  choice.offloadOptimizer = stage === 0 ? 'none' : optimizerDevice;
  if (stage < 3 && optimizerDevice === 'nvme') {
    needsStage3(`${zero}.offload_optimizer.device`);
    if (stage > 0) choice.offloadOptimizer = 'cpu';
  }
  if (stage < 3 && (get<number>(`${zero}.offload_optimizer.ratio`) ?? 1) < 1) {
    needsStage3(`${zero}.offload_optimizer.ratio`);
  }
  const parametersDevice = device('offload_param', 'cpu_offload_param');
  choice.offloadParameters = stage === 3 ? parametersDevice : 'none';
  if (stage < 3 && parametersDevice !== 'none') needsStage3(`${zero}.offload_param`);

  const hpz = Math.max(1, get<number>(`${zero}.zero_hpz_partition_size`) ?? 1);
  choice.hpz = stage === 3 ? hpz : 1;
  if (stage < 3 && hpz > 1) needsStage3(`${zero}.zero_hpz_partition_size`);
  choice.reduceBucket = get<number>(`${zero}.reduce_bucket_size`) ?? BUCKET;
  choice.gatherBucket = get<number>(`${zero}.allgather_bucket_size`) ?? BUCKET;

  readPrecision(config, get, choice, problems);
  choice.tp = Math.max(1, get<number>('tensor_parallel.autotp_size') ?? 1);
  readOptimizer(get, choice, problems);
  const dataParallel = readBatch(get, choice, problems);
  return dataParallel === undefined ? { choice, problems } : { choice, dataParallel, problems };
}

const STAGES: Kind = ['0', '1', '2', '3'];

type Get = <T>(path: string) => T | undefined;

/** Values of known keys that have the right kind, by path; the rest becomes problems. */
function readSections(config: Json, problems: ImportProblem[]): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const section of DEEPSPEED_SECTIONS) {
    const part = at(config, section);
    if (!isObject(part)) continue;
    const keys: Record<string, Kind> = DEEPSPEED_KEYS[section];
    for (const [key, value] of Object.entries(part)) {
      const path = section === '' ? key : `${section}.${key}`;
      if (!Object.hasOwn(keys, key)) {
        problems.push({ path: clip(path), problem: unknownIn(section) });
        continue;
      }
      if (value === 'auto' || value === null) continue;
      if (DEPRECATED_KEYS.includes(path)) problems.push({ path, problem: 'deprecated' });
      const kind = keys[key] as Kind;
      // The oldest files switched ZeRO on with a boolean: stage 1.
      if (path === 'zero_optimization' && typeof value === 'boolean') {
        problems.push({ path, problem: 'deprecated' });
        flat.set(path, value);
        continue;
      }
      const taken = take(kind, value);
      if (taken === undefined) problems.push({ path, problem: 'wrong-value', expected: kind });
      else flat.set(path, taken);
    }
  }
  return flat;
}

function unknownIn(section: Section): 'ignored' | 'unknown' {
  return LENIENT_SECTIONS.includes(section) ? 'ignored' : 'unknown';
}

/** As pydantic takes it: `5e8` is an integer, `"16"` too, `"true"` a boolean. */
function take(kind: Kind, value: unknown): unknown {
  if (kind === 'any') return value;
  if (kind === 'object') return isObject(value) ? value : undefined;
  if (kind === 'text') return typeof value === 'string' ? value : undefined;
  if (kind === 'boolean') {
    const word = typeof value === 'string' ? value.toLowerCase() : value;
    if (word === true || word === 1 || word === 'true') return true;
    return word === false || word === 0 || word === 'false' ? false : undefined;
  }
  if (kind === 'integer' || kind === 'number') {
    const text = typeof value === 'string' && /^\d{1,16}(\.\d{1,16})?$/.test(value);
    const number = text ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined;
    return kind === 'number' || Number.isSafeInteger(number) ? number : undefined;
  }
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return kind.includes(word) ? word : undefined;
}

function readPrecision(
  config: Json,
  get: Get,
  choice: Partial<Choice>,
  problems: ImportProblem[],
): void {
  const section = isObject(at(config, 'bf16')) ? 'bf16' : 'bfloat16';
  const bf16 = get<boolean>(`${section}.enabled`);
  const fp16 = get<boolean>('fp16.enabled');
  if (bf16 && fp16) problems.push({ path: 'fp16.enabled', problem: 'both-precisions' });
  else if (bf16) choice.precision = 'bf16';
  else if (fp16) choice.precision = 'fp16';
  else if (at(config, 'bf16.enabled') !== 'auto' && at(config, 'fp16.enabled') !== 'auto') {
    choice.precision = 'fp32';
  }
  const gradients = get<string>('data_types.grad_accum_dtype');
  choice.gradients = gradients === 'fp32' ? 'fp32' : 'same';
}

function readOptimizer(get: Get, choice: Partial<Choice>, problems: ImportProblem[]): void {
  const type = get<string>('optimizer.type')?.toLowerCase();
  if (type === undefined) return;
  const params = get<Json>('optimizer.params');
  if (type === 'adam' || type === 'adamw') choice.optimizer = 'adam';
  else if (type === 'muon' || type === 'adafactor') choice.optimizer = type;
  else if (type === 'sgd') {
    const momentum =
      params !== undefined && Object.hasOwn(params, 'momentum') && params['momentum'];
    choice.optimizer = momentum ? 'sgd-momentum' : 'sgd';
  } else problems.push({ path: 'optimizer.type', problem: 'not-counted' });
}

function readBatch(
  get: Get,
  choice: Partial<Choice>,
  problems: ImportProblem[],
): number | undefined {
  const positive = (path: string): number | undefined => {
    const value = get<number>(path);
    if (value !== 0) return value;
    problems.push({ path, problem: 'wrong-value', expected: 'integer' });
    return undefined;
  };
  const whole = positive('train_batch_size');
  const micro = positive('train_micro_batch_size_per_gpu');
  const accumulation = positive('gradient_accumulation_steps');
  if (micro !== undefined) choice.batch = micro;
  if (accumulation !== undefined) choice.accumulation = accumulation;
  else if (whole === undefined && micro !== undefined) choice.accumulation = 1;
  if (whole === undefined || micro === undefined || accumulation === undefined) return undefined;
  const ranks = whole / (micro * accumulation);
  if (Number.isInteger(ranks)) return ranks;
  problems.push({ path: 'train_batch_size', problem: 'batch-mismatch' });
  return undefined;
}

function at(config: Json, path: string): unknown {
  if (path === '') return config;
  let value: unknown = config;
  for (const key of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const clip = (path: string): string => (path.length > 120 ? `${path.slice(0, 120)}…` : path);
