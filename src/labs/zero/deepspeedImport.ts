/** Apart from what prints a configuration, because DeepSpeed's keys outweigh it: loaded when a reader has one to read. */
import type { Offload, ZeroStage } from '~/engines/memory/index.ts';
import { BUCKET, type Choice, type Json } from './deepspeedConfig.ts';
import {
  DEEPSPEED_KEYS,
  DEEPSPEED_SECTIONS,
  DEPRECATED_KEYS,
  type Kind,
  LENIENT_SECTIONS,
  type Section,
} from './deepspeedKeys.ts';

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
