import { boolean, oneOf } from '../arguments.ts';
import {
  BOUNDARIES,
  LOSS_ON,
  TRAPS,
  type TrainingInput,
  type TrainingText,
  type Trap,
} from './conventions.ts';
import { renderChat, renderPrompt } from './render.ts';
import { TEMPLATES } from './templates.ts';

/**
 * A conversation as training text under one convention of loss.
 *
 * @throws RangeError for an unknown name or an empty conversation, TypeError for malformed messages.
 */
export function trainingText({
  template,
  messages,
  lossOn,
  boundary,
  endOfTurn,
  generationPrompt,
  secondBos,
}: TrainingInput): TrainingText {
  oneOf('lossOn', lossOn, LOSS_ON);
  oneOf('boundary', boundary, BOUNDARIES);
  boolean('endOfTurn', endOfTurn);
  boolean('generationPrompt', generationPrompt);
  boolean('secondBos', secondBos);
  const chat = renderChat(template, messages);
  const facts = TEMPLATES[template];
  const bos = secondBos ? (facts.bosToken ?? '') : '';
  const rendered = bos + (generationPrompt ? renderPrompt(template, messages) : chat.rendered);
  if (lossOn === 'everything') return { rendered, lossSpans: [{ start: 0, end: rendered.length }] };

  const turns = lossOn === 'last-turn' ? chat.lossSpans.slice(-1) : chat.lossSpans;
  const { before, after } = (boundary === 'trl' && facts.trlBlock) || { before: '', after: '' };
  const lossSpans = turns.map(({ start, end }) => ({
    start: bos.length + start - (chat.rendered.endsWith(before, start) ? before.length : 0),
    end:
      bos.length +
      (endOfTurn
        ? end + (chat.rendered.startsWith(after, end) ? after.length : 0)
        : end - facts.endOfTurn.length),
  }));
  return { rendered, lossSpans: lossSpans.filter(({ start, end }) => end > start) };
}

/**
 * Which traps a conversation runs into, in the order of {@link TRAPS}.
 *
 * @throws as {@link trainingText}.
 */
export function trapsOf(input: TrainingInput): Trap[] {
  const { template, messages, lossOn, endOfTurn } = input;
  const { bosToken, defaultSystem, specialTokens } = TEMPLATES[template];
  const { lossSpans } = trainingText(input);
  const answers = messages.filter(({ role }) => role === 'assistant');
  const trained = lossOn === 'last-turn' ? answers.slice(-1) : answers;
  const found: Record<Trap, boolean> = {
    'no-loss': lossSpans.length === 0,
    'end-of-turn-masked': lossOn !== 'everything' && !endOfTurn && answers.length > 0,
    'prompt-trained': lossOn === 'everything',
    'double-bos': input.secondBos && bosToken !== null,
    'generation-prompt': input.generationPrompt,
    'default-system': defaultSystem !== null && messages[0]?.role !== 'system',
    'reasoning-dropped':
      template === 'deepseek-r1' && answers.some(({ content }) => content.includes('</think>')),
    'typed-marker': messages.some(({ content }) =>
      specialTokens.some((token) => content.includes(token)),
    ),
    // The header ends in a newline, and the tokenizer makes one token of it and the answer's.
    'merged-boundary':
      lossOn !== 'everything' &&
      TEMPLATES[template].assistantHeader.endsWith('assistant\n') &&
      trained.some(({ content }) => /^\s*[\r\n]/.test(content)),
    trimmed: template === 'llama-3' && messages.some(({ content }) => content !== content.trim()),
  };
  return TRAPS.filter((trap) => found[trap]);
}
