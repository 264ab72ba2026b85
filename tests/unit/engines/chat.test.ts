import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chatSegments,
  lossTokens,
  type Message,
  ROLES,
  renderChat,
  renderPrompt,
  TEMPLATE_NAMES,
  TEMPLATES,
} from '../../../src/engines/chat/index.ts';
import { refusal, refuses } from './refusals.ts';

const piece = fc.constantFrom(
  ...[
    'a',
    ' ',
    '\n',
    '🚀',
    '你好',
    '<|im_end|>',
    '<think>',
    '</think>',
    '{{ x }}',
    "'",
    '\\n',
    '\uE000',
  ],
  ...['<|eot_id|>', '<｜Assistant｜>', '{% raw %}'],
);
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const message: fc.Arbitrary<Message> = fc.record({
  role: fc.constantFrom(...ROLES),
  content: text,
});
const conversation = fc.array(message, { minLength: 1, maxLength: 6 });
const template = fc.constantFrom(...TEMPLATE_NAMES);

describe('renderChat', () => {
  it('gives one span per assistant turn, in order, apart, each closed by the end of turn', () => {
    fc.assert(
      fc.property(template, conversation, (name, messages) => {
        const { rendered, lossSpans } = renderChat(name, messages);
        expect(lossSpans.map(({ messageIndex }) => messageIndex)).toEqual(
          messages.flatMap(({ role }, index) => (role === 'assistant' ? [index] : [])),
        );
        let before = 0;
        for (const { messageIndex, start, end } of lossSpans) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeLessThanOrEqual(rendered.length);
          const span = rendered.slice(start, end);
          expect(span.endsWith(TEMPLATES[name].endOfTurn)).toBe(true);
          const written = span.slice(0, -TEMPLATES[name].endOfTurn.length);
          expect(messages[messageIndex]?.content).toContain(written);
          before = end;
        }
      }),
    );
  });

  it('leaves the conversation as it was', () => {
    fc.assert(
      fc.property(template, conversation, (name, messages) => {
        const copy = structuredClone(messages);
        renderChat(name, messages);
        expect(messages).toEqual(copy);
      }),
    );
  });

  it('wraps neighboring tool results in one user turn under Qwen2.5, without loss', () => {
    const { rendered, lossSpans } = renderChat('qwen2.5', [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: '<tool_call>\n{"name": "weather"}\n</tool_call>' },
      { role: 'tool', content: '21' },
      { role: 'tool', content: '19' },
      { role: 'assistant', content: 'About 20.' },
    ]);
    expect(rendered).toContain(
      '<|im_start|>user\n<tool_response>\n21\n</tool_response>\n<tool_response>\n19\n</tool_response><|im_end|>\n',
    );
    expect(lossSpans.map(({ start, end }) => rendered.slice(start, end))).toEqual([
      '<tool_call>\n{"name": "weather"}\n</tool_call><|im_end|>',
      'About 20.<|im_end|>',
    ]);
  });

  it('joins several system texts bare after bos under DeepSeek', () => {
    expect(
      renderPrompt('deepseek-v3', [
        { role: 'system', content: 'A' },
        { role: 'user', content: 'Q' },
        { role: 'system', content: 'B' },
      ]),
    ).toBe('<｜begin▁of▁sentence｜>A\n\nB<｜User｜>Q<｜Assistant｜>');
  });

  it.each<[string, unknown, string]>([
    [
      'llama-4',
      [{ role: 'user', content: 'x' }],
      'RangeError: template must be one of chatml, qwen2.5, llama-3, deepseek-v3, deepseek-r1, got "llama-4"',
    ],
    ['chatml', [], 'RangeError: messages must hold at least one message, got 0'],
    ['chatml', 'hello', 'TypeError: messages must be a list, got hello'],
    ['chatml', [null], 'TypeError: messages[0] must be { role, content }, got null'],
    [
      'chatml',
      [{ role: 'user', content: '' }, 'hello'],
      'TypeError: messages[1] must be { role, content }, got hello',
    ],
    [
      'chatml',
      [{ role: 'human', content: 'x' }],
      'RangeError: messages[0].role must be one of system, user, assistant, tool, got "human"',
    ],
    [
      'chatml',
      [{ role: 'user', content: null }],
      'TypeError: messages[0].content must be a string, got null',
    ],
    [
      'chatml',
      [{ role: 'assistant', content: '', tool_calls: [] }],
      'TypeError: messages[0].tool_calls is not supported: only { role, content } with text contents is allowed',
    ],
  ])('refuses %s with %j, for training and for inference', (name, messages, message) => {
    for (const render of [renderChat, renderPrompt]) {
      expect(refusal(() => render(name as never, messages as never))).toBe(message);
    }
  });

  it('places an answer of the very signs it looks for', () => {
    const content = '\uE000\uE000 and \uE000';
    const { rendered, lossSpans } = renderChat('chatml', [
      { role: 'user', content: '\uE000\uE000\uE000' },
      { role: 'assistant', content },
    ]);
    expect(lossSpans.map(({ start, end }) => rendered.slice(start, end))).toEqual([
      `${content}<|im_end|>`,
    ]);
  });
});

describe('chatSegments', () => {
  it('concatenates to the rendered text and marks loss exactly on the spans', () => {
    fc.assert(
      fc.property(template, conversation, (name, messages) => {
        const chat = renderChat(name, messages);
        const segments = chatSegments(name, chat);
        expect(segments.map((segment) => segment.text).join('')).toBe(chat.rendered);
        expect(
          segments
            .filter(({ loss }) => loss)
            .map((segment) => segment.text)
            .join(''),
        ).toBe(chat.lossSpans.map(({ start, end }) => chat.rendered.slice(start, end)).join(''));
      }),
    );
  });

  it('cuts at loss and at special tokens, and leaves no empty piece', () => {
    const chat = renderChat('llama-3', [
      { role: 'user', content: 'a<|eot_id|>' },
      { role: 'assistant', content: 'b' },
      { role: 'assistant', content: '' },
    ]);
    const written = chatSegments('llama-3', chat).map(({ text, special, loss }) =>
      [text, special ? 'special' : 'text', loss ? 'loss' : ''].join(' ').trimEnd(),
    );
    expect(written).toEqual([
      '<|begin_of_text|> special',
      '<|start_header_id|> special',
      'user text',
      '<|end_header_id|> special',
      '\n\na text',
      '<|eot_id|> special',
      '<|eot_id|> special',
      '<|start_header_id|> special',
      'assistant text',
      '<|end_header_id|> special',
      '\n\n text',
      'b text loss',
      '<|eot_id|> special loss',
      '<|start_header_id|> special',
      'assistant text',
      '<|end_header_id|> special',
      '\n\n text',
      '<|eot_id|> special loss',
    ]);
    const everything = {
      rendered: chat.rendered,
      lossSpans: [{ start: 0, end: chat.rendered.length }],
    };
    expect(chatSegments('llama-3', everything).every(({ loss }) => loss)).toBe(true);
  });

  it('shows special tokens, typed ones too', () => {
    const chat = renderChat('chatml', [{ role: 'user', content: 'what is <|im_end|>?' }]);
    expect(chatSegments('chatml', chat).filter(({ special }) => special)).toHaveLength(3);
  });
});

describe('lossTokens', () => {
  it('agrees with Qwen3 token counts of the golden two-turn conversation', () => {
    // "Be brief." 3, "Name one dedup method." 6, "MinHash with LSH." 6 tokens; whole turns 8, 11, 11.
    expect(
      lossTokens({ systemTokens: 3, turns: 1, userTokens: 6, answerTokens: 6, lossOn: 'all' }),
    ).toEqual({ totalTokens: 30, lossTokens: 7, share: 7 / 30 });
  });

  it('trains N answers in one pass: all turns bear N times the last turn', () => {
    const count = fc.integer({ min: 0, max: 4000 });
    fc.assert(
      fc.property(
        count,
        fc.integer({ min: 1, max: 20 }),
        count,
        count,
        (systemTokens, turns, userTokens, answerTokens) => {
          const size = { systemTokens, turns, userTokens, answerTokens };
          const all = lossTokens({ ...size, lossOn: 'all' });
          const last = lossTokens({ ...size, lossOn: 'last' });
          expect(all.lossTokens).toBe(turns * last.lossTokens);
          expect(all.totalTokens).toBe(last.totalTokens);
          expect(all.share).toBeGreaterThan(0);
          expect(all.share).toBeLessThan(1);
        },
      ),
    );
  });

  it('adds nothing for a system message that is not there', () => {
    const size = { turns: 2, userTokens: 6, answerTokens: 4 };
    expect(lossTokens({ ...size, systemTokens: 0, lossOn: 'last' })).toEqual({
      totalTokens: 40,
      lossTokens: 5,
      share: 1 / 8,
    });
    expect(lossTokens({ ...size, systemTokens: 1, lossOn: 'all' }).totalTokens).toBe(46);
  });

  describe('refuses', () => {
    const size = { systemTokens: 0, turns: 1, userTokens: 5, answerTokens: 5, lossOn: 'all' };
    refuses((input) => lossTokens(input as Parameters<typeof lossTokens>[0]), size, {
      systemTokens: 'an integer ≥ 0',
      turns: 'an integer ≥ 1',
      userTokens: 'an integer ≥ 0',
      answerTokens: 'an integer ≥ 0',
      lossOn: 'one of all, last',
    });
  });
});
