import { boolean, finiteNumber, integer } from '../arguments.ts';
import { type FormatName, rounderOf } from '../floats/index.ts';
import type { Scaler } from '../loss-scaling/index.ts';
import { arithmetic } from './arithmetic.ts';
import { initialParameters, network, PARAMETERS } from './network.ts';
import { BATCH_TOKENS, INPUTS, SAMPLES, SPOILED, TARGETS } from './problem.ts';

/** Adam, arXiv:1412.6980, with its defaults but for a learning rate that falls to zero in a line and an epsilon far under the gradients here. */
export const OPTIMIZER = {
  learningRate: 0.002,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-15,
} as const;

export interface TrainingOptions {
  /** Of weights, activations and gradients. */
  readonly format: FormatName;
  /** Loss scaler; without one the scale is 1 and nobody looks for infinities. */
  readonly scaler?: Scaler;
  /** The optimizer's own weights in FP32, from which those of the network are rounded. Default true. */
  readonly masterWeights?: boolean;
  /** Matrix products summed in FP32 and rounded once, when written. Default true. */
  readonly fp32Accumulation?: boolean;
  /** Length of the run, over which the learning rate falls. */
  readonly steps: number;
  /** Uniform in [0, 1): draws the first weights. Runs from the same seed start alike. */
  readonly random: () => number;
}

export interface StepReport {
  /** From 0. */
  readonly step: number;
  /** Mean squared error before this step's update; infinite or NaN once training has diverged. */
  readonly loss: number;
  /** The loss scale of this step. */
  readonly scale: number;
  /** The scaler found an infinity or NaN: weights and optimizer are as before. */
  readonly skipped: boolean;
  /** Of this step's gradients, by activations and by parameters, those that are exactly zero: a share. */
  readonly zeroShare: number;
  /** Of the weights, those that a nonzero update left as they were: a share. */
  readonly swampedShare: number;
}

export interface Training {
  /** Trains one step; on a spoiled step one label is far off. @throws RangeError past the last step. */
  step(spoiled?: boolean): StepReport;
  /** The network's answers at the samples, as the last step found them. */
  readonly outputs: Float64Array;
  /** Gradients of the last step by activations (before tanh) and by parameters, still multiplied by its scale. */
  gradients(): Float64Array;
  /** Weights and biases that the next step starts from, as the optimizer keeps them. */
  readonly parameters: Float64Array;
}

/**
 * A network of 1–16–16–1 units with tanh, trained on all samples at once, each operation rounded to `format`:
 * every product and sum of forward and backward pass (with `fp32Accumulation` the sums of a matrix
 * product in FP32, arXiv:1710.03740 §3.3), tanh as one operation. As in that paper and in autocast, the
 * loss and the optimizer are FP32: the loss gradient is multiplied by the scale in FP32 and then cast,
 * gradients are unscaled in FP32 before anything looks at them (§3.2), Adam's moments are FP32, and the
 * update goes to FP32 master weights (§3.1) or, without them, straight to weights in `format`.
 *
 * The loss is divided by BATCH_TOKENS. In FP32 that changes nothing, for Adam does not see the scale of
 * its gradients; in FP16 most gradients then round to zero and training stalls, until a loss scale lifts them.
 *
 * Bit for bit the same for the same `random` on every machine: nothing but operations IEEE 754 fixes.
 *
 * @throws RangeError for an unknown format or steps outside 1 … 100,000; TypeError for a switch that is no boolean.
 */
export function createTraining(options: TrainingOptions): Training {
  const { format, scaler, random } = options;
  const masterWeights = boolean('masterWeights', options.masterWeights ?? true);
  const fp32Accumulation = boolean('fp32Accumulation', options.fp32Accumulation ?? true);
  const steps = integer('steps', options.steps, 1, 100_000);
  const round = rounderOf(format);
  const fround = Math.fround;

  const net = network(Float64Array.from(INPUTS), arithmetic(format, fp32Accumulation));
  const keep = masterWeights ? fround : round;
  const parameters = initialParameters(random).map(keep);
  const weights = parameters.map(round);
  const firstMoments = new Float64Array(PARAMETERS);
  const secondMoments = new Float64Array(PARAMETERS);
  const byOutput = new Float64Array(SAMPLES);
  const targets = Float64Array.from(TARGETS, round);
  const { learningRate, beta1, beta2, epsilon } = OPTIMIZER;
  const [keep1, add1, keep2, add2] = [beta1, 1 - beta1, beta2, 1 - beta2].map(fround) as [
    number,
    number,
    number,
    number,
  ];
  let outputs = new Float64Array(SAMPLES);
  let next = 0;
  // Running powers of the betas, for the corrections of the moments; a skipped step is none of Adam's.
  let power1 = 1;
  let power2 = 1;

  /** @returns the share of weights that did not move though they should have. */
  function update(scale: number): number {
    power1 *= beta1;
    power2 *= beta2;
    const rate = fround(learningRate * (1 - (next - 1) / steps));
    const correct1 = fround(1 - power1);
    const correct2 = fround(1 - power2);
    const inverse = fround(1 / scale);
    let swamped = 0;
    for (let i = 0; i < PARAMETERS; i += 1) {
      const gradient = fround((net.gradients[i] as number) * inverse);
      const first = fround(fround(keep1 * (firstMoments[i] as number)) + fround(add1 * gradient));
      const second = fround(
        fround(keep2 * (secondMoments[i] as number)) + fround(add2 * fround(gradient * gradient)),
      );
      firstMoments[i] = first;
      secondMoments[i] = second;
      const spread = fround(fround(Math.sqrt(fround(second / correct2))) + epsilon);
      const change = fround(fround(rate * fround(first / correct1)) / spread);
      const before = parameters[i] as number;
      const after = keep(fround(before - change));
      if (after === before && change !== 0) swamped += 1;
      parameters[i] = after;
      weights[i] = round(after);
    }
    return swamped / PARAMETERS;
  }

  return {
    get outputs() {
      return outputs;
    },
    parameters,

    gradients() {
      const all = new Float64Array(
        net.activationGradients.reduce((sum, { length }) => sum + length, PARAMETERS),
      );
      let at = 0;
      for (const part of [...net.activationGradients, net.gradients]) {
        all.set(part, at);
        at += part.length;
      }
      return all;
    },

    step(spoiled = false) {
      const step = integer('step', next, 0, steps - 1);
      const scale = scaler?.scale ?? 1;
      const byError = fround((2 * finiteNumber('scale', scale)) / BATCH_TOKENS);
      outputs = net.forward(weights).slice();
      let loss = 0;
      for (let i = 0; i < SAMPLES; i += 1) {
        const wrong = spoiled && i === SPOILED.sample;
        const error = round(
          (outputs[i] as number) - (wrong ? SPOILED.label : (targets[i] as number)),
        );
        loss = fround(loss + fround(error * error));
        byOutput[i] = round(fround(error * byError));
      }
      net.backward(weights, byOutput);
      next += 1;

      const skipped = scaler !== undefined && !net.gradients.every(Number.isFinite);
      scaler?.update(skipped);
      return {
        step,
        loss: loss / SAMPLES,
        scale,
        skipped,
        zeroShare: shareOfZeros([...net.activationGradients, net.gradients]),
        swampedShare: skipped ? 0 : update(scale),
      };
    },
  };
}

function shareOfZeros(parts: readonly Float64Array[]): number {
  let zeros = 0;
  let all = 0;
  for (const part of parts) {
    all += part.length;
    for (let i = 0; i < part.length; i += 1) if (part[i] === 0) zeros += 1;
  }
  return zeros / all;
}
