import type { Algorithm, Round } from '~/engines/collectives/index.ts';
import type { Axis } from './state.ts';

export const words = {
  names: {
    ring: 'Ring',
    tree: 'Binomial tree',
    server: 'One server',
  } satisfies Record<Algorithm, string>,
  // Predict
  question:
    'A ring all-reduces the gradients of one model. You go from 8 GPUs to 64. How much more does each GPU send?',
  options: { same: 'Hardly more', twice: 'Twice as much', eight: 'Eight times as much' },
  why: (eight: string, sixtyFour: string, rounds: string) =>
    `${eight} become ${sixtyFour}: 2(N−1)/N never reaches twice the buffer. What grows is the number of messages one after another, here to ${rounds}, and with it the latency.`,
  // Steps
  stepsTitle: 'An all-reduce, round by round',
  stepsLede: (ranks: number) =>
    `${ranks} ranks, each with its own numbers in ${ranks} chunks. In the end every rank has every sum.`,
  algorithm: 'Algorithm',
  ranks: 'Ranks',
  grid: 'The numbers on every rank',
  rank: (rank: number) => `rank ${rank}`,
  server: 'server',
  node: (rank: number) => String(rank),
  serverShort: 'S',
  chunk: (chunk: number) => `chunk ${chunk}`,
  start: 'Before the first round',
  roundOf: (round: number, of: number) => `Round ${round} of ${of}`,
  phases: {
    'reduce-scatter': 'reduce-scatter: receive and add',
    'all-gather': 'all-gather: receive and overwrite',
    reduce: 'reduce: receive and add',
    broadcast: 'broadcast: receive and overwrite',
  } satisfies Record<Round['phase'], string>,
  sends: (from: string, to: string, what: string) => `${from} → ${to}: ${what}`,
  whole: 'the whole buffer',
  adds: (own: number, arriving: number, sum: number) => `${own} + ${arriving} = ${sum}`,
  copies: (value: number) => `takes ${value}`,
  nothingYet: 'Nothing has been sent yet.',
  picture: (what: string) => `Who sends to whom: ${what}`,
  legend: {
    own: 'only its own',
    part: 'a partial sum',
    full: 'the sum over all ranks',
    now: 'just received',
  },
  summed: (count: number, of: number) => `${count} of ${of} ranks`,
  valuesTable: 'who sends what in every round',
  valuesHead: ['Round', 'Phase', 'Messages'],
  halfway: (rank: string, chunk: string) =>
    `The reduce-scatter is over: each rank owns one finished chunk, ${rank} has ${chunk}. An all-gather hands them round.`,
  finished: 'Every rank has every sum.',
  // Cost
  costTitle: 'What it costs at full size',
  costControls: 'Size and link',
  costTable: 'Bytes and time of the three',
  N: 'Ranks N',
  bytes: 'Buffer S',
  latency: 'Latency α of a message',
  bandwidth: 'Bandwidth β of a link, one way',
  axis: 'Draw time against',
  axes: { ranks: 'ranks', bytes: 'buffer size' } satisfies Record<Axis, string>,
  axisUnits: { ranks: 'ranks N', bytes: 'buffer S' } satisfies Record<Axis, string>,
  chart: (axis: string) => `Time of the three all-reduces against ${axis}, both axes logarithmic`,
  costHead: [
    'Algorithm',
    'Rounds',
    'Busiest node sends',
    'All nodes send',
    'Latency part',
    'Bandwidth part',
    'Time',
  ],
  curveTable: (axis: string) => `time against ${axis}`,
  formula: 'With these numbers',
  verdict: (name: string, time: string, next: string, factor: string) =>
    `Fastest here: ${name}, ${time}; ${next} takes ${factor} times as long.`,
  latencyShare: (share: string) => `Latency is ${share} of the ring’s time.`,
  treeNote:
    'This tree sends whole buffers. NCCL cuts them into pieces and keeps its trees busy at all levels, which brings them to the ring’s bandwidth.',
  // DDP
  ddpTitle: 'How DDP hides it behind backward',
  ddpLede: (N: string) =>
    `Gradients become ready from the last layer to the first. A full bucket is all-reduced at once, on a ring of ${N}, while backward goes on.`,
  ddpControls: 'Gradients and buckets',
  ddpLanes: 'Backward and all-reduce on one time axis',
  gradients: 'Gradients',
  backward: 'Backward takes',
  bucket: 'Bucket size',
  firstBucket: 'First bucket',
  tooMany: 'more than 2,000 buckets; make them larger',
  oneBucket: 'One bucket for all',
  defaultBuckets: 'PyTorch’s defaults',
  ddpChart: (buckets: string, end: string) =>
    `Backward above, ${buckets} buckets’ all-reduces below, all over at ${end}`,
  lanes: { backward: 'backward', communication: 'all-reduce' },
  ddpVerdict: (end: string, without: string, exposed: string) =>
    `Done after ${end}; one all-reduce after backward would end at ${without}. Not hidden: ${exposed}.`,
  ddpSums: (count: string, communication: string, hidden: string): string =>
    `${count === '1' ? '1 bucket' : `${count} buckets`}, ${communication} of communication, ${hidden} of it hidden.`,
  bucketTable: 'every bucket',
  bucketHead: ['Bucket', 'Size', 'Ready', 'Starts', 'Ends'],
  more: (count: string) => `… ${count} more`,
  // Address
  example: 'Back to the published example',
  exampleIs:
    'Opens on the gradients of the ZeRO paper’s Figure 1: 7.5B parameters in FP16, 64 GPUs.',
};

export type Words = typeof words;
