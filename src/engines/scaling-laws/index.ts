/** How large a model, on how many tokens, for how long: scaling laws and training compute. */
export {
  type AttentionShape,
  affordableTokens,
  breakEvenTokens,
  flopsInTime,
  lifetimeFlops,
  mfu,
  modelFlopsPerToken,
  type TrainedModel,
  tokensPerParameter,
  trainingFlops,
  trainingTimeSeconds,
} from './compute.ts';
export {
  type Allocation,
  chinchilla,
  computeOptimal,
  FLOPS_PER_PARAMETER_TOKEN,
  growth,
  LAWS,
  type LawName,
  optimalForParameters,
  type PowerLaw,
} from './laws.ts';
export { parametricLoss } from './loss.ts';
export {
  CHINCHILLA_TABLE_3,
  CHINCHILLA_TABLE_A3,
  FITS,
  type FitName,
  type ParametricFit,
  type ProjectionRow,
} from './published.ts';
