/** Everything the collectives lab shows, as it travels in the address. */
import { ALGORITHMS, type Algorithm } from '~/engines/collectives/index.ts';
import {
  type AddressOf,
  type AddressProblem,
  printAddress,
  readAddress,
  settleAddress,
} from '../kit/address.ts';

export const AXES = ['ranks', 'bytes'] as const;
export type Axis = (typeof AXES)[number];

export interface State {
  algorithm: Algorithm;
  /** Ranks of the small all-reduce, and the round looked at; 0 is before the first. */
  ranks: number;
  round: number;
  /** Ranks and bytes of the large one. */
  N: number;
  bytes: number;
  /** Microseconds a message takes before its first byte, GB/s of a link. */
  latency: number;
  bandwidth: number;
  axis: Axis;
  /** DDP: bytes of gradients, milliseconds of backward, MiB of a bucket and of the first. */
  gradients: number;
  backward: number;
  bucket: number;
  firstBucket: number;
}

/**
 * The gradients of the ZeRO paper's Figure 1, 7.5B in FP16 on 64 GPUs; a 50 GB/s link as in
 * DeepSeek-V3's cluster; PyTorch's bucket sizes. The other numbers are chosen to be read easily.
 */
export const DEFAULTS: State = {
  algorithm: 'ring',
  ranks: 4,
  round: 2,
  N: 64,
  bytes: 15e9,
  latency: 10,
  bandwidth: 50,
  axis: 'ranks',
  gradients: 1.36e9,
  backward: 200,
  bucket: 25,
  firstBucket: 1,
};

export const RANGES = {
  ranks: [2, 8],
  round: [0, 16],
  N: [2, 4096],
  bytes: [1, 1e13],
  latency: [0, 10_000],
  bandwidth: [0.01, 10_000],
  gradients: [1e6, 1e11],
  backward: [1, 100_000],
  bucket: [0.1, 100_000],
  firstBucket: [0.01, 100_000],
} as const;
export type NumberName = keyof typeof RANGES;

/** More buckets than this are not drawn. */
const MOST_BUCKETS = 2000;

const KEYS = {
  algorithm: 'a',
  ranks: 'r',
  round: 'i',
  N: 'n',
  bytes: 's',
  latency: 'l',
  bandwidth: 'bw',
  axis: 'x',
  gradients: 'g',
  backward: 'back',
  bucket: 'mib',
  firstBucket: 'first',
} as const satisfies Record<keyof State, string>;

const ADDRESS: AddressOf<State> = {
  defaults: DEFAULTS,
  keys: KEYS,
  lists: { algorithm: ALGORITHMS, axis: AXES },
  ranges: RANGES,
  fractions: ['bytes', 'latency', 'bandwidth', 'gradients', 'backward', 'bucket', 'firstBucket'],
  digits: 14,
};

export function rounds({ algorithm, ranks }: Pick<State, 'algorithm' | 'ranks'>): number {
  return { ring: 2 * (ranks - 1), tree: 2 * Math.ceil(Math.log2(ranks)), server: 2 * ranks }[
    algorithm
  ];
}

/** Whether buckets of so many MiB can be drawn. */
export function drawable({ gradients, bucket }: Pick<State, 'gradients' | 'bucket'>): boolean {
  return gradients / (bucket * 2 ** 20) <= MOST_BUCKETS;
}

export function settle(state: State): State {
  return { ...state, round: Math.min(state.round, rounds(state)) };
}

export function printState(state: State): string {
  return printAddress(ADDRESS, state);
}

/** Never throws: what is malformed or impossible together becomes the example's value, and is named. */
export function parseState(query: string): { state: State; problems: AddressProblem[] } {
  const { state, problems } = readAddress(ADDRESS, query);
  if (!drawable(state)) {
    for (const field of ['gradients', 'bucket'] as const) {
      if (state[field] === DEFAULTS[field]) continue;
      problems.push({ key: KEYS[field], value: String(state[field]) });
      state[field] = DEFAULTS[field];
    }
  }
  return settleAddress(ADDRESS, query, { state, problems }, settle);
}

/** One number for each rank and chunk: the digits of π. */
const DIGITS = '3141592653589793238462643383279502884197169399375105820974944592';

export function sampleData(ranks: number): number[][] {
  return Array.from({ length: ranks }, (_, rank) =>
    Array.from({ length: ranks }, (_, chunk) => Number(DIGITS[rank * ranks + chunk])),
  );
}
