/** Collective operations: what a ring all-reduce sends, NCCL's bandwidth factors, and traces of each round. */
export {
  ALGORITHMS,
  type Algorithm,
  type AllReduceCost,
  type AllReduceRun,
  allReduceCost,
  type Round,
  runAllReduce,
  type Transfer,
} from './algorithms.ts';
export { type Bucket, type OverlappedBackward, overlappedBackward } from './buckets.ts';
export { type BusbwFactors, collectiveSeconds, ncclBusbwFactors } from './busBandwidth.ts';
export { NUMBERINGS, type Numbering, type RingAllReduce, ringAllReduce } from './ring.ts';
export {
  type Holdings,
  type Message,
  type Trace,
  type TraceStep,
  traceAllGather,
  traceAllReduce,
  traceReduceScatter,
} from './traces.ts';
