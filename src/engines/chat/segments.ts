import type { Span, TrainingText } from './conventions.ts';
import { TEMPLATES, type TemplateName } from './templates.ts';

export interface Segment {
  text: string;
  /** A string the tokenizer maps to one special token, wherever it stands: typed text counts too. */
  special: boolean;
  loss: boolean;
}

/** Cuts a rendered conversation where loss or special tokens begin and end; the texts concatenate to it. */
export function chatSegments(template: TemplateName, chat: TrainingText): Segment[] {
  const edges = [
    0,
    ...chat.lossSpans.flatMap(({ start, end }) => [start, end]),
    chat.rendered.length,
  ];
  const segments: Segment[] = [];
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const start = edges[index] ?? 0;
    const loss = insideSpan(chat.lossSpans, start);
    for (const piece of splitSpecial(chat.rendered.slice(start, edges[index + 1]), template)) {
      segments.push({ ...piece, loss });
    }
  }
  return segments;
}

function insideSpan(spans: readonly Span[], position: number): boolean {
  return spans.some(({ start, end }) => start <= position && position < end);
}

function splitSpecial(text: string, template: TemplateName): { text: string; special: boolean }[] {
  const { specialTokens } = TEMPLATES[template];
  const escaped = specialTokens.map((token) => token.replace(/[|\\^$.*+?()[\]{}]/g, '\\$&'));
  return text
    .split(new RegExp(`(${escaped.join('|')})`))
    .filter((piece) => piece !== '')
    .map((piece) => ({ text: piece, special: specialTokens.includes(piece) }));
}
