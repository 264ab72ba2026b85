/** How training text may be made of a conversation, and what may go wrong: names only, without the renderer. */
import type { Message } from './messages.ts';
import type { TemplateName } from './templates.ts';

/** Half-open [start, end) in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/**
 * - `every-turn`: every assistant turn (TRL `assistant_only_loss=True`, LLaMA-Factory's default)
 * - `last-turn`: the last assistant turn only (LLaMA-Factory `mask_history`)
 * - `everything`: every token (TRL's default for `messages`, LLaMA-Factory `train_on_prompt`)
 */
export const LOSS_ON = ['every-turn', 'last-turn', 'everything'] as const;
export type LossOn = (typeof LOSS_ON)[number];

/**
 * Where a trained turn begins and ends: `answer` is its text and the end-of-turn token, `trl` is the
 * `{% generation %}` block of TRL's training template, where TRL ships one.
 */
export const BOUNDARIES = ['answer', 'trl'] as const;
export type Boundary = (typeof BOUNDARIES)[number];

export interface TrainingInput {
  template: TemplateName;
  messages: readonly Message[];
  lossOn: LossOn;
  boundary: Boundary;
  /** Whether the end-of-turn token of a trained turn bears loss. */
  endOfTurn: boolean;
  /** `add_generation_prompt=True`, which belongs to inference. */
  generationPrompt: boolean;
  /** A tokenizer that puts its own bos before a text that has one: `add_special_tokens=True`. */
  secondBos: boolean;
}

export interface TrainingText {
  rendered: string;
  /** Parts that bear loss, ascending and apart; label −100 elsewhere. */
  lossSpans: Span[];
}

/** Traps of training text, each of which costs people a run. */
export const TRAPS = [
  'no-loss',
  'end-of-turn-masked',
  'prompt-trained',
  'double-bos',
  'generation-prompt',
  'default-system',
  'reasoning-dropped',
  'typed-marker',
  'merged-boundary',
  'trimmed',
] as const;
export type Trap = (typeof TRAPS)[number];
