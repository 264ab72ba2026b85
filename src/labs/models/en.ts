import type { MaskName } from '~/engines/attention/index.ts';
import type { LawName } from '~/engines/scaling-laws/index.ts';
import type { Facet } from './sift.ts';

export const words = {
  // Predict
  question: (flops: string, size: string, tokens: string) =>
    `GPT-3 spent ${flops} FLOPs on ${size} parameters and ${tokens} tokens. By Chinchilla’s law, how many parameters would have been best for that compute?`,
  why: (size: string, tokens: string) =>
    `About ${size} parameters on ${tokens} tokens. GPT-3 followed the law of 2020, under which most of the compute goes into size; two years later it turned out that size and data should grow together.`,
  // Atlas
  atlasTitle: 'Released when, and how large',
  facets: {
    field: 'Domain',
    architecture: 'Architecture',
    objective: 'Objective',
    maker: 'Organization',
    weights: 'Weights',
    named: 'In the interview question',
  } satisfies Record<Facet, string>,
  filters: 'Which models are shown',
  all: 'all',
  named: { yes: 'named in it', no: 'not named' },
  left: (n: number, all: number, drawn: number) =>
    `${n} of ${all} models, ${drawn} of them in the picture`,
  clear: 'Clear all filters',
  none: 'No model meets all of these. Clear a filter.',
  chart: (n: number) =>
    `${n} models by month of release and parameters of the largest version, logarithmic. The list has each of them, the table below all figures.`,
  axisY: 'Parameters',
  sameFamily: 'same family',
  moe: 'mixture of experts: hollow all, filled those one token uses',
  hint: 'Point at a mark, tap it, or choose in the list. By keyboard: left and right by date, up and down by size, Enter opens, Escape leads back.',
  list: 'Models, newest first',
  noSize: 'size not published',
  unverifiedSize: 'size not confirmed',
  notDrawn: 'Not drawn, for want of a size:',
  undisclosed: (names: string) => `not published by its makers: ${names}`,
  unconfirmed: (names: string) => `confirmed by no source read here: ${names}`,
  dateDoubt: (names: string) => `Month of release not confirmed: ${names}.`,
  weightsNote:
    '“Open” means that anyone can download the weights, some after a form; it says nothing of the license. This sorting is ours, by each model’s repository.',
  tableCaption: 'Models shown, with their figures',
  // Details
  model: 'Model',
  org: 'From',
  released: 'Released',
  family: 'Family',
  sizes: 'Parameters',
  largest: 'Parameters, largest version',
  activeLong: 'Used per token',
  tokens: 'Training tokens',
  ratio: 'Tokens per parameter',
  compute: 'Training FLOPs, 6ND',
  context: 'Context, tokens',
  idea: 'What it brought',
  source: 'Source',
  sourceIs: 'Source: ',
  sizesAre: (sizes: readonly string[]) => `Published sizes: ${sizes.join(', ')}`,
  of: (size: string, active: string) => `${size} (${active} active)`,
  derived: 'counted from the published shape',
  doubtful: 'not confirmed by a source',
  unknown: 'not published or not confirmed',
  addCompare: 'Compare',
  dropCompare: 'Remove from comparison',
  fullCompare: 'Four are compared already',
  // Compare
  compareTitle: 'Side by side',
  compareBox: 'Models side by side, row by row',
  compareHint: (n: number): string =>
    n === 0
      ? 'Open a model and choose “Compare”; up to four stand here side by side.'
      : 'Choose one more model to see what differs.',
  differs: 'differs',
  alike: 'the same',
  partly: 'not known of all',
  clearCompare: 'Clear the comparison',
  remove: (name: string) => `Remove ${name}`,
  // Masks
  masksTitle: 'What each position may see',
  masks: {
    encoder: 'Encoder',
    decoder: 'Decoder',
    prefix: 'Prefix LM',
    'encoder-decoder': 'Encoder-decoder',
  } satisfies Record<MaskName, string>,
  maskModels: {
    encoder: 'BERT, ViT',
    decoder: 'GPT, Llama',
    prefix: 'GLM-130B',
    'encoder-decoder': 'T5, BART',
  } satisfies Record<MaskName, string>,
  length: 'Positions n',
  input: 'Of these, input p',
  inputRule: (most: number) => `at most ${most}, so that a position is left to write`,
  maskLegend: {
    back: 'reads itself or back',
    ahead: 'reads ahead',
    cross: 'reads the encoder’s output',
    none: 'hidden',
  },
  maskNote:
    'Row i is the position that reads, column j the one that is read. A prefix LM and an encoder-decoder let the same pairs through; the encoder-decoder has a stack of weights for each side and reads across, the prefix LM reads all with one stack.',
  maskAlt: (name: string, pairs: number, all: number) =>
    `${name}: ${pairs} of ${all} pairs may attend. The table below has every row.`,
  pairs: (pairs: string, all: string) => `${pairs} of ${all} pairs`,
  maskTable: 'What each position reads',
  position: 'Position',
  span: (from: number, to: number) => (from === to ? String(from) : `${from}–${to}`),
  // Compute
  computeTitle: 'How large for the compute',
  run: 'Compute of',
  ownBudget: 'own budget',
  flops: 'Compute C, FLOPs',
  law: 'Law',
  laws: {
    kaplan: 'Kaplan 2020',
    'chinchilla-1': 'Chinchilla, approach 1',
    'chinchilla-2': 'Chinchilla, approach 2',
    'chinchilla-3': 'Chinchilla, approach 3 as printed',
    'chinchilla-3-unrounded': 'Chinchilla, approach 3 unrounded',
    'chinchilla-refit': 'Besiroglu’s refit of approach 3',
    'twenty-tokens': '20 tokens per parameter',
  } satisfies Record<LawName, string>,
  lawsShort: {
    kaplan: 'Kaplan',
    'chinchilla-1': 'approach 1',
    'chinchilla-2': 'approach 2',
    'chinchilla-3': '3 as printed',
    'chinchilla-3-unrounded': '3 unrounded',
    'chinchilla-refit': 'refit',
    'twenty-tokens': '20 tokens',
  } satisfies Record<LawName, string>,
  /** Between sentences. */
  verdictRun: (name: string, size: string, tokens: string, ratio: string) =>
    `${name} has ${ratio} tokens per parameter: ${size} on ${tokens}.`,
  verdictLaw: (law: string, flops: string, size: string, tokens: string, ratio: string) =>
    `Under ${law}, ${flops} FLOPs would go into ${size} parameters on ${tokens} tokens, ${ratio} per parameter.`,
  tooLarge: (times: string) => `By this law it is ${times} times as large as it should be.`,
  onLaw: 'It stands where this law would put it.',
  small: (times: string) =>
    `For training alone this law would make it ${times} times as large; staying small makes it cheaper to serve.`,
  formula: 'With the current numbers',
  formulaBox: 'Formula',
  kaplanNote:
    'Kaplan counts parameters without embeddings, and compute at the smallest batch; the budget here is taken as twice that.',
  computeChart: (n: number) =>
    `Parameters against training compute, both logarithmic: ${n} published runs and the lines of the laws. The tables below have all figures.`,
  computeBox: 'Parameters against compute',
  axisFlops: 'Training compute C = 6ND, FLOPs',
  runNote:
    'Drawn are decoders whose tokens are published; of a mixture of experts the parameters one token uses. Llama 3 8B saw “over 15T” tokens. 6ND leaves out attention, so Gopher stands at less than the 5.76×10²³ of its paper.',
  lawTable: 'What each law makes of this compute',
  runTable: 'Published runs',
  best: 'By the chosen law, parameters',
};

export type Words = typeof words;
