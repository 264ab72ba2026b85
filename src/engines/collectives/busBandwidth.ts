import { finiteNumber, integer, oneOf } from '../arguments.ts';

export interface BusbwFactors {
  allReduce: number;
  reduceScatter: number;
  allGather: number;
  broadcast: number;
  reduce: number;
  allToAll: number;
}

/**
 * nccl-tests' correction factors: bus bandwidth = (S / t) × factor, with S the size of the whole
 * buffer. Read the other way, factor × S is what the busiest link carries.
 *
 * Source: NVIDIA/nccl-tests `doc/PERFORMANCE.md`. Throws a RangeError for fewer than one rank.
 */
export function ncclBusbwFactors(input: { ranks: number }): BusbwFactors {
  const n = integer('ranks', input.ranks, 1);
  const allButOne = (n - 1) / n;
  return {
    allReduce: 2 * allButOne,
    reduceScatter: allButOne,
    allGather: allButOne,
    broadcast: 1,
    reduce: 1,
    allToAll: allButOne,
  };
}

const COLLECTIVES = [
  'allReduce',
  'reduceScatter',
  'allGather',
  'broadcast',
  'reduce',
  'allToAll',
] as const satisfies readonly (keyof BusbwFactors)[];

/**
 * The shortest time a collective can take, in seconds: S × factor / bus bandwidth, latency left out.
 * `bytes` is the whole buffer, `bytesPerSecond` the bus bandwidth of one GPU.
 */
export function collectiveSeconds(input: {
  collective: keyof BusbwFactors;
  ranks: number;
  bytes: number;
  bytesPerSecond: number;
}): number {
  const collective = oneOf('collective', input.collective, COLLECTIVES);
  const bytes = finiteNumber('bytes', input.bytes);
  const bytesPerSecond = finiteNumber('bytesPerSecond', input.bytesPerSecond, Number.MIN_VALUE);
  return (bytes * ncclBusbwFactors({ ranks: input.ranks })[collective]) / bytesPerSecond;
}
