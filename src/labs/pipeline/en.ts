import type { TimetableName } from '~/engines/pipeline/index.ts';
import type { Kept, PresetName } from './state.ts';

export const words = {
  controls: 'What runs',
  first: 'Schedule',
  second: 'Compare with',
  none: 'nothing',
  names: {
    gpipe: 'GPipe',
    '1f1b': '1F1B',
    interleaved: 'Interleaved 1F1B',
    'zb-h1': 'ZB-H1',
    dualpipe: 'DualPipe',
  } satisfies Record<TimetableName, string>,
  p: 'Stages p',
  m: 'Micro-batches m',
  v: 'Chunks per GPU v',
  pRule: 'DualPipe needs an even number of stages',
  mRule: (step: number, least: number, most: number) =>
    step === 1
      ? `at most ${most} here, or the passes get too thin to see`
      : least > step
        ? `DualPipe needs at least ${least} here, a multiple of ${step}, at most ${most}`
        : `interleaving needs a multiple of ${step}, here at most ${most}`,
  times: 'Times',
  timesNote: 'Of one micro-batch through one whole stage, in any unit.',
  forward: 'Forward F',
  backward: 'Backward, input gradient B',
  weight: 'Backward, weight gradient W',
  communication: 'Sending between stages',
  communicationNote: 'Delays what is sent; keeps no GPU busy.',
  overlap: 'Hidden by overlapping, of F',
  overlapNote:
    'What DualPipe saves when a forward and a backward run together: 0% is as long as one after the other, 100% hides the shorter of the two.',
  memory: 'Model, for the memory',
  kept: 'Kept for backward',
  keptNames: {
    selective: 'without attention core',
    all: 'all',
  } satisfies Record<Kept, string>,
  memoryNote: (layers: number, stages: number, b: number, s: string) =>
    `${layers} layers over ${stages} stages; micro-batches of ${b} × ${s} tokens; tensor and sequence parallelism 8.`,
  // Predict
  question:
    'Four stages, eight micro-batches. You replace GPipe by 1F1B. What happens to the idle time?',
  options: { less: 'It shrinks', same: 'It stays the same', more: 'It grows' },
  why: (bubble: string, ideal: string, gpipe: string, ofb: string) =>
    `Both idle ${bubble} for each ${ideal} of work: filling and draining the pipeline takes as long in either. What 1F1B saves is memory: the first stage holds ${ofb} micro-batches instead of ${gpipe}.`,
  // Presets
  presets: 'Published examples',
  presetNames: {
    zeroBubble: 'Zero-bubble paper, Figures 2 and 3',
    memory: 'GPipe and 1F1B, Megatron’s Figures 3 and 4',
    interleaved: 'Interleaving, Megatron’s Figure 4',
    megatron: 'Megatron’s 145.6B run: p 8, m 48, v 2',
    dualpipe: 'DualPipe, DeepSeek-V3’s Figure 5',
  } satisfies Record<PresetName, string>,
  // Chart
  chartTitle: 'Who computes when',
  chart: (name: string, p: number, total: string, idle: string) =>
    `${name}: ${p} stages over ${total} units of time, idle ${idle} of it on each. The table below has every pass.`,
  legend: {
    forward: 'F, forward',
    backward: 'B, gradient of the input',
    weight: 'W, gradient of the weights',
    idle: 'bubble',
  },
  chunks: 'Every other chunk of layers is darker.',
  bothEnds:
    'Under DualPipe, row r is the GPU that holds stages r and p − 1 − r; darker are the micro-batches that enter at the last GPU. A forward and a backward that run together share a row.',
  numbers: 'Numbers are micro-batches, counted from 0 as stages are.',
  stage: (rank: number) => `stage ${rank}`,
  stageShort: (rank: number) => `S${rank}`,
  total: (total: string, bubble: string) => `${total} in all, ${bubble} idle`,
  time: 'time',
  // Moment
  momentTitle: (time: string) => `At time ${time}`,
  momentHint: 'Point at the chart, tap it, or step from event to event.',
  runs: (pass: string, end: string) => `runs ${pass} until ${end}`,
  waitsInput: (pass: string, input: string, from: string, until: string) =>
    `waits: ${pass} needs ${input} of ${from}, there at ${until}`,
  waitsSending: (pass: string, input: string, from: string, until: string) =>
    `waits: ${input} is on its way from ${from} for ${pass}, there at ${until}`,
  starts: (pass: string, start: string) => `next is ${pass} at ${start}`,
  done: 'done, waits for the optimizer step',
  chunk: (chunk: number) => `chunk ${chunk}`,
  held: (held: string) => `holds ${held}`,
  busy: (name: string, busy: number, p: number) => `${name}: ${busy} of ${p} stages compute`,
  join: '; ',
  // Formula
  formulaTitle: 'The bubble, as a formula and counted',
  formulaOf: (name: string) => `formula for ${name}`,
  ofIdeal: 'of ideal time',
  ofTotal: 'of the whole iteration',
  counted: (bubble: string) => `Counted in the chart: ${bubble}. The same.`,
  differs: (bubble: string, why: string) => `Counted in the chart: ${bubble}. ${why}`,
  becauseSending: 'The formula leaves sending out; here it is on the critical path.',
  becauseFew: 'The formula supposes at least p micro-batches.',
  becauseUnequal: 'The formula supposes F, B and W of about equal length.',
  // Memory
  peakTitle: 'What each stage holds at its fullest',
  peakNote:
    'Micro-batches from the start of their forward to the end of their backward. Where W is a pass of its own, GB drops a little before it: B releases what only it needs.',
  twoCopies: 'DualPipe also holds the parameters twice.',
  peakChart: (names: string) => `Peak of activations on each stage under ${names}`,
  microBatches: (count: string) => `${count} micro-batches`,
  // Tables
  orderTable: 'order, idle time and peak of every stage',
  orderHead: ['Schedule', 'Stage', 'Passes with their start', 'Idle', 'Peak held', 'Activations'],
  // Verdict
  faster: (b: string, time: string, a: string, other: string, share: string) =>
    `${b} takes ${time}, ${a} ${other}: ${share} less.`,
  slower: (b: string, time: string, a: string, other: string, share: string) =>
    `${b} takes ${time}, ${a} ${other}: ${share} more.`,
  equal: (b: string, a: string, time: string) => `${b} and ${a} take equally long, ${time}.`,
  peaks: (b: string, first: string, other: string) =>
    first === other
      ? `The fullest stage holds ${first} micro-batches in both.`
      : `The fullest stage holds ${first} micro-batches under ${b} instead of ${other}.`,
  alone: (name: string, share: string) => `Under ${name} each GPU idles ${share} of the iteration.`,
  // Address
  exampleIs:
    'This is the zero-bubble paper’s comparison: 4 stages, 8 micro-batches, F, B and W equally long.',
};

export type Words = typeof words;
