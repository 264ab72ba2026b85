import { finiteNumber } from '../arguments.ts';
import { allReduceCost } from './algorithms.ts';

/** More than this is a mistake in the sizes, not a model. */
const MOST_BUCKETS = 100_000;

export interface Bucket {
  bytes: number;
  /** When its last gradient is there, and when its all-reduce starts and ends, in seconds. */
  ready: number;
  start: number;
  end: number;
}

export interface OverlappedBackward {
  buckets: Bucket[];
  /** When gradients are reduced everywhere. */
  end: number;
  /** What is left of communication once backward is over. */
  exposed: number;
  /** All-reduce time of all buckets, hidden or not. */
  communication: number;
  /** One all-reduce of everything after backward. */
  endWithoutOverlap: number;
}

/**
 * How DistributedDataParallel's buckets overlap with backward: gradients become ready evenly through
 * backward, a bucket is all-reduced on a ring as soon as it is full, buckets go one after another.
 *
 * Leaves out what backward loses to communication on the same GPU, and that a bucket closes between
 * parameters. Throws a RangeError for bucket sizes ≤ 0 and for more than 100,000 buckets.
 *
 * Source: pytorch/pytorch `docs/source/notes/ddp.rst` and `torch/csrc/distributed/c10d/reducer.hpp`
 * (first bucket 1 MiB, the others 25 MiB).
 */
export function overlappedBackward(input: {
  /** Bytes of all gradients. */
  gradientBytes: number;
  backwardSeconds: number;
  bucketBytes: number;
  firstBucketBytes: number;
  N: number;
  latency: number;
  bandwidth: number;
}): OverlappedBackward {
  const gradientBytes = finiteNumber('gradientBytes', input.gradientBytes);
  const backward = finiteNumber('backwardSeconds', input.backwardSeconds);
  const bucketBytes = finiteNumber('bucketBytes', input.bucketBytes, 1);
  const firstBucketBytes = finiteNumber('firstBucketBytes', input.firstBucketBytes, 1);
  if (gradientBytes / bucketBytes > MOST_BUCKETS) {
    throw new RangeError(
      `bucketBytes must be at least gradientBytes/${MOST_BUCKETS} = ${gradientBytes / MOST_BUCKETS}, got ${bucketBytes}`,
    );
  }
  const cost = (bytes: number): number =>
    allReduceCost({
      algorithm: 'ring',
      N: input.N,
      bytes,
      latency: input.latency,
      bandwidth: input.bandwidth,
    }).seconds;
  const buckets: Bucket[] = [];
  let filled = 0;
  let free = 0;
  while (filled < gradientBytes) {
    const size = buckets.length === 0 ? firstBucketBytes : bucketBytes;
    const bytes = Math.min(size, gradientBytes - filled);
    filled += bytes;
    const ready = (backward * filled) / gradientBytes;
    const start = Math.max(ready, free);
    free = start + cost(bytes);
    buckets.push({ bytes, ready, start, end: free });
  }
  const end = Math.max(backward, free);
  return {
    buckets,
    end,
    exposed: end - backward,
    communication: buckets.reduce((sum, { bytes }) => sum + cost(bytes), 0),
    endWithoutOverlap: backward + (gradientBytes > 0 ? cost(gradientBytes) : 0),
  };
}
