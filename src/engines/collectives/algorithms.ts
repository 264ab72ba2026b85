import { finiteNumber, integer, oneOf } from '../arguments.ts';
import { NUMBERINGS, type Numbering } from './ring.ts';
import { traceAllReduce } from './traces.ts';

/**
 * `ring`: reduce-scatter and all-gather. `tree`: a binomial tree that adds towards rank 0 and copies
 * back, whole buffers at a time. `server`: every rank sends its buffer to one more node, which adds
 * and sends the sum back over its one link.
 */
export const ALGORITHMS = ['ring', 'tree', 'server'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export interface Transfer {
  /** Ranks; the server is number N. */
  from: number;
  to: number;
  /** The chunks that travel: one on a ring, all N otherwise. */
  chunks: number[];
  operation: 'add' | 'copy';
}

export interface Round {
  phase: 'reduce-scatter' | 'all-gather' | 'reduce' | 'broadcast';
  /** What travels at the same time. */
  transfers: Transfer[];
  /** `values[node][chunk]` once all has arrived. */
  values: number[][];
  /** `summed[node][chunk]`: the data of how many ranks are added up in it. */
  summed: number[][];
}

export interface AllReduceRun {
  /** N ranks, and the server where there is one. */
  nodes: number;
  start: Pick<Round, 'values' | 'summed'>;
  rounds: Round[];
}

/**
 * An all-reduce on real numbers, round by round: `data[rank][chunk]`, as many chunks as ranks.
 * Every rank ends with the sum over ranks. Throws a RangeError for data that is not N × N numbers.
 *
 * Source: ring as `traceAllReduce`; the other two by construction.
 */
export function runAllReduce(input: {
  algorithm: Algorithm;
  data: readonly (readonly number[])[];
  numbering?: Numbering;
}): AllReduceRun {
  const algorithm = oneOf('algorithm', input.algorithm, ALGORITHMS);
  const numbering = oneOf('numbering', input.numbering ?? 'nccl', NUMBERINGS);
  const { data } = input;
  const N = data.length;
  for (const row of data) {
    if (row.length !== N) {
      throw new RangeError(`data must be as many chunks as ranks (${N}), got ${row.length}`);
    }
    for (const value of row) finiteNumber('data', value, -Number.MAX_VALUE);
  }
  const rounds = transfersOf(algorithm, N, numbering);
  const server = algorithm === 'server' ? [new Array<number>(N).fill(0)] : [];
  const start = {
    values: [...data.map((row) => [...row]), ...server],
    summed: [...data.map((row) => row.map(() => 1)), ...server.map((row) => [...row])],
  };
  let before = start;
  return {
    nodes: start.values.length,
    start,
    rounds: rounds.map(({ phase, transfers }): Round => {
      const after = {
        values: before.values.map((row) => [...row]),
        summed: before.summed.map((row) => [...row]),
      };
      for (const { from, to, chunks, operation } of transfers) {
        for (const chunk of chunks) {
          for (const field of ['values', 'summed'] as const) {
            const kept = operation === 'add' ? before[field][to]![chunk]! : 0;
            after[field][to]![chunk] = kept + before[field][from]![chunk]!;
          }
        }
      }
      before = after;
      return { phase, transfers, ...after };
    }),
  };
}

function transfersOf(
  algorithm: Algorithm,
  N: number,
  numbering: Numbering,
): Pick<Round, 'phase' | 'transfers'>[] {
  if (algorithm === 'ring') {
    return traceAllReduce({ N, numbering }).steps.map(({ phase, messages }) => ({
      phase,
      transfers: messages.map(({ chunk, ...rest }) => ({ ...rest, chunks: [chunk] })),
    }));
  }
  const chunks = Array.from({ length: N }, (_, chunk) => chunk);
  const up =
    algorithm === 'server'
      ? chunks.map((from) => [{ from, to: N }])
      : Array.from({ length: levels(N) }, (_, level) =>
          chunks
            .filter((rank) => rank % 2 ** (level + 1) === 2 ** level)
            .map((from) => ({ from, to: from - 2 ** level })),
        );
  const down = (algorithm === 'server' ? up : [...up].reverse()).map((pairs) =>
    pairs.map(({ from, to }) => ({ from: to, to: from })),
  );
  return [
    ...up.map((pairs) => ({
      phase: 'reduce' as const,
      transfers: pairs.map((pair) => ({ ...pair, chunks, operation: 'add' as const })),
    })),
    ...down.map((pairs) => ({
      phase: 'broadcast' as const,
      transfers: pairs.map((pair) => ({ ...pair, chunks, operation: 'copy' as const })),
    })),
  ];
}

/** Rounds from N leaves to one root. */
function levels(N: number): number {
  return Math.ceil(Math.log2(Math.max(1, N)));
}

export interface AllReduceCost {
  /** Rounds that follow one another. */
  rounds: number;
  /** Bytes of one message. */
  messageBytes: number;
  /** Most bytes that one node sends. */
  busiestSends: number;
  /** Bytes sent by all nodes together. */
  allSend: number;
  /** rounds × α, rounds × message / bandwidth, and both together, in seconds. */
  latencySeconds: number;
  bandwidthSeconds: number;
  seconds: number;
}

/**
 * Bytes and time of an all-reduce in the α-β model: a message of n bytes takes
 * `latency` + n / `bandwidth`, a node sends one and receives one at a time, and adding up is free.
 *
 * ring: 2(N−1) rounds of S/N; tree: 2⌈log₂N⌉ rounds of S; server: 2N rounds of S, since all of it
 * passes the server's link. The tree is not pipelined: NCCL cuts the buffer into pieces, so that its
 * trees reach the ring's bandwidth (NVIDIA/nccl-tests `doc/PERFORMANCE.md`).
 * Throws a RangeError for N < 1, negative sizes or latency, bandwidth ≤ 0.
 */
export function allReduceCost(input: {
  algorithm: Algorithm;
  N: number;
  /** The whole buffer. */
  bytes: number;
  /** Seconds for each message. */
  latency: number;
  /** Bytes per second of one node's link, one way. */
  bandwidth: number;
}): AllReduceCost {
  const algorithm = oneOf('algorithm', input.algorithm, ALGORITHMS);
  const N = integer('N', input.N, 1);
  const bytes = finiteNumber('bytes', input.bytes);
  const latency = finiteNumber('latency', input.latency);
  const bandwidth = finiteNumber('bandwidth', input.bandwidth, Number.MIN_VALUE);
  const messageBytes = algorithm === 'ring' ? bytes / N : bytes;
  const rounds = { ring: 2 * (N - 1), tree: 2 * levels(N), server: 2 * N }[algorithm];
  const busiest = {
    ring: rounds,
    // Rank 0 sends once a level on the way back; on the way up it only receives.
    tree: levels(N),
    server: N,
  }[algorithm];
  const messages = { ring: N * rounds, tree: 2 * (N - 1), server: 2 * N }[algorithm];
  const latencySeconds = rounds * latency;
  const bandwidthSeconds = (rounds * messageBytes) / bandwidth;
  return {
    rounds,
    messageBytes,
    busiestSends: busiest * messageBytes,
    allSend: messages * messageBytes,
    latencySeconds,
    bandwidthSeconds,
    seconds: latencySeconds + bandwidthSeconds,
  };
}
