import type { Zone } from '~/engines/floats/index.ts';
import type { Moment } from './scalers/moments.ts';
import type { Shown } from './scalers/params.ts';

/** Numbers of a moment, printed. */
export interface Printed {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly credit: readonly [number, number];
  readonly streak: string;
  readonly growsAt: string;
}

type Say = (p: Printed) => string;

export const words = {
  example:
    'The example: 2⁻²⁷, the smallest gradient that Multibox SSD needed (Mixed Precision Training §3.2), and a DeepSpeed run whose first six steps overflow (issue 931).',
  backToExample: 'Back to the published example',
  notANumber: (typed: string) =>
    typed === ''
      ? 'type a number: 0.1, 6e-8 or 2^-24'
      : `“${typed}” is not a number: 0.1, 6e-8, 2^-24`,
  outside: (min: string, max: string) => `allowed: ${min} to ${max}`,
  wholeOutside: (min: string, max: string) => `allowed: whole numbers from ${min} to ${max}`,

  predictQuestion:
    'A gradient of 2⁻²⁷ is cast to FP16. Which is the smallest loss scale with which it does not become zero?',
  predictWhy: (tie: string, scale: string, scaled: string, half: string) =>
    `FP16 rounds everything up to ${tie} to zero, the tie included. Times ${scale} the gradient is ${scaled}; times ${half} it would lie on the tie exactly. It is the factor the authors used.`,

  // Format explorer
  formatsTitle: 'What becomes of one number in six formats',
  number: 'The number x',
  tries: 'Numbers with a story',
  tryWhy: {
    ssd: 'smallest gradient SSD needs',
    eps: 'Adam’s ε',
    primer: 'NVIDIA’s FP8 primer',
    square: '255², fits FP16 in spite of a popular claim',
    top: 'first number FP16 turns into ∞',
    e4m3: 'past the top of E4M3',
  },
  times: (factor: string) => `x × ${factor}`,
  negate: 'change the sign',
  zoom: 'Axis',
  zooms: { all: 'all of FP32', half: 'around FP16 and FP8' },
  axis: 'Magnitude of x, as a power of two; drag, or use the arrow keys',
  zones: {
    zero: 'zero',
    underflow: 'underflow to 0',
    subnormal: 'subnormal',
    normal: 'normal',
    overflow: 'overflow',
    nan: 'not a number',
  } satisfies Record<Zone | 'nan', string>,
  rowsLabel: 'Format whose bits are shown',
  exact: 'exact',
  bitsTitle: (format: string) => `${format} bit by bit`,
  bitsHint: 'Press a bit to flip it: x becomes the number it then encodes.',
  fields: { sign: 'sign', exponent: 'exponent', mantissa: 'mantissa' },
  bit: (field: string, weight: number, value: number) => `${field} bit ${weight}: ${value}`,
  formulaInfinity: 'exponent all ones, mantissa 0: infinity',
  formulaNan: 'the code for “not a number”',
  middle: 'middle',
  placeLabel: (low: string, x: string, high: string) => `x = ${x} between ${low} and ${high}`,
  says: {
    zero: () => 'Zero is zero in every format.',
    nan: () => 'Not a number stays not a number in every format.',
    infinite: (becomes: string) => `Infinity becomes ${becomes}.`,
    underflow: (tie: string, smallest: string) =>
      `|x| ≤ ${tie}, at most half of the smallest number ${smallest}: it rounds to zero. The gradient is gone.`,
    subnormal: (minNormal: string, gap: string, bits: number, full: number) =>
      `|x| lies below the smallest normal number ${minNormal}. The spacing no longer shrinks, it stays ${gap}: ${bits} of ${full} significant bits are left.`,
    normal: (gap: string, roundoff: string) =>
      `Neighbors are ${gap} apart here. Rounding errs by at most ${roundoff} of the value.`,
    overflow: (tie: string, max: string, becomes: string) =>
      `|x| is past ${tie}, the middle above the largest number ${max}: it becomes ${becomes}.`,
    atMax: (tie: string, becomes: string) =>
      `This is as large as it gets: from ${tie} on it becomes ${becomes}.`,
  },
  formatsTable: 'x in six formats',
  tableHead: ['Format', 'Stored', 'Zone', 'Relative error', 'Next below', 'Next above', 'Code'],

  // Swamping
  swampTitle: 'Why weights are kept in FP32: an update under half the gap vanishes',
  weight: 'Weight w',
  update: 'Update Δw',
  additions: 'Additions',
  kept: 'Kept in',
  swampLost: (w: string, dw: string, format: string, half: string) =>
    `${w} + ${dw} = ${w} in ${format}: the update is under half the gap, ${half}. It is lost, every time.`,
  swampArrives: (w: string, dw: string, sum: string, format: string, half: string) =>
    `${w} + ${dw} = ${sum} in ${format}: half the gap is ${half}, so the update arrives.`,
  swampOverflow: (w: string, format: string) => `${w} does not fit into ${format} at all.`,
  swampZero: (dw: string, format: string) =>
    `${dw} is already zero in ${format}, before it is added.`,
  half: 'half the gap',
  lineOwn: (format: string) => `kept in ${format}`,
  lineMaster: 'FP32 master weight',
  lineCopy: (format: string) => `its ${format} copy`,
  swampResult: (n: string, own: string, arrived: string, master: string, copy: string) =>
    `After ${n} additions: ${own} without a master weight, ${arrived} of them arrived; ${master} in FP32, which the forward pass sees as ${copy}.`,
  firstMove: (steps: string, to: string) =>
    `The copy first moves after ${steps} additions, to ${to}.`,
  swampTable: 'the running value',
  swampHead: ['Additions', 'Without master', 'FP32 master', 'Copy of the master'],
  swampChart: 'Running value over the additions, without and with an FP32 master weight',
  scalers: {
    title: 'The same overflows through five scalers',
    predict:
      'DeepSpeed with ZeRO and its defaults: steps 0 and 500 overflow, all others are clean. It started at 65,536. What is the scale after step 500?',
    predictWhy: (skipped: number, lowered: number) =>
      `Hysteresis 2 absorbs the first overflow. The 499 clean steps between do not give the credit back, so the second one halves. Skipped: ${skipped}. Halved: ${lowered}.`,
    examples: 'Patterns worth a look',
    example: {
      log: 'start of a real DeepSpeed run (issue 931)',
      figure: 'the topic’s figure: window 4',
      windows: 'the real windows, 250 steps a column',
      falling: 'every step overflows',
    },
    pattern: 'Press a step to make it overflow or not',
    patternHint: 'With the keyboard: arrow keys walk, space or Enter makes the step overflow.',
    step: (step: string) => `Step ${step}`,
    stepState: (step: string, overflow: boolean) =>
      `Step ${step}: ${overflow ? 'overflow' : 'clean'}`,
    scales: 'Loss scales over the steps',
    columns: 'Columns',
    perColumn: 'Steps in a column',
    overflow: 'overflow: the step is skipped',
    chosen: 'the step looked at',
    summary: (from: string, to: string, skipped: string) => `${from} → ${to} · ${skipped} skipped`,
    endedAt: (step: string) => `run ended at step ${step}`,
    chart: (name: string, from: string, to: string) =>
      `Loss scale of ${name}, powers of two, from ${from} to ${to}`,
    whatHappens: (step: string) => `What each of them does at step ${step}`,
    whatHappensIn: (from: string, to: string) => `What each of them does in steps ${from} to ${to}`,
    atStep: (step: string) => `Step ${step}: `,
    window: (low: string, high: string) => `${low} < |g| < ${high}`,
    windowIs: 'FP16 then keeps',
    quiet: {
      pytorch: 'prints nothing; ask scaler.get_scale()',
      deepspeed: 'prints nothing',
      apex: 'prints nothing',
      megatron: 'counts it in its log: “loss scale”, “number of skipped iterations”',
      static: 'prints nothing of its own',
    } satisfies Record<Shown, string>,
    does: {
      lowered: (p) => `${p.name} lowers the scale: ${p.before} → ${p.after}. The step is skipped.`,
      absorbed: (p) =>
        `${p.name} spends hysteresis, ${p.credit[0]} → ${p.credit[1]}: the scale stays ${p.before}. The step is skipped.`,
      floor: (p) =>
        `${p.name} stays at its floor of ${p.before}. The step is skipped, and no error is raised.`,
      raised: (p) =>
        `${p.name} is at its floor of ${p.before} already: it raises, and the run ends.`,
      fixed: (p) => `A constant scale does not react: it stays ${p.before}.`,
      grew: (p) =>
        p.credit[1] > 0
          ? `${p.name} doubles after ${p.streak} clean steps: ${p.before} → ${p.after}. Hysteresis is ${p.credit[1]} again.`
          : `${p.name} grows after ${p.streak} clean steps: ${p.before} → ${p.after}.`,
      capped: (p) => `${p.name} would grow, but ${p.before} is as far as it goes.`,
      clean: (p) =>
        `${p.name} takes the step with ${p.before}. Clean step ${p.streak}; it grows at ${p.growsAt}.`,
      ended: (p) => `${p.name}: the run has ended.`,
    } satisfies Record<Moment['kind'], Say>,
    fixedSkipped: 'The step is skipped all the same.',
    fixedTaken: 'The step is taken.',
    params: 'Parameters, under the frameworks’ own names',
    paramsHint: {
      pytorch: 'torch.amp.GradScaler(…)',
      deepspeed: 'fp16 block of the configuration',
      apex: 'apex.amp, removed from Apex in May 2025',
      megatron: 'command line',
      static: 'DeepSpeed’s fp16.loss_scale other than 0, Megatron’s --loss-scale',
    } satisfies Record<Shown, string>,
    defaults: 'The frameworks’ defaults',
    isDefault: 'All as the frameworks have it by default; “static” is 1, which is no scaling.',
    none: 'None',
    together: 'not together with the others: the floor would lie above the start',
    table: 'scale after each column',
    tableStep: 'After step',
    tableFlag: 'Overflow',
    yes: 'yes',
    endedCell: 'ended',
    logsTitle: 'What “OVERFLOW! … Skipping step” in a log means',
    logs: [
      'This batch’s gradients held an infinity or NaN. The weights were not touched, so nothing is broken.',
      'A handful at the start is calibration: the scale begins too high on purpose and comes down. One now and then afterwards is the scaler trying a higher scale.',
      'A scale that keeps falling is a fault: NaN in the data, too high a learning rate, or a model pretrained in BF16 whose values do not fit into FP16.',
      'Logs from before March 2023 say “reducing to 65536” when hysteresis absorbed the overflow: the number did not change because nothing was reduced.',
    ],
  },
};

export type Words = typeof words;
