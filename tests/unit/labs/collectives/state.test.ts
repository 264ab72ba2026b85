import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALGORITHMS,
  allReduceCost,
  overlappedBackward,
  runAllReduce,
} from '~/engines/collectives/index.ts';
import { duration, short, size } from '~/labs/collectives/print.ts';
import {
  AXES,
  DEFAULTS,
  drawable,
  parseState,
  printState,
  RANGES,
  rounds,
  type State,
  sampleData,
  settle,
} from '~/labs/collectives/state.ts';

/** As a field takes it: any number in range, and its ends. */
const any = ([min, max]: readonly [number, number]): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((value) => value + 0);

const states: fc.Arbitrary<State> = fc
  .record({
    algorithm: fc.constantFrom(...ALGORITHMS),
    ranks: fc.integer({ min: 2, max: 8 }),
    round: fc.integer({ min: 0, max: 16 }),
    N: fc.integer({ min: 2, max: 4096 }),
    bytes: any(RANGES.bytes),
    latency: any(RANGES.latency),
    bandwidth: any(RANGES.bandwidth),
    axis: fc.constantFrom(...AXES),
    gradients: any(RANGES.gradients),
    backward: any(RANGES.backward),
    bucket: any(RANGES.bucket),
    firstBucket: any(RANGES.firstBucket),
  })
  .filter(drawable)
  .map(settle);

describe('the address of the collectives lab', () => {
  it('is empty for the published example, 29.53 GB sent by each of 64 GPUs', () => {
    expect(printState(DEFAULTS)).toBe('');
    const { state, problems } = parseState('');
    expect(problems).toEqual([]);
    const { busiestSends } = allReduceCost({ ...state, algorithm: 'ring', latency: 0 });
    expect(size(busiestSends)).toBe('29.53 GB');
  });

  it('reads numbers in every way they are written', () => {
    for (const latency of [1e-7, 0.0000010012163353339801, 0.1 + 0.2, 10_000]) {
      expect(parseState(printState({ ...DEFAULTS, latency }))).toEqual({
        state: { ...DEFAULTS, latency },
        problems: [],
      });
    }
  });

  it('brings every state back', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(parseState(printState(state))).toEqual({ state, problems: [] });
      }),
    );
  });

  it('never throws and always gives a state the engines accept', () => {
    const keys = ['a', 'r', 'i', 'n', 's', 'l', 'bw', 'x', 'g', 'back', 'mib', 'first'];
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom('ring', 'tree', '0', '-1', '1e9', '0.1', '100000000000', '8'),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(fc.constantFrom(...keys), fc.string()), values)),
        (pairs) => {
          const { state } = parseState(new URLSearchParams(pairs).toString());
          expect(state.round).toBeLessThanOrEqual(rounds(state));
          const { buckets } = overlappedBackward({
            gradientBytes: state.gradients,
            backwardSeconds: state.backward / 1000,
            bucketBytes: state.bucket * 2 ** 20,
            firstBucketBytes: state.firstBucket * 2 ** 20,
            N: state.N,
            latency: state.latency,
            bandwidth: state.bandwidth,
          });
          expect(buckets.length).toBeLessThan(2003);
        },
      ),
    );
  });

  it('names what it could not use', () => {
    expect(parseState('a=star&r=9&g=100000000000&mib=0.1').problems).toEqual([
      { key: 'a', value: 'star' },
      { key: 'r', value: '9' },
      { key: 'g', value: '100000000000' },
      { key: 'mib', value: '0.1' },
    ]);
  });
});

describe('the small example', () => {
  it('has a digit for every rank and chunk, and the rounds that are walked', () => {
    for (let ranks = RANGES.ranks[0]; ranks <= RANGES.ranks[1]; ranks++) {
      const data = sampleData(ranks);
      expect(data.flat().every((digit) => Number.isInteger(digit) && digit < 10)).toBe(true);
      for (const algorithm of ALGORITHMS) {
        expect(runAllReduce({ algorithm, data }).rounds).toHaveLength(rounds({ algorithm, ranks }));
      }
    }
  });
});

describe('printed numbers', () => {
  it('are short', () => {
    expect(duration(0.59)).toBe('590 ms');
    expect(duration(1.234)).toBe('1.23 s');
    expect(duration(4e-5)).toBe('40 µs');
    expect(size(29.53125e9)).toBe('29.53 GB');
    expect(size(100e9)).toBe('100 GB');
    expect(size(512)).toBe('512 B');
    expect(short(1000)).toBe('1,000');
    expect(short(0.05)).toBe('0.05');
  });
});
