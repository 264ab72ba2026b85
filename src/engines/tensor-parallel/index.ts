/** A transformer layer's MLP and attention split over tensor-parallel ranks, on real numbers, step by step. */
export type { Matrix } from './matrix.ts';
export {
  COLLECTIVES,
  type Collective,
  collectiveSends,
  type Share,
  type SplitRun,
  type Step,
  type StepId,
  splitAttention,
  splitMlp,
  type Tile,
} from './split.ts';
export {
  type Attention,
  type AttentionInput,
  attention,
  gelu,
  type Mlp,
  type MlpInput,
  mlp,
} from './unsplit.ts';
