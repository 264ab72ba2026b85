import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormatName, roundTo } from '../../../src/engines/floats/index.ts';
import { createScaler } from '../../../src/engines/loss-scaling/index.ts';
import {
  BATCH_TOKENS,
  createTraining,
  INPUTS,
  OPTIMIZER,
  SAMPLES,
  SPOILED,
  type StepReport,
  seededRandom,
  TARGETS,
  type TrainingOptions,
  WIDTHS,
} from '../../../src/engines/training/index.ts';
import { tanh } from '../../../src/engines/training/tanh.ts';

const STEPS = 2000;
const dynamic = () => createScaler('pytorch', { growthInterval: 50 });
const start = (format: FormatName, seed: number, more: Partial<TrainingOptions> = {}) =>
  createTraining({ format, steps: STEPS, random: seededRandom(seed), ...more });
const train = (training: ReturnType<typeof start>, steps = STEPS): StepReport[] =>
  Array.from({ length: steps }, () => training.step());

/** The same network in plain doubles, written straight from the formulas. */
function plainLoss(parameters: ArrayLike<number>): number {
  return (
    TARGETS.reduce((sum, target, i) => sum + (plain(parameters, i) - target) ** 2, 0) / SAMPLES
  );
}

function plain(p: ArrayLike<number>, sample: number): number {
  let values = [INPUTS[sample] as number];
  let at = 0;
  for (let layer = 1; layer < WIDTHS.length; layer += 1) {
    const [inputs, outputs] = [WIDTHS[layer - 1] as number, WIDTHS[layer] as number];
    const biases = at + inputs * outputs;
    const sums = Array.from({ length: outputs }, (_, unit) =>
      values.reduce(
        (sum, value, k) => sum + value * (p[at + unit * inputs + k] as number),
        p[biases + unit] as number,
      ),
    );
    values = layer < WIDTHS.length - 1 ? sums.map(Math.tanh) : sums;
    at = biases + outputs;
  }
  return values[0] as number;
}

/** Central differences of the plain loss, all parameters. */
function plainGradient(parameters: ArrayLike<number>): number[] {
  const h = 1e-6;
  return Array.from(parameters, (value, i) => {
    const moved = Float64Array.from(parameters);
    moved[i] = value + h;
    const above = plainLoss(moved);
    moved[i] = value - h;
    return (above - plainLoss(moved)) / (2 * h);
  });
}

describe('FP32', () => {
  it('has the gradients that finite differences of the same network in doubles give', () => {
    const training = start('fp32', 7);
    train(training, 300);
    const before = training.parameters.slice();
    const { loss } = training.step();
    expect(loss / plainLoss(before)).toBeCloseTo(1, 4);
    const gradients = training.gradients().slice(-before.length);
    const expected = plainGradient(before);
    // The engine's loss is a sum over tokens of the whole batch, not a mean over the samples.
    const largest = Math.max(...expected.map(Math.abs));
    expected.forEach((value, i) => {
      const given = ((gradients[i] as number) * BATCH_TOKENS) / SAMPLES;
      expect(Math.abs(given - value), `parameter ${i}`).toBeLessThan(1e-4 * largest);
    });
  });

  it('trains as Adam in plain doubles does', () => {
    const training = start('fp32', 3);
    const p = training.parameters.slice();
    const { learningRate, beta1, beta2 } = OPTIMIZER;
    const m = new Float64Array(p.length);
    const v = new Float64Array(p.length);
    for (let step = 1; step <= 25; step += 1) {
      training.step();
      plainGradient(p).forEach((gradient, i) => {
        m[i] = beta1 * (m[i] as number) + (1 - beta1) * gradient;
        v[i] = beta2 * (v[i] as number) + (1 - beta2) * gradient * gradient;
        const change = (m[i] as number) / (1 - beta1 ** step);
        const spread = Math.sqrt((v[i] as number) / (1 - beta2 ** step));
        const rate = learningRate * (1 - (step - 1) / STEPS);
        p[i] = (p[i] as number) - (rate * change) / (spread + 1e-12);
      });
    }
    expect(training.step().loss / plainLoss(p)).toBeCloseTo(1, 2);
    p.forEach((value, i) => {
      expect(training.parameters[i], `parameter ${i}`).toBeCloseTo(value, 2);
    });
  });
});

describe('a spoiled step', () => {
  it('throws FP32 back, which takes it', () => {
    const training = start('fp32', 1);
    const before = train(training, 1200).at(-1)?.loss ?? NaN;
    const report = training.step(true);
    expect(report.skipped).toBe(false);
    expect((report.loss * SAMPLES) / SPOILED.label ** 2).toBeCloseTo(1, 3);
    expect(train(training, 20).at(-1)?.loss).toBeGreaterThan(100 * before);
  });

  it('is skipped by dynamic scaling: no weight changes, the scale halves, the loss goes on', () => {
    const scaler = dynamic();
    const training = start('fp16', 1, { scaler });
    train(training, 1200);
    const weights = training.parameters.slice();
    const { scale } = scaler;
    const report = training.step(true);
    expect(report).toMatchObject({ step: 1200, skipped: true, scale, swampedShare: 0 });
    expect(training.parameters).toEqual(weights);
    expect(scaler.scale).toBe(scale / 2);
    expect(training.step().loss).toBeLessThan(2e-4);
  });

  it('leaves the optimizer, too, as it was', () => {
    // Two runs that differ in one skipped step only, their learning rate not falling between.
    const skip = start('fp16', 4, {
      scaler: createScaler('static', { initScale: 2 ** 30 }),
      steps: 1e5,
    });
    const plainRun = start('fp16', 4, {
      scaler: createScaler('static', { initScale: 2 ** 30 }),
      steps: 1e5,
    });
    train(skip, 200);
    train(plainRun, 200);
    expect(skip.step(true).skipped).toBe(true);
    skip.step();
    plainRun.step();
    skip.parameters.forEach((value, i) => {
      expect(Math.abs(value - (plainRun.parameters[i] as number))).toBeLessThan(1e-7);
    });
  });

  it('does nothing at all at a constant scale that always overflows', () => {
    const training = start('fp16', 1, { scaler: createScaler('static', { initScale: 2 ** 60 }) });
    const weights = training.parameters.slice();
    expect(train(training, 20).every(({ skipped }) => skipped)).toBe(true);
    expect(training.parameters).toEqual(weights);
  });
});

it('is the same bit for bit from the same seed, and on every machine', () => {
  const losses = (seed: number) => train(start('fp16', seed, { scaler: dynamic() }), 200);
  expect(losses(9)).toEqual(losses(9));
  expect(losses(9)).not.toEqual(losses(10));
  expect(train(start('fp32', 1), 100).at(-1)?.loss).toBe(0.038868844509124756);
});

it.each<[FormatName, boolean]>([
  ['fp32', true],
  ['bf16', true],
  ['bf16', false],
  ['fp16', true],
  ['fp16', false],
  ['tf32', true],
])('holds nothing that %s cannot, FP32 sums %s', (format, fp32Accumulation) => {
  const training = start(format, 5, { fp32Accumulation, masterWeights: false });
  train(training, 5);
  for (const values of [training.gradients(), training.outputs, training.parameters]) {
    for (const value of values) expect(roundTo(format, value)).toBe(value);
  }
});

it('adds in the format when FP32 sums are off, and gets other sums', () => {
  const outputs = (fp32Accumulation: boolean) => {
    const training = start('fp16', 5, { fp32Accumulation });
    training.step();
    return Array.from(training.outputs);
  };
  expect(outputs(true)).not.toEqual(outputs(false));
});

it('says what is wrong', () => {
  expect(() => start('fp64' as FormatName, 1)).toThrow(/format must be one of .*"fp64"/);
  expect(() => start('fp16', 1, { steps: 0 })).toThrow(
    /steps must be an integer from 1 to 100000, got 0/,
  );
  expect(() => start('fp16', 1, { masterWeights: 1 as unknown as boolean })).toThrow(
    /masterWeights must be true or false, got 1/,
  );
  expect(() => seededRandom(-1)).toThrow(/seed must be an integer from 0 to 4294967295, got -1/);
  const short = start('fp16', 1, { steps: 1 });
  short.step();
  expect(() => short.step()).toThrow(/step must be an integer from 0 to 0, got 1/);
});

describe('tanh', () => {
  it('is that of Math to the last bits, odd and within ±1', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (x) => {
        const value = tanh(x);
        expect(Math.abs(value - Math.tanh(x))).toBeLessThanOrEqual(1e-15 * Math.abs(Math.tanh(x)));
        expect(tanh(-x)).toBe(-value);
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('keeps zero, infinities and NaN', () => {
    expect([0, Infinity, -Infinity, Number.NaN].map(tanh)).toEqual([0, 1, -1, Number.NaN]);
  });
});
