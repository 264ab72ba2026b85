import type { Arithmetic, View } from './arithmetic.ts';
import { tanh } from './tanh.ts';

/** Widths from input to output; tanh between them. */
export const WIDTHS = [1, 16, 16, 1] as const;
const LAYERS = WIDTHS.length - 1;

interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Where its weights (outputs × inputs, row by row) and its biases stand among the parameters. */
  readonly weights: number;
  readonly biases: number;
}

const { layers: SHAPE, size } = WIDTHS.slice(1).reduce<{ layers: Layer[]; size: number }>(
  ({ layers, size: weights }, outputs, index) => {
    const inputs = WIDTHS[index] as number;
    const biases = weights + outputs * inputs;
    return { layers: [...layers, { inputs, outputs, weights, biases }], size: biases + outputs };
  },
  { layers: [], size: 0 },
);

export const PARAMETERS = size;

/** Parameters before training: weights uniform with variance 1/inputs, first-layer ones wider, so that its units bend at different places. */
export function initialParameters(random: () => number): Float64Array {
  const parameters = new Float64Array(PARAMETERS);
  SHAPE.forEach(({ inputs, outputs, weights, biases }, index) => {
    const bound = index === 0 ? 4 : Math.sqrt(3 / inputs);
    for (let i = 0; i < outputs * inputs; i += 1) {
      parameters[weights + i] = bound * (2 * random() - 1);
    }
    if (index === 0) {
      for (let i = 0; i < outputs; i += 1) parameters[biases + i] = 3 * (2 * random() - 1);
    }
  });
  return parameters;
}

export interface Network {
  /** Values before the first layer (samples × 1) and after each layer (samples × width). */
  readonly activations: readonly Float64Array[];
  /** By layer: derivative by its sums, before tanh. */
  readonly activationGradients: readonly Float64Array[];
  readonly gradients: Float64Array;
  forward(parameters: Float64Array): Float64Array;
  /** Takes the derivative by the outputs, leaves the derivatives by everything else. */
  backward(parameters: Float64Array, byOutput: Float64Array): void;
}

/** The network on a fixed batch, in the given arithmetic. Its buffers are used again by each call. */
export function network(inputs: Float64Array, { round, multiply }: Arithmetic): Network {
  const samples = inputs.length;
  const activations = WIDTHS.map((width) => new Float64Array(samples * width));
  activations[0]?.set(inputs.map(round));
  const activationGradients = SHAPE.map(({ outputs }) => new Float64Array(samples * outputs));
  const byActivation = SHAPE.map((layer) => new Float64Array(samples * layer.inputs));
  const gradients = new Float64Array(PARAMETERS);
  const ones = new Float64Array(samples).fill(1);

  return {
    activations,
    activationGradients,
    gradients,

    forward(parameters) {
      SHAPE.forEach((layer, index) => {
        const out = activations[index + 1] as Float64Array;
        multiply({
          out: rows(out, layer.outputs),
          rows: samples,
          columns: layer.outputs,
          inner: layer.inputs,
          a: rows(activations[index] as Float64Array, layer.inputs),
          b: { values: parameters, offset: layer.weights, byRow: 1, byColumn: layer.inputs },
          start: { values: parameters, offset: layer.biases, byRow: 0, byColumn: 1 },
        });
        if (index < LAYERS - 1) {
          for (let i = 0; i < out.length; i += 1) out[i] = round(tanh(out[i] as number));
        }
      });
      return activations[LAYERS] as Float64Array;
    },

    backward(parameters, byOutput) {
      activationGradients[LAYERS - 1]?.set(byOutput);
      for (let index = LAYERS - 1; index >= 0; index -= 1) {
        const layer = SHAPE[index] as Layer;
        const bySum = activationGradients[index] as Float64Array;
        const below = activations[index] as Float64Array;
        const columns = { values: bySum, offset: 0, byRow: 1, byColumn: layer.outputs };
        multiply({
          out: { values: gradients, offset: layer.weights, byRow: layer.inputs, byColumn: 1 },
          rows: layer.outputs,
          columns: layer.inputs,
          inner: samples,
          a: columns,
          b: rows(below, layer.inputs),
        });
        multiply({
          out: { values: gradients, offset: layer.biases, byRow: 1, byColumn: 1 },
          rows: layer.outputs,
          columns: 1,
          inner: samples,
          a: columns,
          b: { values: ones, offset: 0, byRow: 1, byColumn: 1 },
        });
        if (index === 0) break;
        const byBelow = byActivation[index] as Float64Array;
        multiply({
          out: rows(byBelow, layer.inputs),
          rows: samples,
          columns: layer.inputs,
          inner: layer.outputs,
          a: rows(bySum, layer.outputs),
          b: { values: parameters, offset: layer.weights, byRow: layer.inputs, byColumn: 1 },
        });
        const next = activationGradients[index - 1] as Float64Array;
        for (let i = 0; i < next.length; i += 1) {
          const value = below[i] as number;
          const slope = round(1 - round(value * value));
          next[i] = round((byBelow[i] as number) * slope);
        }
      }
    },
  };
}

const rows = (values: Float64Array, width: number): View => ({
  values,
  offset: 0,
  byRow: width,
  byColumn: 1,
});
