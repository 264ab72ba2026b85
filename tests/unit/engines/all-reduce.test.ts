import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALGORITHMS,
  allReduceCost,
  overlappedBackward,
  ringAllReduce,
  runAllReduce,
} from '../../../src/engines/collectives/index.ts';
import { refuses } from './refusals.ts';

const matrices = fc.integer({ min: 1, max: 9 }).chain((N) =>
  fc.array(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: N, maxLength: N }), {
    minLength: N,
    maxLength: N,
  }),
);
const LINK = { latency: 1e-5, bandwidth: 50e9 };
const ALGORITHM = 'one of ring, tree, server';
const AMOUNT = 'a finite number ≥ 0';
const RATE = `a finite number ≥ ${Number.MIN_VALUE}` as const;

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

  it('through a server, sends all up in turn and the sum back in the same order', () => {
    const { nodes, start, rounds } = runAllReduce({
      algorithm: 'server',
      data: [
        [1, 2],
        [3, 4],
      ],
    });
    expect(nodes).toBe(3);
    expect(start).toEqual({
      values: [
        [1, 2],
        [3, 4],
        [0, 0],
      ],
      summed: [
        [1, 1],
        [1, 1],
        [0, 0],
      ],
    });
    const told = rounds.map(({ phase, transfers, values, summed }) => {
      const [{ from, to, chunks, operation }] = transfers as [(typeof transfers)[0]];
      return [phase, operation, `${from}→${to}`, chunks, values[2], summed[2]];
    });
    expect(told).toEqual([
      ['reduce', 'add', '0→2', [0, 1], [1, 2], [1, 1]],
      ['reduce', 'add', '1→2', [0, 1], [4, 6], [2, 2]],
      ['broadcast', 'copy', '2→0', [0, 1], [4, 6], [2, 2]],
      ['broadcast', 'copy', '2→1', [0, 1], [4, 6], [2, 2]],
    ]);
  });

  it('on a tree, the ranks that gave last get back first', () => {
    const data = Array.from({ length: 4 }, () => [1, 1, 1, 1]);
    const { nodes, rounds } = runAllReduce({ algorithm: 'tree', data });
    expect(nodes).toBe(4);
    expect(
      rounds.map(({ transfers }) => transfers.map(({ from, to }) => `${from}→${to}`).join(' ')),
    ).toEqual(['1→0 3→2', '2→0', '0→2', '0→1 2→3']);
  });

  it('on a ring has no node but the ranks, and by default NCCL’s numbering', () => {
    const data = [
      [1, 2],
      [3, 4],
    ];
    const ring = runAllReduce({ algorithm: 'ring', data });
    expect(ring.nodes).toBe(2);
    expect(ring).toEqual(runAllReduce({ algorithm: 'ring', data, numbering: 'nccl' }));
    expect(ring.rounds[0]?.transfers).toEqual([
      { from: 0, to: 1, chunks: [1], operation: 'add' },
      { from: 1, to: 0, chunks: [0], operation: 'add' },
    ]);
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
      new RangeError('data must be as many chunks as ranks (2), got 1'),
    );
    expect(() => runAllReduce({ algorithm: 'ring', data: [[Number.NaN]] })).toThrow(
      /^data must be/,
    );
  });

  refuses(
    runAllReduce,
    { algorithm: 'ring', data: [[1]] },
    { algorithm: ALGORITHM, 'numbering?': 'one of nccl, baidu' },
  );
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

  refuses(
    allReduceCost,
    { algorithm: 'ring', N: 2, bytes: 1, ...LINK },
    { algorithm: ALGORITHM, N: 'an integer ≥ 1', bytes: AMOUNT, latency: AMOUNT, bandwidth: RATE },
  );
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

  it('fills a small bucket first, then whole ones, then what is left', () => {
    const { buckets, communication } = overlappedBackward({ ...base, gradientBytes: 60 * MIB });
    expect(buckets.map(({ bytes }) => bytes / MIB)).toEqual([1, 25, 25, 9]);
    expect(communication).toBeCloseTo(
      buckets.reduce((sum, { start, end }) => sum + end - start, 0),
      12,
    );
  });

  it('sends nothing where there are no gradients', () => {
    expect(overlappedBackward({ ...base, gradientBytes: 0 })).toEqual({
      buckets: [],
      end: 0.25,
      exposed: 0,
      communication: 0,
      endWithoutOverlap: 0.25,
    });
  });

  it('refuses buckets too small to be meant', () => {
    const tiny = { ...base, gradientBytes: 2e6 };
    expect(() => overlappedBackward({ ...tiny, bucketBytes: 19 })).toThrow(
      new RangeError('bucketBytes must be at least gradientBytes/100000 = 20, got 19'),
    );
    const most = overlappedBackward({ ...tiny, bucketBytes: 20, firstBucketBytes: 20 });
    expect(most.buckets).toHaveLength(100_000);
  });

  refuses(overlappedBackward, base, {
    gradientBytes: AMOUNT,
    backwardSeconds: AMOUNT,
    bucketBytes: 'a finite number ≥ 1',
    firstBucketBytes: 'a finite number ≥ 1',
    N: 'an integer ≥ 1',
    latency: AMOUNT,
    bandwidth: RATE,
  });
});
