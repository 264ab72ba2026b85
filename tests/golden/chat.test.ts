import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Message,
  renderChat,
  renderPrompt,
  TEMPLATE_NAMES,
  TEMPLATES,
  type TemplateName,
  type TrainingInput,
  trainingText,
} from '../../src/engines/chat/index.ts';

interface Golden {
  templates: Record<
    TemplateName,
    {
      bos_token: string | null;
      end_of_turn: string;
      assistant_header: string;
      default_system: string | null;
      conversations: {
        id: string;
        case: string;
        messages: Message[];
        rendered: string;
        n_utf16: number;
        sha256: string;
        loss_spans: {
          message_index: number;
          start_utf16: number;
          end_utf16: number;
          text: string;
        }[];
        inference_prompt: string;
        /** These two in code points. */
        final_turn_only_span: [number, number];
        trl_generation_block_spans: [number, number][] | null;
      }[];
    }
  >;
}
const golden: Golden = JSON.parse(
  readFileSync(new URL('./data/golden-chat-templates.json', import.meta.url), 'utf8'),
);

it('covers every template of the golden file', () => {
  expect(Object.keys(golden.templates).sort()).toEqual([...TEMPLATE_NAMES].sort());
});

describe.each(TEMPLATE_NAMES)('%s', (name) => {
  const expected = golden.templates[name];

  it('names its markers', () => {
    expect(TEMPLATES[name]).toMatchObject({
      bosToken: expected.bos_token,
      endOfTurn: expected.end_of_turn,
      assistantHeader: expected.assistant_header,
      defaultSystem: expected.default_system,
    });
  });

  it.each(expected.conversations)('$id: $case', (conversation) => {
    const { messages, loss_spans } = conversation;
    const { rendered, lossSpans } = renderChat(name, messages);
    expect(rendered).toBe(conversation.rendered);
    expect(rendered).toHaveLength(conversation.n_utf16);
    expect(createHash('sha256').update(rendered).digest('hex')).toBe(conversation.sha256);
    expect(lossSpans).toEqual(
      loss_spans.map((span) => ({
        messageIndex: span.message_index,
        start: span.start_utf16,
        end: span.end_utf16,
      })),
    );
    expect(lossSpans.map(({ start, end }) => rendered.slice(start, end))).toEqual(
      loss_spans.map(({ text }) => text),
    );
    const lastAssistant = messages.findLastIndex(({ role }) => role === 'assistant');
    expect(renderPrompt(name, messages.slice(0, lastAssistant))).toBe(
      conversation.inference_prompt,
    );
  });

  const plain = {
    boundary: 'answer',
    endOfTurn: true,
    generationPrompt: false,
    secondBos: false,
  } as const;

  it.each(expected.conversations)('$id: other conventions', (conversation) => {
    const input = { template: name, messages: conversation.messages, ...plain };
    const spans = (change: Pick<TrainingInput, 'lossOn'> & Partial<TrainingInput>) => {
      const { rendered, lossSpans } = trainingText({ ...input, ...change });
      const codePoints = (end: number) => [...rendered.slice(0, end)].length;
      return lossSpans.map(({ start, end }) => [codePoints(start), codePoints(end)]);
    };
    expect(spans({ lossOn: 'last-turn' })).toEqual([conversation.final_turn_only_span]);
    const blocks = conversation.trl_generation_block_spans;
    if (blocks === null) expect(TEMPLATES[name].trlBlock).toBeNull();
    else expect(spans({ lossOn: 'every-turn', boundary: 'trl' })).toEqual(blocks);
  });
});
