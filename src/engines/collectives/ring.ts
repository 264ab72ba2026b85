import { integer } from '../arguments.ts';

/** Which chunk a rank starts with: see `ownerChunk`. */
export const NUMBERINGS = ['nccl', 'baidu'] as const;
export type Numbering = (typeof NUMBERINGS)[number];

/** Up to this many ranks `sentBytes` lists every rank. */
const LISTED_RANKS = 8;

export interface RingAllReduce {
  /** Message rounds: N − 1 that add (reduce-scatter), then N − 1 that copy (all-gather). */
  steps: number;
  chunkBytesMinMax: [min: number, max: number];
  /** Bytes each rank sends, rank 0 first, for up to 8 ranks; [min, max] over the ranks beyond that. */
  sentBytes: number[];
  /** Bytes each rank sends, always one entry per rank. */
  sentBytesPerRank: number[];
  /** 2(N−1)/N of the buffer: what each rank sends when N divides the buffer. */
  evenSplitBytes: number;
  /** The chunk that rank r holds complete after the reduce-scatter half, in either numbering. */
  chunkAfterReduceScatterBaidu: number[];
  chunkAfterReduceScatterNccl: number[];
}

/**
 * Ring all-reduce of a buffer of `elements` × `elemBytes` over N ranks.
 *
 * When N does not divide the buffer, the first `elements mod N` chunks are one element longer, as in
 * Baidu's code, and the ranks send slightly different amounts (NCCL pads the chunk size instead).
 * Throws a RangeError for N < 1, negative or fractional sizes.
 *
 * Source: baidu-research/baidu-allreduce `collectives.cu` (`RingAllreduce`); NVIDIA/nccl
 * `src/device/all_reduce.h`; NVIDIA/nccl-tests `doc/PERFORMANCE.md` for 2(N−1)/N.
 */
export function ringAllReduce(input: {
  N: number;
  elements: number;
  elemBytes: number;
}): RingAllReduce {
  const N = integer('N', input.N, 1);
  const elements = integer('elements', input.elements);
  const elemBytes = integer('elemBytes', input.elemBytes, 1);

  const chunkBytes = Array.from(
    { length: N },
    (_, chunk) => (Math.floor(elements / N) + (chunk < elements % N ? 1 : 0)) * elemBytes,
  );
  const total = elements * elemBytes;
  const ranks = Array.from({ length: N }, (_, rank) => rank);
  // Each half sends every chunk but one: the reduce-scatter keeps the chunk the rank ends up owning,
  // the all-gather skips the chunk that its right-hand neighbour owned from the start.
  const sentBytesPerRank = ranks.map((rank) => {
    const owned = chunkBytes[ownerChunk(rank, N, 'baidu')] as number;
    const neighbours = chunkBytes[ownerChunk(rank + 1, N, 'baidu')] as number;
    return 2 * total - owned - neighbours;
  });

  return {
    steps: 2 * (N - 1),
    chunkBytesMinMax: [chunkBytes[N - 1] as number, chunkBytes[0] as number],
    sentBytes: N <= LISTED_RANKS ? sentBytesPerRank : minMax(sentBytesPerRank),
    sentBytesPerRank,
    evenSplitBytes: (2 * (N - 1) * total) / N,
    chunkAfterReduceScatterBaidu: ranks.map((rank) => ownerChunk(rank, N, 'baidu')),
    chunkAfterReduceScatterNccl: ranks.map((rank) => ownerChunk(rank, N, 'nccl')),
  };
}

/**
 * The chunk that `rank` holds complete after the reduce-scatter half. Baidu's code starts by sending
 * chunk r and ends with (r + 1) mod N; NCCL starts with chunk r − 1 and ends with r, which is also
 * what every reduce_scatter API promises.
 */
export function ownerChunk(rank: number, N: number, numbering: Numbering): number {
  return (rank + (numbering === 'baidu' ? 1 : 0)) % N;
}

function minMax(values: readonly number[]): [number, number] {
  const from = (pick: (a: number, b: number) => number) => values.reduce((a, b) => pick(a, b));
  return [from(Math.min), from(Math.max)];
}
