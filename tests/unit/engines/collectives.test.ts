import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collectiveSeconds,
  ncclBusbwFactors,
  ringAllReduce,
  type Trace,
  traceAllGather,
  traceAllReduce,
  traceReduceScatter,
} from '../../../src/engines/collectives/index.ts';
import { refuses } from './refusals.ts';

const ring = fc.record({
  N: fc.integer({ min: 1, max: 9 }),
  numbering: fc.constantFrom('nccl' as const, 'baidu' as const),
});
const everyone = (N: number) => Array.from({ length: N }, (_, r) => r);
const last = (trace: Trace) => trace.steps.at(-1)?.holds ?? trace.start;

describe('ringAllReduce', () => {
  const buffers = fc.record({
    N: fc.integer({ min: 1, max: 40 }),
    elements: fc.integer({ min: 0, max: 1e9 }),
    elemBytes: fc.constantFrom(1, 2, 4, 8),
  });

  it('sends 2(N−1) buffers in all, split as evenly as the chunks allow', () => {
    fc.assert(
      fc.property(buffers, (input) => {
        const { N, elements, elemBytes } = input;
        const result = ringAllReduce(input);
        const sum = result.sentBytesPerRank.reduce((a, b) => a + b, 0);
        expect(sum).toBe(2 * (N - 1) * elements * elemBytes);
        for (const sent of result.sentBytesPerRank) {
          expect(Math.abs(sent - result.evenSplitBytes)).toBeLessThanOrEqual(2 * elemBytes);
        }
      }),
    );
  });

  it('agrees with its own trace, message by message', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 0, max: 1000 }),
        (N, elements) => {
          const size = (chunk: number) => Math.floor(elements / N) + (chunk < elements % N ? 1 : 0);
          const sent = new Array<number>(N).fill(0);
          const { steps } = traceAllReduce({ N, numbering: 'baidu' });
          for (const { from, chunk } of steps.flatMap((step) => step.messages)) {
            sent[from] = (sent[from] as number) + size(chunk);
          }
          expect(ringAllReduce({ N, elements, elemBytes: 1 }).sentBytes).toEqual(sent);
        },
      ),
    );
  });

  it('gives 24.5 GB for the 16-bit gradients of 7B parameters on 8 GPUs', () => {
    expect(ringAllReduce({ N: 8, elements: 7e9, elemBytes: 2 }).evenSplitBytes).toBe(24.5e9);
  });

  refuses(
    ringAllReduce,
    { N: 8, elements: 1000, elemBytes: 2 },
    { N: 'an integer ≥ 1', elements: 'an integer ≥ 0', elemBytes: 'an integer ≥ 1' },
  );
});

describe('traces', () => {
  it('reduce-scatter: N − 1 rounds, each rank owns one complete chunk, all chunks owned', () => {
    fc.assert(
      fc.property(ring, ({ N, numbering }) => {
        const trace = traceReduceScatter({ N, numbering });
        expect(trace.steps).toHaveLength(N - 1);
        const shift = numbering === 'baidu' ? 1 : 0;
        for (const [rank, chunks] of last(trace).entries()) {
          expect(chunks[(rank + shift) % N]).toEqual(everyone(N));
        }
      }),
    );
  });

  it('never adds the same contribution twice', () => {
    fc.assert(
      fc.property(ring, (input) => {
        for (const { holds } of traceAllReduce(input).steps) {
          for (const chunk of holds.flat()) expect(new Set(chunk).size).toBe(chunk.length);
        }
      }),
    );
  });

  it('all-reduce: 2(N − 1) rounds, then every rank holds every chunk summed over all ranks', () => {
    fc.assert(
      fc.property(ring, (input) => {
        const trace = traceAllReduce(input);
        expect(trace.steps).toHaveLength(2 * (input.N - 1));
        for (const chunk of last(trace).flat()) expect(chunk).toEqual(everyone(input.N));
      }),
    );
  });

  it('all-gather: every rank ends with the same buffer, each chunk from its owner', () => {
    fc.assert(
      fc.property(ring, (input) => {
        const holds = last(traceAllGather(input));
        for (const chunks of holds) expect(chunks).toEqual(holds[0]);
        expect(holds[0]?.flat().sort((a, b) => a - b)).toEqual(everyone(input.N));
      }),
    );
  });

  it('each rank sends one message per round to its right-hand neighbour', () => {
    const { steps } = traceAllReduce({ N: 4 });
    for (const { messages } of steps) {
      expect(messages.map(({ from, to }) => [from, to])).toEqual([
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
      ]);
    }
  });

  it('starts NCCL’s numbering by sending chunk r − 1 and Baidu’s by sending chunk r', () => {
    const first = (numbering: 'nccl' | 'baidu') =>
      traceReduceScatter({ N: 4, numbering }).steps[0]?.messages.map(({ chunk }) => chunk);
    expect(first('nccl')).toEqual([3, 0, 1, 2]);
    expect(first('baidu')).toEqual([0, 1, 2, 3]);
  });

  it('an all-gather starts with what a reduce-scatter leaves complete, and nothing else', () => {
    expect(traceAllGather({ N: 3 }).start).toEqual([
      [[0], [], []],
      [[], [1], []],
      [[], [], [2]],
    ]);
    expect(traceAllGather({ N: 3, numbering: 'baidu' }).start[0]).toEqual([[], [0], []]);
  });

  it('name each half and what it does with what arrives', () => {
    const told = ({ steps }: Trace) =>
      steps.map(({ phase, messages }) => `${phase}: ${messages[0]?.operation}`);
    const halves = [
      ['reduce-scatter: add', 'reduce-scatter: add'],
      ['all-gather: copy', 'all-gather: copy'],
    ] as const;
    expect(told(traceReduceScatter({ N: 3 }))).toEqual(halves[0]);
    expect(told(traceAllGather({ N: 3 }))).toEqual(halves[1]);
    expect(told(traceAllReduce({ N: 3 }))).toEqual(halves.flat());
  });

  for (const trace of [traceReduceScatter, traceAllGather, traceAllReduce]) {
    describe(trace.name, () =>
      refuses(trace, { N: 4 }, { N: 'an integer ≥ 1', 'numbering?': 'one of nccl, baidu' }),
    );
  }
});

describe('busBandwidth', () => {
  it('makes all-reduce the sum of reduce-scatter and all-gather, below 2 for any number of ranks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (ranks) => {
        const { allReduce, reduceScatter, allGather } = ncclBusbwFactors({ ranks });
        expect(allReduce).toBeCloseTo(reduceScatter + allGather, 12);
        expect(allReduce).toBeLessThan(2);
      }),
    );
  });

  it('turns a factor into the shortest possible time', () => {
    const seconds = (bytesPerSecond: number) =>
      collectiveSeconds({ collective: 'allReduce', ranks: 8, bytes: 14e9, bytesPerSecond });
    expect(seconds(50e9)).toBeCloseTo(0.49, 12);
    expect(seconds(400e9)).toBeCloseTo(0.06125, 12);
  });

  refuses(
    collectiveSeconds,
    { collective: 'allReduce', ranks: 8, bytes: 14e9, bytesPerSecond: 50e9 },
    {
      collective: 'one of allReduce, reduceScatter, allGather, broadcast, reduce, allToAll',
      ranks: 'an integer ≥ 1',
      bytes: 'a finite number ≥ 0',
      bytesPerSecond: `a finite number ≥ ${Number.MIN_VALUE}`,
    },
  );
});
