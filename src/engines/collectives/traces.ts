import { integer, oneOf } from '../arguments.ts';
import { NUMBERINGS, type Numbering, ownerChunk } from './ring.ts';

/** One chunk going from a rank to its right-hand neighbour. */
export interface Message {
  from: number;
  to: number;
  chunk: number;
  /** `add`: the receiver sums it into its own chunk. `copy`: it overwrites. */
  operation: 'add' | 'copy';
}

/** `holds[rank][chunk]`: the ranks whose data are summed in that place, ascending; empty = nothing yet. */
export type Holdings = readonly (readonly (readonly number[])[])[];

export interface TraceStep {
  phase: 'reduce-scatter' | 'all-gather';
  /** N messages that travel at the same time, sender 0 first. */
  messages: Message[];
  /** What every rank holds once they have arrived. */
  holds: Holdings;
}

export interface Trace {
  start: Holdings;
  steps: TraceStep[];
}

interface RingInput {
  /** Ranks, and chunks of the buffer. */
  N: number;
  /** Default `nccl`: rank r ends the reduce-scatter with chunk r. `baidu`: with chunk (r + 1) mod N. */
  numbering?: Numbering;
}

/** Reduce-scatter on a ring, round by round: each rank ends with one chunk summed over all ranks. */
export function traceReduceScatter(input: RingInput): Trace {
  const { N, numbering } = checked(input);
  const start = grid(N, (rank) => [rank]);
  return { start, steps: reduceScatterSteps(N, numbering, start) };
}

/** All-gather on a ring, round by round: each rank starts with one chunk and ends with all of them. */
export function traceAllGather(input: RingInput): Trace {
  const { N, numbering } = checked(input);
  const start = grid(N, (rank, chunk) => (ownerChunk(rank, N, numbering) === chunk ? [rank] : []));
  return { start, steps: allGatherSteps(N, numbering, start) };
}

/** All-reduce on a ring = the reduce-scatter, then the all-gather: 2(N − 1) rounds. */
export function traceAllReduce(input: RingInput): Trace {
  const { N, numbering } = checked(input);
  const { start, steps } = traceReduceScatter({ N, numbering });
  return {
    start,
    steps: [...steps, ...allGatherSteps(N, numbering, steps.at(-1)?.holds ?? start)],
  };
}

function checked(input: RingInput): Required<RingInput> {
  return {
    N: integer('N', input.N, 1),
    numbering: oneOf('numbering', input.numbering ?? 'nccl', NUMBERINGS),
  };
}

function reduceScatterSteps(N: number, numbering: Numbering, start: Holdings): TraceStep[] {
  // The last chunk a rank receives is the one it keeps, so round i sends the chunk i + 1 places
  // before it.
  const sent = (rank: number, round: number) => ownerChunk(rank, N, numbering) - 1 - round;
  return run(N, 'reduce-scatter', 'add', sent, start);
}

function allGatherSteps(N: number, numbering: Numbering, start: Holdings): TraceStep[] {
  const sent = (rank: number, round: number) => ownerChunk(rank, N, numbering) - round;
  return run(N, 'all-gather', 'copy', sent, start);
}

function run(
  N: number,
  phase: TraceStep['phase'],
  operation: Message['operation'],
  sent: (rank: number, round: number) => number,
  start: Holdings,
): TraceStep[] {
  const steps: TraceStep[] = [];
  let before = start;
  for (let round = 0; round < N - 1; round++) {
    const messages = Array.from({ length: N }, (_, from): Message => {
      const chunk = ((sent(from, round) % N) + N) % N;
      return { from, to: (from + 1) % N, chunk, operation };
    });
    const holds = before.map((chunks) => [...chunks]);
    for (const { from, to, chunk } of messages) {
      const arriving = before[from]![chunk]!;
      const own = operation === 'add' ? before[to]![chunk]! : [];
      holds[to]![chunk] = [...own, ...arriving].sort((a, b) => a - b);
    }
    steps.push({ phase, messages, holds });
    before = holds;
  }
  return steps;
}

function grid(N: number, cell: (rank: number, chunk: number) => number[]): Holdings {
  return Array.from({ length: N }, (_, rank) =>
    Array.from({ length: N }, (_, chunk) => cell(rank, chunk)),
  );
}
