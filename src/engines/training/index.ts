/** A small network trained with every operation rounded to a chosen format. */
export { WIDTHS } from './network.ts';
export { BATCH_TOKENS, INPUTS, SAMPLES, SPOILED, TARGETS } from './problem.ts';
export { seededRandom } from './random.ts';
export {
  createTraining,
  OPTIMIZER,
  type StepReport,
  type Training,
  type TrainingOptions,
} from './train.ts';
