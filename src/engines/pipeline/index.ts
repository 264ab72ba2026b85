/**
 * Pipelines and 3D layouts: bubbles, activations in flight, the order of forward and backward
 * passes, which ranks form which group, and what each kind of parallelism sends.
 */
export { type Bubble, pipelineBubble } from './bubble.ts';
export { deepspeedStepGrid, type StepGrid } from './deepspeedGrid.ts';
export type { Fraction } from './fraction.ts';
export {
  type InFlight,
  type InterleavedWarmup,
  interleavedWarmup,
  pipelineInFlight,
} from './inFlight.ts';
export {
  type DimensionTraffic,
  PLACED_DIMENSIONS,
  PLACEMENT_ORDERS,
  type PlacedDimension,
  type Placement,
  type PlacementOrder,
  type PlacementTrafficInput,
  placementTraffic,
  type RankPlace,
  rankPlace,
  stageOfRank,
} from './placement.ts';
export { type RankLayout, rankLayout } from './rankLayout.ts';
export type { TimetablePass } from './run.ts';
export { pipelineSchedule, type Schedule } from './schedule.ts';
export { type PipelineShape, SCHEDULES, type ScheduleName } from './shape.ts';
export {
  type BatchLayout,
  batchLayout,
  type LayerTraffic,
  layerTraffic,
  type ThreeD,
  type ThreeDInput,
  threeD,
} from './threeD.ts';
export {
  type ClosedBubble,
  closedBubble,
  type Moment,
  pipelineTimetable,
  type RankMoment,
  rankMoments,
  TIMETABLES,
  type Timetable,
  type TimetableInput,
  type TimetableName,
} from './timetable.ts';
