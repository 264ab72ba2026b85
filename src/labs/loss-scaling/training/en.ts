/** Words of the gradient histogram and of the training run. */
import type { ZoneName } from '../histogram/counts.ts';
import type { Preset } from '../histogram/state.ts';
import type { Recipe } from './state.ts';

export const words = {
  // Scale
  scale: 'Loss scale S',
  notPower: 'a power of two, please, as 1024 or 2^10: it changes exponents and rounds nothing',
  scaleRange: (most: string) => `allowed: 1 to ${most}`,
  notANumber: (typed: string) =>
    typed === ''
      ? 'type a power of two: 1024, 64K or 2^10'
      : `“${typed}” is not a number: 1024, 2^10`,

  // Histogram
  histogramTitle: 'Which gradients does a loss scale save?',
  gradients: 'Gradients',
  presets: {
    ssd: 'Multibox SSD',
    speech: 'Mandarin speech',
    live: 'The network below',
  } satisfies Record<Preset, string>,
  zones: {
    zero: 'zero from the start',
    underflow: 'become 0',
    subnormal: 'kept as subnormal, few digits',
    normal: 'kept',
    overflow: 'become ∞',
  } satisfies Record<ZoneName, string>,
  zonesShort: {
    zero: 'zero',
    underflow: 'underflow',
    subnormal: 'subnormal',
    normal: 'normal',
    overflow: 'overflow',
  } satisfies Record<ZoneName, string>,
  ssdNote: (count: string) =>
    `Activation gradients of the FP32 run, collected over training. Published: 66.8% are zero, 5.3% survive in FP16, 4% lie within (2⁻³², 2⁻³⁰), and a shift by 15 exponents brings back all but 0.1% of the lost. The curve through these points is a guess: ${count} gradients drawn to fit. (The guide also says that 31% become zero. Its other two shares leave 27.9%, which is what you see.)`,
  speechNote: (count: string) =>
    `Weight gradients of the FP32 run. Published: about 5% have exponents below −24. The bell around that point is ours: ${count} gradients drawn to fit.`,
  liveNote: (count: string, step: string) =>
    `${count} gradients of the FP32 run at step ${step}, by activations and by weights: what FP16 would have had to hold.`,
  liveMissing: 'The network below is being trained; its gradients follow in a moment.',
  source: ' Sources: ',
  between: '; ',
  picture: (scale: string) =>
    `Histogram of the gradients by powers of two, multiplied by ${scale}, over the zones of FP16.`,
  axis: 'magnitude after scaling, |g|·S',
  shareAxis: 'share of all gradients in each power of two',
  upToShare: (share: string) => `up to ${share}`,
  kept: 'kept if',
  lost: 'infinite if',
  countKept: (count: string) => `${count} stay above zero`,
  countLost: (count: string) => `${count} overflow`,
  accountTitle: 'Lost at each scale',
  accountPicture:
    'Share of the gradients lost to zero and to infinity at each scale from 1 to 2⁴⁰.',
  best: (scale: string) => `Smallest of the best: ${scale}`,
  losesNone: (scale: string) => `${scale} loses nothing: no gradient becomes zero or overflows.`,
  bestHere: (scale: string, share: string) =>
    `No scale loses less than ${scale}: ${share} become zero, none overflows.`,
  loses: (scale: string, share: string, best: string, bestShare: string) =>
    `${scale} loses ${share} to zero. ${best} would lose ${bestShare}.`,
  losesAll: (scale: string, share: string, best: string) =>
    `${scale} loses ${share} to zero. ${best} would lose none.`,
  tooLarge: (scale: string, count: string) =>
    `At ${scale} ${count} become infinite. One is enough: the whole step is skipped.`,
  tooLargeAtAny: (scale: string, count: string) =>
    `Even at ${scale}, the best, ${count} become infinite, and the step is skipped.`,
  whole:
    'Lost gradients are not all equal: SSD trained at S = 8 as it did in FP32, although most of the small ones were still zero.',
  tableCaption: 'gradients by power of two after scaling',
  accountCaption: 'share lost at each scale',
  magnitude: '|g|·S',
  count: 'gradients',
  share: 'share',
  zone: 'zone',
  upTo: (limit: string) => `below ${limit}`,
  from: (limit: string) => `${limit} and more`,

  // Run
  runTitle: 'Watch a network train in each format',
  runIntro:
    'A network of 1–16–16–1 units learns a curve. Each operation is rounded to the format of its run; all else, the first weights too, is the same. Its loss is divided by 2²⁴ tokens, a large model’s batch, so each gradient is about that small.',
  recipes: {
    fp32: 'FP32',
    bf16: 'BF16',
    fp16: 'FP16',
    fp16_static: 'FP16, static scale',
    fp16_dynamic: 'FP16, dynamic scale',
  } satisfies Record<Recipe, string>,
  curves: 'Curves',
  settings: 'How the 16-bit runs train',
  masters: 'FP32 master weights',
  wideSums: 'FP32 accumulation',
  staticScale: 'Static scale',
  startScale: 'Dynamic scale starts at',
  growthInterval: 'It doubles after clean steps',
  growthNote: 'PyTorch’s GradScaler, whose own interval is 2,000: the length of this run.',
  seed: 'Seed of the first weights',
  spike: (step: string) => `Inject a spike at step ${step}`,
  spikeNote:
    'One label of that step is 30,000 instead of about 1. Its gradient is huge, though finite in FP32.',
  spikesFull: (count: number) => `${count} spikes are enough`,
  removeSpike: (step: string) => `remove the spike at step ${step}`,
  atStep: (step: string) => `step ${step}`,
  step: 'Step',
  speed: 'Steps at a time',
  training: (percent: string) => `Training: ${percent} done`,
  progress: 'Training progress',
  cancel: 'Cancel',
  train: 'Train',
  cancelled: 'Canceled. The curves are those of the settings before.',
  failed: 'This browser would not start the training. The curves are those of the settings before.',
  lossPlot: 'Loss, mean squared error',
  scalePlot: 'Loss scale',
  zeroPlot: 'Gradients that are zero',
  spikeMark: 'spike',
  skipMark: 'step skipped',
  lossPicture: (step: string) => `Loss of each run up to step ${step}, on a logarithmic axis.`,
  scalePicture: (step: string) => `Static and dynamic loss scale up to step ${step}.`,
  zeroPicture: (step: string) => `Share of zero gradients of each run up to step ${step}.`,
  run: 'Run',
  loss: 'Loss',
  against: 'of FP32’s',
  scaleNow: 'Scale',
  skipped: 'Skipped',
  zeros: 'Zero gradients',
  swamped: 'Swamped updates so far',
  swampedNote:
    'Swamped: a nonzero update left its weight as it was, being under half the spacing there. Zero gradients are those of the step itself.',
  readingAt: (step: string) => `At step ${step}`,
  tableOfLosses: 'loss at every 100th step',
  tableOfScales: (count: string) => `the dynamic scale, its first ${count} changes`,
  scaleAfter: 'Scale afterwards',
  event: 'what happened',
  start: 'start',
  grew: 'doubled after clean steps',
  halved: 'overflow: step skipped, scale halved',
  same: 'overflow: step skipped',
  fitTitle: 'What each has learned',
  fitPicture: (name: string) => `Answers of the ${name} run beside the curve to be learned`,
  diverged: 'diverged',
  formula: 'Why FP16 stops',
  formulaWhy:
    'With a typical error, the root of the loss, the scaled gradient at the output is 2 · error · S / 2²⁴. In FP16:',
  becomes: 'becomes',
  verdictStall: (ratio: string, zeros: string) =>
    `FP16 without a scale ends at ${ratio} times FP32’s loss: ${zeros} of its gradients are zero.`,
  verdictNoStall: (ratio: string) => `FP16 without a scale ends at ${ratio} times FP32’s loss.`,
  verdictScaled: (fixed: string, dynamic: string, skipped: number) =>
    `With a scale it trains: static ${fixed} times, dynamic ${dynamic} times${skipped > 0 ? `, ${skipped} ${skipped === 1 ? 'step' : 'steps'} skipped` : ''}.`,
  verdictMixed: (fixed: string, dynamic: string) =>
    `The scale decides: static ends at ${fixed} times, dynamic at ${dynamic} times.`,
  verdictUnscaled: (fixed: string, dynamic: string) =>
    `Here scaling alone does not save it: static ${fixed} times, dynamic ${dynamic} times.`,
  verdictBf16: (ratio: string) => `BF16 needs no scale: ${ratio} times.`,
  verdictBf16Bad: (ratio: string) => `BF16 has the range but not the precision: ${ratio} times.`,
  verdictSwamped:
    'Without FP32 master weights small updates vanish in the weights, whatever the scale.',
  verdictSpared: (ratio: string) =>
    `The spike overflowed under the dynamic scale, so its step was skipped. The runs that took it are thrown back: FP32 ends at ${ratio} times the loss. That is luck, not design; clipping gradients is meant for it.`,
};

export type TrainingWords = typeof words;
