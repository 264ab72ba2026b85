import { createScaler, type Scaler } from '~/engines/loss-scaling/index.ts';
import { createTraining, SAMPLES, seededRandom, type Training } from '~/engines/training/index.ts';
import { LAST_STEP, RECIPES, type Recipe, STEPS, type TrainingState } from './state.ts';

/** What a run depends on; the rest of the state only says how it is looked at. */
export type Settings = Pick<
  TrainingState,
  'masters' | 'wideSums' | 'staticExponent' | 'startExponent' | 'growthInterval' | 'spikes' | 'seed'
>;

/** Values at steps 0, every, 2·every … and at the last step. */
export interface Curve {
  readonly losses: ArrayLike<number>;
  /** Shares of the gradients that are zero, and of the weights that a nonzero update left alone. */
  readonly zeroShares: ArrayLike<number>;
  readonly swampedShares: ArrayLike<number>;
  /** The loss scale, a power of two: steps from which on it has a new exponent, and that exponent. */
  readonly scales: readonly (readonly [step: number, exponent: number])[];
  readonly skipped: readonly number[];
}

/** Arrays of one size, kept at some steps. */
export interface Snapshots {
  readonly steps: readonly number[];
  readonly size: number;
  readonly values: ArrayLike<number>;
}

export interface Runs {
  readonly every: number;
  readonly curves: Readonly<Record<Recipe, Curve>>;
  /** What each network answers at the samples. */
  readonly answers: Readonly<Record<Recipe, Snapshots>>;
  /** All gradients of the FP32 run: those FP16 would have to hold. */
  readonly gradients: Snapshots;
}

const SNAPSHOT_EVERY = 20;
const REPORT_EVERY = 100;

/** Index of the value at this step, or of the one before it. */
export const indexAt = (step: number, every: number): number =>
  step === LAST_STEP ? Math.ceil(step / every) : Math.floor(step / every);

export const stepAt = (index: number, every: number): number => Math.min(index * every, LAST_STEP);

export const samplesOf = (every: number): number => indexAt(LAST_STEP, every) + 1;

/** The exponent of the loss scale at a step. */
export const exponentAt = ({ scales }: Curve, step: number): number =>
  scales.findLast(([from]) => from <= step)?.[1] ?? 0;

/** The last snapshot taken at or before a step. */
export function snapshotAt(
  { steps, size, values }: Snapshots,
  step: number,
): { step: number; values: Float32Array } | undefined {
  const index = steps.findLastIndex((taken) => taken <= step);
  if (index < 0) return undefined;
  const from = index * size;
  return {
    step: steps[index] as number,
    values: Float32Array.from({ length: size }, (_, i) => values[from + i] as number),
  };
}

/**
 * Trains the network by every recipe, step by step.
 *
 * @param onStep Told how many steps of how many are done, now and then.
 */
export function trainAll(
  settings: Settings,
  onStep: (done: number, all: number) => void = () => {},
): Runs {
  const all = RECIPES.length * STEPS;
  let gradients: Snapshots = { steps: [], size: 0, values: [] };
  const trained = RECIPES.map((recipe, index) => {
    const {
      curve,
      answers,
      gradients: own,
    } = train(settings, recipe, (done) => onStep(index * STEPS + done, all));
    if (recipe === 'fp32') gradients = own;
    return { recipe, curve, answers };
  });
  const by = <Part extends 'curve' | 'answers'>(part: Part) =>
    Object.fromEntries(trained.map((one) => [one.recipe, one[part]])) as Record<
      Recipe,
      (typeof trained)[number][Part]
    >;
  return { every: 1, curves: by('curve'), answers: by('answers'), gradients };
}

function train(settings: Settings, recipe: Recipe, onStep: (done: number) => void) {
  const training = start(settings, recipe);
  const losses = new Float32Array(STEPS);
  const zeroShares = new Float32Array(STEPS);
  const swampedShares = new Float32Array(STEPS);
  const scales: [step: number, exponent: number][] = [];
  const skipped: number[] = [];
  const answers = recorder();
  const gradients = recorder();
  for (let step = 0; step < STEPS; step += 1) {
    const report = training.step(settings.spikes.includes(step));
    losses[step] = report.loss;
    zeroShares[step] = report.zeroShare;
    swampedShares[step] = report.swampedShare;
    const exponent = Math.log2(report.scale);
    if (exponent !== scales.at(-1)?.[1]) scales.push([step, exponent]);
    if (report.skipped) skipped.push(step);
    if (step % SNAPSHOT_EVERY === 0 || step === LAST_STEP) {
      answers.take(step, training.outputs);
      if (recipe === 'fp32') gradients.take(step, training.gradients());
    }
    if ((step + 1) % REPORT_EVERY === 0) onStep(step + 1);
  }
  const curve: Curve = { losses, zeroShares, swampedShares, scales, skipped };
  return { curve, answers: answers.all(), gradients: gradients.all() };
}

function start(settings: Settings, recipe: Recipe): Training {
  const format = recipe === 'fp32' || recipe === 'bf16' ? recipe : 'fp16';
  return createTraining({
    format,
    scaler: scalerOf(settings, recipe),
    masterWeights: settings.masters,
    fp32Accumulation: settings.wideSums,
    steps: STEPS,
    random: seededRandom(settings.seed),
  });
}

function scalerOf(settings: Settings, recipe: Recipe): Scaler | undefined {
  if (recipe === 'fp16_static') {
    return createScaler('static', { initScale: 2 ** settings.staticExponent }) as Scaler;
  }
  if (recipe === 'fp16_dynamic') {
    return createScaler('pytorch', {
      initScale: 2 ** settings.startExponent,
      growthInterval: settings.growthInterval,
    }) as Scaler;
  }
  return undefined;
}

function recorder() {
  const steps: number[] = [];
  const parts: Float32Array[] = [];
  return {
    take(step: number, values: Float64Array): void {
      steps.push(step);
      parts.push(Float32Array.from(values));
    },
    all(): Snapshots {
      const size = parts[0]?.length ?? 0;
      const values = new Float32Array(size * parts.length);
      parts.forEach((part, index) => {
        values.set(part, index * size);
      });
      return { steps, size, values };
    },
  };
}

const EXAMPLE_EVERY = 20;

/** Runs at fewer steps and digits, small enough to be part of the page: what example.json holds. */
export function abridge(runs: Runs): Runs {
  const last = samplesOf(EXAMPLE_EVERY) - 1;
  const digits = (value: number | undefined, precision: number) =>
    Number(Number(value).toPrecision(precision));
  const thin = (values: ArrayLike<number>, print: (value: number, index: number) => number) =>
    Array.from({ length: last + 1 }, (_, index) =>
      print(values[stepAt(index, EXAMPLE_EVERY)] as number, index),
    );
  // Of the lines nobody sees more; the ends are compared.
  const share = (value: number) => Math.round(value * 100) / 100;
  const loss = (value: number, index: number) => digits(value, index === last ? 4 : 2);
  const map = <In, Out>(record: Readonly<Record<Recipe, In>>, change: (value: In) => Out) =>
    Object.fromEntries(RECIPES.map((recipe) => [recipe, change(record[recipe])])) as Record<
      Recipe,
      Out
    >;
  return {
    every: EXAMPLE_EVERY,
    curves: map(runs.curves, (curve) => ({
      losses: thin(curve.losses, loss),
      zeroShares: thin(curve.zeroShares, share),
      swampedShares: thin(curve.swampedShares, share),
      scales: curve.scales,
      skipped: curve.skipped,
    })),
    answers: map(runs.answers, (answers) => ({
      steps: [LAST_STEP],
      size: SAMPLES,
      values: Array.from(snapshotAt(answers, LAST_STEP)?.values ?? [], (value) => share(value)),
    })),
    gradients: { steps: [], size: 0, values: [] },
  };
}
