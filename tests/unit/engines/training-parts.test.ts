import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormatName, roundTo } from '../../../src/engines/floats/index.ts';
import { createScaler } from '../../../src/engines/loss-scaling/index.ts';
import { arithmetic } from '../../../src/engines/training/arithmetic.ts';
import {
  BATCH_TOKENS,
  createTraining,
  INPUTS,
  OPTIMIZER,
  SAMPLES,
  SPOILED,
  seededRandom,
  TARGETS,
  type TrainingOptions,
} from '../../../src/engines/training/index.ts';
import { initialParameters, PARAMETERS } from '../../../src/engines/training/network.ts';
import { refusal } from './refusals.ts';

const start = (more: Partial<TrainingOptions> = {}) =>
  createTraining({ format: 'fp32', steps: 10, random: seededRandom(3), ...more });

it('random numbers are those of mulberry32, for the ends of the seeds too', () => {
  const first = (seed: number) => Array.from({ length: 3 }, seededRandom(seed));
  expect(first(1)).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  expect(first(0)[0]).toBe(0.26642920868471265);
  expect(first(2 ** 32 - 1)[0]).not.toBe(first(2 ** 32 - 2)[0]);
  expect(refusal(() => seededRandom(2 ** 32))).toBe(
    'RangeError: seed must be an integer from 0 to 4294967295, got 4294967296',
  );
});

describe('a product of matrices', () => {
  const number = fc.double({ min: -4, max: 4, noNaN: true });
  const side = fc.integer({ min: 1, max: 3 });

  it.each<[FormatName, boolean]>([
    ['fp16', true],
    ['fp16', false],
    ['bf16', true],
    ['bf16', false],
    ['fp32', true],
    ['fp32', false],
  ])(
    'in %s, wide sums %s, rounds each step and leaves the rest of its arrays alone',
    (format, wide) => {
      const sumIn: FormatName = wide ? 'fp32' : format;
      fc.assert(
        fc.property(
          side,
          side,
          side,
          fc.boolean(),
          fc.array(number, { minLength: 40, maxLength: 40 }),
          (rows, columns, inner, started, drawn) => {
            const values = Float64Array.from(drawn, (x) => roundTo(format, x));
            // A by rows from 2 on, B turned from 12 on, the start from 30 on, the product turned as well.
            const a = { values, offset: 2, byRow: inner, byColumn: 1 };
            const b = { values, offset: 12, byRow: 1, byColumn: inner };
            const from = { values, offset: 30, byRow: 0, byColumn: 2 };
            const out = {
              values: new Float64Array(20).fill(9),
              offset: 1,
              byRow: 1,
              byColumn: rows,
            };
            arithmetic(format, wide).multiply({
              out,
              rows,
              columns,
              inner,
              a,
              b,
              ...(started ? { start: from } : {}),
            });
            const expected = new Float64Array(20).fill(9);
            for (let r = 0; r < rows; r += 1) {
              for (let c = 0; c < columns; c += 1) {
                let sum = started ? (values[30 + 2 * c] as number) : 0;
                for (let k = 0; k < inner; k += 1) {
                  const product =
                    (values[2 + r * inner + k] ?? 0) * (values[12 + c * inner + k] ?? 0);
                  sum = roundTo(sumIn, sum + roundTo(sumIn, product));
                }
                expected[1 + r + c * rows] = roundTo(format, sum);
              }
            }
            expect(out.values).toEqual(expected);
          },
        ),
      );
    },
  );
});

describe('the first parameters', () => {
  it('fill each layer to its bound: weights by their inputs, and biases of the first layer alone', () => {
    const at = (value: number) => initialParameters(() => value);
    const spans = (parameters: Float64Array) =>
      [
        [0, 16],
        [16, 32],
        [32, 288],
        [288, 304],
        [304, 320],
        [320, 321],
      ].map(([from, to]) => [...new Set(parameters.slice(from, to))]);
    expect(PARAMETERS).toBe(321);
    const inner = Math.sqrt(3 / 16);
    expect(spans(at(0))).toEqual([[-4], [-3], [-inner], [0], [-inner], [0]]);
    expect(spans(at(1))).toEqual([[4], [3], [inner], [0], [inner], [0]]);
    expect(spans(at(0.75))).toEqual([[2], [1.5], [inner / 2], [0], [inner / 2], [0]]);
  });
});

describe('one step', () => {
  const unsplit = (parameters: ArrayLike<number>): number[] =>
    INPUTS.map((x) => {
      const p = (at: number): number => parameters[at] as number;
      const first = Array.from({ length: 16 }, (_, unit) => Math.tanh(x * p(unit) + p(16 + unit)));
      const second = first.map((_, unit) =>
        Math.tanh(first.reduce((sum, y, k) => sum + y * p(32 + 16 * unit + k), p(288 + unit))),
      );
      return second.reduce((sum, y, k) => sum + y * p(304 + k), p(320));
    });
  const lossOf = (parameters: ArrayLike<number>): number =>
    unsplit(parameters).reduce((sum, y, at) => sum + (y - (TARGETS[at] as number)) ** 2, 0);

  it('reports the loss before it, answers, and gradients by everything', () => {
    const training = start();
    const before = training.parameters.slice();
    const report = training.step();
    expect(report).toMatchObject({ step: 0, scale: 1, skipped: false, zeroShare: 0 });
    expect(report.loss).toBeCloseTo(lossOf(before) / SAMPLES, 5);
    for (const [at, y] of unsplit(before).entries()) {
      expect(training.outputs[at]).toBeCloseTo(y, 5);
    }
    const gradients = training.gradients();
    // By the sums of each layer at each sample, then by the parameters.
    expect(gradients).toHaveLength(SAMPLES * (16 + 16 + 1) + PARAMETERS);
    const byParameter = gradients.slice(-PARAMETERS);
    for (let i = 0; i < PARAMETERS; i += 7) {
      const moved = (by: number): number =>
        lossOf(before.map((value, at) => (at === i ? value + by : value)));
      const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
      expect((byParameter[i] as number) * BATCH_TOKENS, `parameter ${i}`).toBeCloseTo(slope, 3);
    }
    const byOutput = gradients.slice(SAMPLES * 32, SAMPLES * 33);
    byOutput.forEach((value, at) => {
      const error = (training.outputs[at] as number) - (TARGETS[at] as number);
      expect(value * BATCH_TOKENS).toBeCloseTo(2 * error, 4);
    });
  });

  it('moves each parameter by the learning rate against its gradient, and less as the run goes on', () => {
    const training = start({ steps: 2 });
    const before = training.parameters.slice();
    training.step();
    const gradients = training.gradients().slice(-PARAMETERS);
    training.parameters.forEach((value, i) => {
      const wanted =
        (before[i] as number) - OPTIMIZER.learningRate * Math.sign(gradients[i] as number);
      expect(value, `parameter ${i}`).toBeCloseTo(wanted, 5);
    });
    const middle = training.parameters.slice();
    training.step();
    const largest = Math.max(
      ...middle.map((value, i) => Math.abs((training.parameters[i] as number) - value)),
    );
    expect(largest).toBeGreaterThan(0.0009);
    expect(largest).toBeLessThan(0.00101);
    expect(refusal(() => training.step())).toBe(
      'RangeError: step must be an integer from 0 to 1, got 2',
    );
  });

  it('under a scale reports it, keeps scaled gradients, and moves as without', () => {
    const scaled = start({ scaler: createScaler('static', { initScale: 1024 }) });
    const plain = start();
    expect(scaled.step().scale).toBe(1024);
    plain.step();
    const [large, small] = [scaled.gradients(), plain.gradients()];
    expect(large).toEqual(small.map((value) => 1024 * value));
    expect(scaled.parameters).toEqual(plain.parameters);
  });

  it('that is spoiled has one wrong label, and says nothing of zeros that are not there', () => {
    const training = start();
    const clean = start();
    clean.step();
    const { loss } = training.step(true);
    const errors = [...clean.outputs].map((y, at) =>
      at === SPOILED.sample ? y - SPOILED.label : y - (TARGETS[at] as number),
    );
    const expected = errors.reduce((sum, error) => sum + error ** 2, 0) / SAMPLES;
    expect(loss / expected).toBeCloseTo(1, 5);
  });

  it('counts zero gradients and swamped weights as shares', () => {
    // FP16 without a scale: gradients of about 2^-24 round to zero.
    const training = start({ format: 'fp16' });
    const { zeroShare } = training.step();
    const gradients = training.gradients();
    expect(zeroShare).toBe(gradients.filter((value) => value === 0).length / gradients.length);
    expect(zeroShare).toBeGreaterThan(0.5);
    // A step of 0.002 is under half the gap of BF16 from 1 on, so without master weights it is lost.
    const rough = start({ format: 'bf16', masterWeights: false });
    const before = rough.parameters.slice();
    const { swampedShare } = rough.step();
    const still = before.filter((value, i) => value === rough.parameters[i]).length;
    expect(still).toBeGreaterThan(20);
    expect(swampedShare).toBe(still / PARAMETERS);
    expect(start({ format: 'bf16' }).step().swampedShare).toBe(0);
  });

  it('whose scale overflows is skipped under a scaler: nothing moves, the scaler is told', () => {
    const scaler = createScaler('pytorch', { initScale: 2 ** 60, growthInterval: 1 });
    const training = start({ format: 'fp16', scaler });
    const before = training.parameters.slice();
    expect(training.step()).toMatchObject({
      step: 0,
      skipped: true,
      swampedShare: 0,
      scale: 2 ** 60,
    });
    expect(training.parameters).toEqual(before);
    expect(scaler.scale).toBe(2 ** 59);
    expect(training.step()).toMatchObject({ step: 1, skipped: true });
  });

  it('answers with what it found, not with what the next one finds', () => {
    const training = start();
    expect([...training.outputs]).toEqual(Array(SAMPLES).fill(0));
    training.step();
    const kept = training.outputs;
    const copy = kept.slice();
    training.step();
    expect(kept).toEqual(copy);
    expect(training.outputs).not.toEqual(copy);
  });
});

it.each<[Partial<TrainingOptions>, string]>([
  [{ steps: 0 }, 'RangeError: steps must be an integer from 1 to 100000, got 0'],
  [{ steps: 100_001 }, 'RangeError: steps must be an integer from 1 to 100000, got 100001'],
  [{ masterWeights: 0 as never }, 'TypeError: masterWeights must be true or false, got 0'],
  [{ fp32Accumulation: 0 as never }, 'TypeError: fp32Accumulation must be true or false, got 0'],
])('%j is refused', (change, message) => {
  expect(refusal(() => start(change))).toBe(message);
});
