import { finiteNumber, integer, oneOf } from '../arguments.ts';
import { PAPER_MODELS, type Shape } from './shapes.ts';

/** tp tensor parallelism, sp sequence parallelism, selective/full recomputation. */
export const TECHNIQUES = [
  'none',
  'tp',
  'tp+sp',
  'tp+selective',
  'tp+sp+selective',
  'full',
] as const;
export type Technique = (typeof TECHNIQUES)[number];

export interface ActivationInput extends Omit<Shape, 'l'> {
  technique: Technique;
  /** Tensor-parallel size of the row compared with; `t`, or the paper's 8 for `none` on one GPU. */
  baselineT?: number;
}

export interface LayerActivations {
  /** Bytes per transformer layer and GPU. */
  bytesPerLayer: number;
  /** Percent of plain tensor parallelism on the same shape (the paper's Equation 2). */
  percentOfTpBaseline: number;
}

/**
 * Activation bytes one transformer layer keeps for its backward pass: 16-bit activations, 1-byte dropout
 * masks, an MLP of 4h with GeLU, attention without FlashAttention (which stores no s × s tensors, so
 * modern stacks look like the selective rows unasked). `none` ignores t; full recomputation keeps 2sbh,
 * not divided by t.
 * Source: arXiv:2205.05198 §4, Table 2.
 */
export function activationPerLayer(input: ActivationInput): LayerActivations {
  const technique = oneOf('technique', input.technique, TECHNIQUES);
  const shape = {
    s: integer('s', input.s, 1),
    b: integer('b', input.b, 1),
    h: integer('h', input.h, 1),
    a: integer('a', input.a, 1),
  };
  const t = integer('t', input.t, 1);
  const unsplit = technique === 'none' && t === 1;
  const baselineT = integer('baselineT', input.baselineT ?? (unsplit ? 8 : t), 1);
  const bytesPerLayer = layerBytes(technique, shape, t);
  return {
    bytesPerLayer,
    percentOfTpBaseline: (100 * bytesPerLayer) / layerBytes('tp', shape, baselineT),
  };
}

function layerBytes(technique: Technique, shape: Omit<Shape, 't' | 'l'>, t: number): number {
  const { s, b, h, a } = shape;
  const sbh = s * b * h;
  // 34 sbh is attention 11, MLP 19 and two layernorms 4; the attention core adds 5 a s² b.
  const core = 5 * a * s * s * b;
  switch (technique) {
    case 'none':
      return 34 * sbh + core;
    case 'tp':
      return 10 * sbh + (24 * sbh + core) / t;
    case 'tp+sp':
      return (34 * sbh + core) / t;
    case 'tp+selective':
      return 10 * sbh + (24 * sbh) / t;
    case 'tp+sp+selective':
      return (34 * sbh) / t;
    case 'full':
      return 2 * sbh;
  }
}

export interface FirstStageInput extends Partial<Shape> {
  /** One of the paper's models (22B, 175B (GPT-3), 530B (MT-NLG), 1T) stands in for s, b, h, a, t and l. */
  model?: string;
  technique: Technique;
  /** Layers; `L`, as the paper writes it, is the same argument. */
  L?: number;
  /** Pipeline stages. */
  p: number;
  /** Model chunks per device (the paper's m); 1 without interleaving. */
  v?: number;
}

export interface FirstStageActivations {
  /** L layers' worth: the first stage holds p micro-batches of L/p layers. */
  lLayersBytes: number;
  interleaveFactor: number;
  firstStageBytes: number;
}

/**
 * Activation bytes on the first pipeline stage: L layers' worth whatever p is, times 1 + (p − 1)/(p v)
 * when interleaved. Embedding dropout, the last layernorm and the logits are left out, as in the paper.
 * Source: arXiv:2205.05198 §4.2.3, Equations 5 and 6.
 */
export function activationFirstStageTotal(input: FirstStageInput): FirstStageActivations {
  const preset =
    input.model === undefined
      ? undefined
      : PAPER_MODELS[oneOf('model', input.model, Object.keys(PAPER_MODELS))];
  const technique = oneOf('technique', input.technique, TECHNIQUES);
  const layers = integer('L', input.L ?? input.l ?? preset?.l, 1);
  const p = integer('p', input.p, 1);
  const v = integer('v', input.v ?? 1, 1);
  const { bytesPerLayer } = activationPerLayer({
    technique,
    s: integer('s', input.s ?? preset?.s, 1),
    b: integer('b', input.b ?? preset?.b, 1),
    h: integer('h', input.h ?? preset?.h, 1),
    a: integer('a', input.a ?? preset?.a, 1),
    t: integer('t', input.t ?? preset?.t, 1),
  });
  const lLayersBytes = layers * bytesPerLayer;
  const interleaveFactor = v === 1 ? 1 : 1 + (p - 1) / (p * v);
  return { lLayersBytes, interleaveFactor, firstStageBytes: lLayersBytes * interleaveFactor };
}

/**
 * The ZeRO paper's rule of thumb: about 12 h b s L activation elements without recomputation (its
 * footnote 3) and h b s L for one checkpoint per layer. Elements; 2 bytes each in mixed precision.
 * The paper prints the 100B checkpoint as 33 GB, which is one byte per element (§6.1).
 */
export function zeroPaperActivations(input: { h: number; b: number; s: number; l: number }): {
  elements: number;
  checkpointElements: number;
  bytes: number;
  checkpointBytes: number;
} {
  const checkpointElements =
    integer('h', input.h, 1) *
    integer('b', input.b, 1) *
    integer('s', input.s, 1) *
    integer('l', input.l, 1);
  const elements = 12 * checkpointElements;
  return {
    elements,
    checkpointElements,
    bytes: 2 * elements,
    checkpointBytes: 2 * checkpointElements,
  };
}

/**
 * Extra FLOPs of selective recomputation, as a ratio of the model's own:
 * (1 + s/3h + V/12hL) / (1 + s/6h + V/12hL) − 1. Source: arXiv:2205.05198 Equations 7 and 8.
 */
export function selectiveRecomputeOverhead(input: {
  s: number;
  h: number;
  l: number;
  vocab: number;
}): number {
  const s = integer('s', input.s, 1);
  const h = integer('h', input.h, 1);
  const logits = finiteNumber('vocab', input.vocab) / (12 * h * integer('l', input.l, 1));
  return (1 + s / (3 * h) + logits) / (1 + s / (6 * h) + logits) - 1;
}
