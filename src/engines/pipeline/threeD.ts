import { integer } from '../arguments.ts';
import { type Fraction, reduced } from './fraction.ts';

export interface ThreeDInput {
  /** Pipeline-, tensor- and data-parallel degrees. */
  p: number;
  t: number;
  d: number;
  /** Global batch and micro-batch, in sequences. */
  B: number;
  b: number;
  /** Sequence length in tokens, hidden size, transformer layers. */
  s: number;
  h: number;
  layers: number;
}

export interface ThreeD {
  /** p·t·d. */
  gpus: number;
  /** Micro-batches per pipeline and step, m = B/(b·d). */
  microbatches: number;
  /** (p−1)/m, over ideal time. */
  bubble: Fraction;
  /** Elements per device, layer and micro-batch, forward and backward: 8·b·s·h·(t−1)/t. */
  tpElementsPerLayer: number;
  /** The same over the layers/p layers of a stage. */
  tpElementsPerStage: number;
  /** Elements crossing one stage boundary per micro-batch and direction: b·s·h. */
  ppElements: number;
  /** The same with scatter/gather over the t tensor-parallel ranks: b·s·h/t. */
  ppElementsScatterGather: number;
}

/**
 * GPUs, micro-batches and communication volumes of a (p, t, d) layout. Volumes count *elements*.
 * Throws a RangeError for degrees or sizes below 1 and when B is not a multiple of b·d.
 *
 * Source: arXiv 2104.04473 §3.1, §3.2, §4.1.
 */
export function threeD(input: ThreeDInput): ThreeD {
  const p = integer('p', input.p, 1);
  const t = integer('t', input.t, 1);
  const d = integer('d', input.d, 1);
  const b = integer('b', input.b, 1);
  const B = integer('B', input.B, 1);
  const layers = integer('layers', input.layers, 1);
  if (B % (b * d) !== 0) {
    throw new RangeError(`B must be a multiple of b·d = ${b * d}, got ${B}`);
  }
  const microbatches = B / (b * d);
  const boundary = b * integer('s', input.s, 1) * integer('h', input.h, 1);
  const tpElementsPerLayer = (8 * boundary * (t - 1)) / t;
  return {
    gpus: p * t * d,
    microbatches,
    bubble: reduced(p - 1, microbatches),
    tpElementsPerLayer,
    tpElementsPerStage: (tpElementsPerLayer * layers) / p,
    ppElements: boundary,
    ppElementsScatterGather: boundary / t,
  };
}

export interface BatchLayout {
  /** Data-parallel degree, gpus/(t·p): copies of the model. */
  d: number;
  /** Sequences each copy of the model works on per optimizer step, B/d. */
  sequencesPerReplica: number;
  /** Micro-batches per pipeline and step, m = B/(b·d). */
  microbatches: number;
  /** (p−1)/m, over ideal time, of GPipe and of 1F1B without interleaving. */
  bubble: Fraction;
}

/**
 * Copies of the model and micro-batches per pipeline when `gpus` devices run a layout of t-way tensor
 * and p-way pipeline parallelism (no context parallelism) on a global batch of B sequences.
 * Throws a RangeError for sizes below 1, gpus not a multiple of t·p, B not a multiple of b·d.
 *
 * Source: arXiv 2104.04473 §3.1.
 */
export function batchLayout(input: {
  gpus: number;
  t: number;
  p: number;
  /** Global batch and micro-batch, in sequences. */
  B: number;
  b: number;
}): BatchLayout {
  const gpus = integer('gpus', input.gpus, 1);
  const modelParallel = integer('t', input.t, 1) * integer('p', input.p, 1);
  if (gpus % modelParallel !== 0) {
    throw new RangeError(`gpus must be a multiple of t·p = ${modelParallel}, got ${gpus}`);
  }
  const d = gpus / modelParallel;
  const { B, b, p, t } = input;
  const { microbatches, bubble } = threeD({ p, t, d, B, b, s: 1, h: 1, layers: 1 });
  return { d, sequencesPerReplica: B / d, microbatches, bubble };
}

export interface LayerTraffic {
  /** Bytes a device sends for the all-reduces of one layer, forward and backward. */
  tpBytesPerLayer: number;
  /** The same for all layers of the model. */
  tpBytesPerMicroBatch: number;
  /** Bytes across one pipeline boundary, one direction. */
  ppBytesPerBoundary: number;
  /** Tensor-parallel traffic of the whole model over one boundary's traffic in both directions. */
  tpOverPp: number;
}

/** What tensor and pipeline parallelism send per micro-batch for the same model, in bytes. */
export function layerTraffic(input: {
  b: number;
  s: number;
  h: number;
  layers: number;
  t: number;
  /** Bytes per element: 2 for 16-bit activations. */
  elemBytes: number;
}): LayerTraffic {
  const elemBytes = integer('elemBytes', input.elemBytes, 1);
  const volumes = threeD({ ...input, p: 1, d: 1, B: input.b });
  const tpBytesPerMicroBatch = volumes.tpElementsPerStage * elemBytes;
  const ppBytesPerBoundary = volumes.ppElements * elemBytes;
  return {
    tpBytesPerLayer: volumes.tpElementsPerLayer * elemBytes,
    tpBytesPerMicroBatch,
    ppBytesPerBoundary,
    tpOverPp: tpBytesPerMicroBatch / (2 * ppBytesPerBoundary),
  };
}
