import { finiteNumber, integer, oneOf } from '../arguments.ts';
import { STAGES, type ZeroStage } from './zero.ts';

export const STEP_ACTIONS = [
  'start',
  'gather',
  'forward',
  'backward',
  'reduce',
  'release',
  'update',
  'gather-updated',
  'end',
] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];

export interface StepMoment {
  action: StepAction;
  pass: 'forward' | 'backward' | 'update';
  /** Block of layers, from 1; 0 where the action is about the whole model. */
  block: number;
  /** Bytes on this rank after the action. */
  parameters: number;
  gradients: number;
  optimizerStates: number;
  activations: number;
  bytes: number;
  /** Elements this rank has sent so far, as the paper counts: a reduce-scatter or all-gather of n sends n. */
  paperElements: number;
  /** The same with ring collectives: × (N − 1)/N. */
  ringElements: number;
  /** Bytes sent so far, ring, two per element. */
  sentBytes: number;
}

export interface StepTrace {
  moments: StepMoment[];
  /** Index of the first moment with the most bytes held. */
  peak: number;
}

export interface StepInput {
  stage: ZeroStage;
  params: number;
  dpDegree: number;
  /** Blocks of layers into which the model is cut for the picture. */
  blocks?: number;
  k?: number;
  parameterBytes?: number;
  gradientBytes?: number;
  /** Activation bytes at the end of the forward pass. */
  activationBytes?: number;
}

/**
 * One training step of one data-parallel rank, block by block: what it holds after each action and what
 * it has sent. Stage 0 all-reduces each block's gradients during backward; stage 1 reduce-scatters at the
 * end, stage 2 block by block; both gather the updated parameters. Stage 3 gathers a block before its
 * forward and again before its backward, and releases it after each.
 * No prefetch: one block is gathered at a time. Source: arXiv:1910.02054 §5 and §7.
 *
 * @throws RangeError | TypeError naming the argument
 */
export function zeroStep(input: StepInput): StepTrace {
  const stage = oneOf('stage', input.stage, STAGES);
  const params = integer('params', input.params, 1);
  const n = integer('dpDegree', input.dpDegree, 1);
  const blocks = integer('blocks', input.blocks ?? 4, 1, 128);
  const k = finiteNumber('k', input.k ?? 12);
  const pBytes = finiteNumber('parameterBytes', input.parameterBytes ?? 2);
  const gBytes = finiteNumber('gradientBytes', input.gradientBytes ?? 2);
  const activationBytes = finiteNumber('activationBytes', input.activationBytes ?? 0);

  const wholeP = pBytes * params;
  const wholeG = gBytes * params;
  const block = 1 / blocks;
  const optimizerStates = (k * params) / (stage >= 1 ? n : 1);
  const ownP = stage === 3 ? wholeP / n : wholeP;

  // Counted in blocks, so that a whole step sends exactly 2Ψ or 3Ψ.
  let sentBlocks = 0;
  let extraP = 0;
  let gradients = 0;
  let activations = 0;
  const moments: StepMoment[] = [];
  const note = (action: StepAction, pass: StepMoment['pass'], index = 0): void => {
    const parameters = ownP + extraP;
    const paperElements = (sentBlocks * params) / blocks;
    const ringElements = (paperElements * (n - 1)) / n;
    moments.push({
      action,
      pass,
      block: index,
      parameters,
      gradients,
      optimizerStates,
      activations,
      bytes: parameters + gradients + optimizerStates + activations,
      paperElements,
      ringElements,
      sentBytes: 2 * ringElements,
    });
  };
  const gather = (pass: 'forward' | 'backward', index: number): void => {
    sentBlocks += 1;
    extraP = wholeP * block * (1 - 1 / n);
    note('gather', pass, index);
  };
  const release = (pass: 'forward' | 'backward', index: number): void => {
    extraP = 0;
    note('release', pass, index);
  };

  note('start', 'forward');
  for (let index = 1; index <= blocks; index += 1) {
    if (stage === 3) gather('forward', index);
    activations = (activationBytes * index) / blocks;
    note('forward', 'forward', index);
    if (stage === 3) release('forward', index);
  }
  for (let index = blocks; index >= 1; index -= 1) {
    const done = blocks - index;
    if (stage === 3) gather('backward', index);
    const shard = stage >= 2 ? 1 / n : 1;
    gradients = wholeG * block * (done * shard + 1);
    activations = (activationBytes * (index - 1)) / blocks;
    note('backward', 'backward', index);
    if (stage !== 1) {
      sentBlocks += stage === 0 ? 2 : 1;
      gradients = wholeG * block * (done + 1) * shard;
      note('reduce', 'backward', index);
    }
    if (stage === 3) release('backward', index);
  }
  if (stage === 1) {
    sentBlocks += blocks;
    note('reduce', 'update');
  }
  note('update', 'update');
  if (stage === 1 || stage === 2) {
    sentBlocks += blocks;
    note('gather-updated', 'update');
  }
  gradients = 0;
  note('end', 'update');

  let peak = 0;
  moments.forEach((moment, index) => {
    if (moment.bytes > (moments[peak] as StepMoment).bytes) peak = index;
  });
  return { moments, peak };
}
