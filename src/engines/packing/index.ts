/** Sequence packing: training examples of unequal length laid into windows of one length. */
export { type AttentionCost, attentionCost, positionIds } from './attention.ts';
export {
  OVERLONG,
  type Overlong,
  type Packing,
  type PackingInput,
  type Piece,
  pack,
  STRATEGIES,
  type Strategy,
} from './pack.ts';
