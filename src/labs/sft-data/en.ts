import type { Overlong, Strategy } from '~/engines/packing/index.ts';
import type { Boundary, LossOn, Role, TemplateName, Trap } from './chat.ts';
import type { PackingPreset } from './state.ts';

export const words = {
  // Predict
  question:
    'You give TRL’s SFTTrainer a dataset of messages and change nothing in its SFTConfig. Where does the loss fall?',
  options: {
    everything: 'On every token',
    'every-turn': 'On every answer',
    'last-turn': 'On the last answer',
  } satisfies Record<LossOn, string>,
  why: (everything: string, turns: string) =>
    `assistant_only_loss is off by default. In the conversation below that trains ${everything} tokens, of which ${turns} belong to the answers; the rest teaches the model to write system and user text.`,
  exampleIs:
    'This is row qwen2.5/g3-multi of the executed chat templates this site tests against, and the example of TRL’s pack_dataset.',
  example: 'Back to the example',
  // Conversation
  chatTitle: 'Where the loss falls',
  template: 'Chat template',
  templates: {
    chatml: 'ChatML',
    'qwen2.5': 'Qwen2.5',
    'llama-3': 'Llama 3',
    'deepseek-v3': 'DeepSeek-V3',
    'deepseek-r1': 'DeepSeek-R1',
  } satisfies Record<TemplateName, string>,
  editor: 'Conversation',
  role: (index: number) => `Role of message ${index}`,
  text: (index: number) => `Text of message ${index}`,
  roles: {
    system: 'system',
    user: 'user',
    assistant: 'assistant',
    tool: 'tool',
  } satisfies Record<Role, string>,
  up: 'Up',
  down: 'Down',
  remove: 'Remove',
  moved: (what: string, index: number) => `${what}: message ${index}`,
  add: 'Add a message',
  most: (count: number) => `At most ${count} messages here.`,
  outgrown:
    'This conversation is too long for the address. It stays here until you leave; the address brings back everything else.',
  conventions: 'What is trained',
  lossOn: 'Loss on',
  lossOnNames: {
    'every-turn': 'every answer',
    'last-turn': 'last answer',
    everything: 'every token',
  } satisfies Record<LossOn, string>,
  lossOnWho: {
    'every-turn': 'TRL with assistant_only_loss=True; LLaMA-Factory’s default.',
    'last-turn': 'LLaMA-Factory with mask_history.',
    everything: 'TRL’s default for messages data; LLaMA-Factory with train_on_prompt.',
  } satisfies Record<LossOn, string>,
  boundary: 'A trained turn is',
  boundaryNames: {
    answer: 'text + end of turn',
    trl: 'TRL’s generation block',
  } satisfies Record<Boundary, string>,
  noBlock: 'TRL ships no training template for this one: both give the same.',
  endOfTurn: 'End-of-turn token bears loss',
  generationPrompt: 'add_generation_prompt left on',
  secondBos: 'Tokenizer adds its own bos',
  rendered: 'Training text',
  loss: 'bears loss',
  masked: 'label −100',
  special: 'special token',
  share: (loss: string, all: string, share: string) =>
    `${loss} of ${all} tokens bear loss, ${share}.`,
  shareCharacters: (loss: string, all: string) =>
    `${loss} of ${all} characters bear loss. Training counts tokens.`,
  formula: 'Loss of this sample',
  // Traps
  trapsHere: (count: number) =>
    count === 0 ? 'No trap in this one' : count === 1 ? 'One trap here' : `${count} traps here`,
  trapsElsewhere: 'Traps it does not run into',
  traps: {
    'no-loss': ['Nothing to learn', 'No assistant turn, no loss: the sample only costs time.'],
    'end-of-turn-masked': [
      'The model may never stop',
      'The end-of-turn token gets −100, so nothing teaches the model to write it. TRL warns of templates that do this.',
    ],
    'prompt-trained': [
      'The prompt is trained too',
      'System and user text bear loss. It can help with long instructions and short answers; usually it is an oversight.',
    ],
    'double-bos': [
      'Two bos tokens',
      'The template has written bos, and the tokenizer adds another. Tokenize rendered text with add_special_tokens=False.',
    ],
    'generation-prompt': [
      'A header at the end',
      'add_generation_prompt=True opens an empty answer behind the last one. It belongs to inference.',
    ],
    'default-system': [
      'A system text nobody wrote',
      'Without a system message Qwen2.5 writes its own. An empty system message stays empty.',
    ],
    'reasoning-dropped': [
      'The reasoning is gone',
      'R1’s template drops everything up to the last </think>, in the last turn too. The trace gets no loss.',
    ],
    'typed-marker': [
      'Typed text became a control token',
      'A marker inside a message is read as the real token once special tokens are parsed. Escape it, or tokenize user text apart.',
    ],
    'merged-boundary': [
      'The boundary falls inside a token',
      'The answer begins with a newline, and the tokenizer merges it with the header’s. Measuring the prompt’s length alone is then off.',
    ],
    trimmed: [
      'White space is trimmed',
      'Llama 3’s template trims every message: indentation at either end is lost.',
    ],
  } satisfies Record<Trap, [string, string]>,
  // Tokens
  tokensTitle: 'Token by token',
  count: (mb: string) => `Count tokens (${mb} MB)`,
  countHint: (name: string, licence: string) =>
    `Loads ${name}’s own tokenizer from this site (${licence}) and runs it here. Your text is sent nowhere.`,
  noTokenizer:
    'Llama 3’s tokenizer is not shipped: its license sets terms of its own for passing it on. The text and its mask are exact all the same.',
  loading: 'The tokenizer is loading',
  cancel: 'Cancel',
  tokensFailed: 'The tokens could not be counted: check the connection.',
  unplaced:
    'This text holds characters that the tokenizer composes first (Unicode NFC), so its tokens cannot be laid over it.',
  firstTokens: (shown: string, all: string) => `The first ${shown} of ${all} tokens.`,
  tokenTable: 'every token, its id and its label',
  tokenHead: ['Place', 'Token', 'Id', 'Label', 'Note'],
  straddles: 'boundary inside',
  // Packing
  packTitle: 'Examples into windows',
  presets: 'Examples',
  presetNames: {
    trl: 'TRL’s pack_dataset',
    llama3: 'Llama 3’s mix, window 4,096',
    unlucky: 'Where greedy packing is unlucky',
  } satisfies Record<PackingPreset, string>,
  presetNotes: {
    trl: 'The example in TRL’s source: lengths 5, 2, 3, 1 into windows of 4.',
    llama3:
      'A hundred examples in the shares of Llama 3’s Table 7, each of the mean length of its part, without the 0.11% of long context.',
    unlucky: 'Made up: 4 + 3 + 3 twice would fill two windows, but longest first puts 4 with 4.',
  } satisfies Record<PackingPreset, string>,
  lengths: 'Lengths in tokens',
  lengthsHint: 'For example 5, 2, 3, 1 or 53x974',
  lengthsRule: (examples: string, tokens: string) =>
    `Whole numbers from 1 to ${tokens}, apart by commas or spaces; 3x5 for 5, 5, 5. At most ${examples} examples. The last good ones stay.`,
  window: 'Window',
  tokensUnit: 'tokens',
  overlong: 'Examples longer than a window',
  overlongNames: {
    truncate: 'lose their end',
    split: 'are split',
    drop: 'are dropped',
  } satisfies Record<Overlong, string>,
  overlongWho: {
    truncate: 'As TRL’s bfd does.',
    split: 'As TRL’s bfd_split does.',
    drop: 'As LLaMA-Factory does, with a warning.',
  } satisfies Record<Overlong, string>,
  strategy: 'Packing',
  strategyNames: {
    padded: 'none, padding',
    wrapped: 'concatenate and cut',
    ffd: 'first-fit decreasing',
    bfd: 'best-fit decreasing',
  } satisfies Record<Strategy, string>,
  strategyWho: {
    padded: 'One example a window; the rest is padding.',
    wrapped: 'TRL’s wrapped: one stream, cut every window. Cuts examples in the middle.',
    ffd: 'Longest first, into the first window with room. LLaMA-Factory’s greedy_knapsack gives the same windows.',
    bfd: 'Longest first, into the fullest window with room. TRL’s default, bfd.',
  } satisfies Record<Strategy, string>,
  compare: 'The four packings',
  compareHead: ['Packing', 'Windows', 'Padding', 'Waste', 'Tokens lost', 'Examples cut'],
  packVerdict: (name: string, windows: string, waste: string, padded: string) =>
    `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${windows} windows, ${waste} of their places padding. One example a window wastes ${padded}.`,
  lost: (tokens: string) => (tokens === '1' ? ' 1 token is lost.' : ` ${tokens} tokens are lost.`),
  fewest: (fewest: string) => ` ${fewest} windows would hold it all.`,
  packPicture: (name: string, windows: string) => `${name}: ${windows} windows, in the table below`,
  firstWindows: (shown: string, all: string) => `The first ${shown} of ${all} windows.`,
  legendExample: 'example, by its number',
  legendPart: 'part of an example',
  legendPadding: 'padding',
  windowPicture: 'the windows, drawn',
  windowTable: 'what stands in every window',
  windowHead: ['Window', 'Examples: tokens', 'Padding'],
  piece: (example: string, from: string, to: string, whole: boolean) =>
    whole ? `${example}: ${to}` : `${example}: ${from}–${to}`,
  attentionTitle: (at: string) => `Who sees whom in window ${at}`,
  at: 'Window looked at',
  isolated: 'Keep the examples apart',
  attention: (across: string, causal: string, share: string) =>
    `${across} of ${causal} pairs of query and key, ${share}, look into another example, and positions run on.`,
  apart: (saved: string) =>
    `Each example sees only itself, and its positions begin at 0. ${saved} pairs are not computed.`,
  alone: 'One example alone: there is nothing to keep apart.',
  attentionPicture: 'Rows are queries, columns keys, both in the order of the window',
  own: 'sees its own example',
  foreign: 'sees another example',
  hidden: 'masked out',
  positionTable: 'position ids and labels of the window',
  positionHead: ['Example', 'Tokens', 'Position ids', 'First label'],
  firstLabel: '−100',
  firstLabelKept: 'predicted from the example before',
  noForeign: 'nothing before it',
};

export type Words = typeof words;
