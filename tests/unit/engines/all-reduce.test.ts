import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALGORITHMS,
  allReduceCost,
  overlappedBackward,
  ringAllReduce,
  runAllReduce,
} from '../../../src/engines/collectives/index.ts';

const matrices = fc.integer({ min: 1, max: 9 }).chain((N) =>
  fc.array(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: N, maxLength: N }), {
    minLength: N,
    maxLength: N,
  }),
);
const LINK = { latency: 1e-5, bandwidth: 50e9 };

describe('runAllReduce', () => {
  it('leaves the sum of all ranks on every rank, in the rounds that the cost counts', () => {
    fc.assert(
      fc.property(matrices, fc.constantFrom(...ALGORITHMS), (data, algorithm) => {
        const N = data.length;
        const { start, rounds } = runAllReduce({ algorithm, data });
        const { values, summed } = rounds.at(-1) ?? start;
        const sums = (data[0] as number[]).map((_, chunk) =>
          data.reduce((sum, row) => sum + (row[chunk] as number), 0),
        );
        for (let rank = 0; rank < N; rank++) {
          expect(values[rank]).toEqual(sums);
          expect(summed[rank]).toEqual(new Array(N).fill(N));
        }
        const cost = allReduceCost({ algorithm, N, bytes: N, ...LINK });
        expect(cost.rounds).toBe(rounds.length);
        const sent = new Array<number>(N + 1).fill(0);
        for (const { transfers } of rounds) {
          for (const { from, chunks } of transfers) sent[from] = (sent[from] ?? 0) + chunks.length;
        }
        expect(Math.max(...sent)).toBeCloseTo(cost.busiestSends, 9);
        expect(sent.reduce((a, b) => a + b)).toBeCloseTo(cost.allSend, 9);
      }),
    );
  });

  it('in one round no node sends or receives twice', () => {
    fc.assert(
      fc.property(matrices, fc.constantFrom(...ALGORITHMS), (data, algorithm) => {
        for (const { transfers } of runAllReduce({ algorithm, data }).rounds) {
          for (const end of ['from', 'to'] as const) {
            expect(new Set(transfers.map((transfer) => transfer[end])).size).toBe(transfers.length);
          }
        }
      }),
    );
  });

  it('refuses data that is not square', () => {
    expect(() => runAllReduce({ algorithm: 'ring', data: [[1, 2], [3]] })).toThrow(
      /as many chunks as ranks \(2\), got 1/,
    );
  });
});

describe('allReduceCost', () => {
  it('sends what ringAllReduce counts, below twice the buffer', () => {
    const { busiestSends, seconds } = allReduceCost({
      algorithm: 'ring',
      N: 64,
      bytes: 15e9,
      ...LINK,
    });
    expect(busiestSends).toBe(
      ringAllReduce({ N: 64, elements: 7.5e9, elemBytes: 2 }).evenSplitBytes,
    );
    expect(busiestSends).toBeLessThan(30e9);
    expect(seconds).toBeCloseTo(29.53125 / 50 + 126e-5, 9);
  });

  it('the tree wins on small buffers, the ring on large ones, the server never beyond 2 ranks', () => {
    const seconds = (algorithm: (typeof ALGORITHMS)[number], bytes: number) =>
      allReduceCost({ algorithm, N: 64, bytes, ...LINK }).seconds;
    expect(seconds('tree', 1e3)).toBeLessThan(seconds('ring', 1e3));
    expect(seconds('ring', 1e9)).toBeLessThan(seconds('tree', 1e9));
    expect(seconds('server', 1e3)).toBeGreaterThan(seconds('ring', 1e3));
  });

  it('names what it refuses', () => {
    expect(() => allReduceCost({ algorithm: 'ring', N: 0, bytes: 1, ...LINK })).toThrow(
      /N must be an integer ≥ 1, got 0/,
    );
    expect(() =>
      allReduceCost({ algorithm: 'ring', N: 2, bytes: 1, latency: 0, bandwidth: 0 }),
    ).toThrow(/bandwidth/);
  });
});

describe('overlappedBackward', () => {
  const MIB = 2 ** 20;
  const base = {
    gradientBytes: 1.36e9,
    backwardSeconds: 0.25,
    bucketBytes: 25 * MIB,
    firstBucketBytes: MIB,
    N: 8,
    ...LINK,
  };

  it('reduces every byte once, in order, none before it is ready', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5e9 }),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 64 }),
        (gradientBytes, mib, N) => {
          const { buckets, end, exposed, endWithoutOverlap } = overlappedBackward({
            ...base,
            gradientBytes,
            N,
            bucketBytes: mib * MIB,
          });
          expect(buckets.reduce((sum, { bytes }) => sum + bytes, 0)).toBeCloseTo(gradientBytes, 3);
          for (const [index, bucket] of buckets.entries()) {
            expect(bucket.start).toBe(Math.max(bucket.ready, buckets[index - 1]?.end ?? 0));
          }
          expect(end).toBeCloseTo(base.backwardSeconds + exposed, 9);
          // Each bucket pays the latency again, and nothing else.
          const latency = buckets.length * 2 * (N - 1) * LINK.latency;
          expect(end).toBeLessThanOrEqual(endWithoutOverlap + latency + 1e-9);
        },
      ),
    );
  });

  it('with one bucket for all, nothing overlaps', () => {
    const whole = overlappedBackward({ ...base, bucketBytes: 2e9, firstBucketBytes: 2e9 });
    expect(whole.buckets).toHaveLength(1);
    expect(whole.end).toBe(whole.endWithoutOverlap);
    expect(overlappedBackward(base).exposed).toBeLessThan(whole.exposed / 10);
  });

  it('refuses buckets too small to be meant', () => {
    expect(() => overlappedBackward({ ...base, bucketBytes: 100 })).toThrow(/bucketBytes/);
  });
});
