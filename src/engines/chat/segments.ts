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
  const edges = chat.lossSpans.flatMap((span) => [span.start, span.end]);
  const segments: Segment[] = [];
  let start = 0;
  for (const end of [...edges, chat.rendered.length]) {
    const loss = insideSpan(chat.lossSpans, start);
    for (const piece of splitSpecial(chat.rendered.slice(start, end), template)) {
      segments.push({ ...piece, loss });
    }
    start = end;
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
