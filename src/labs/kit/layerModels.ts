import { PAPER_MODELS, type Shape } from '~/engines/memory/index.ts';

/** Models of arXiv:2205.05198 Table 3, as they stand in an address and as the paper names them. */
export const LAYER_MODELS = {
  '22b': '22B',
  '175b': '175B (GPT-3)',
  '530b': '530B (MT-NLG)',
  '1t': '1T',
} as const;
export type LayerModel = keyof typeof LAYER_MODELS;
export const LAYER_MODEL_IDS = Object.keys(LAYER_MODELS) as LayerModel[];

/** The shape that the paper trains it in. */
export function shapeOf(model: LayerModel): Shape {
  const shape = PAPER_MODELS[LAYER_MODELS[model]];
  if (shape === undefined) throw new RangeError(`no model ${model}`);
  return shape;
}
