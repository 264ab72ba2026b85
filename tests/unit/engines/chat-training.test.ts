import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BOUNDARIES,
  LOSS_ON,
  labelTokens,
  placeTokens,
  ROLES,
  TEMPLATE_NAMES,
  TEMPLATES,
  type TrainingInput,
  trainingText,
  trapsOf,
} from '../../../src/engines/chat/index.ts';
import { refusal, refuses } from './refusals.ts';

const plain: TrainingInput = {
  template: 'llama-3',
  messages: [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello' },
  ],
  lossOn: 'every-turn',
  boundary: 'answer',
  endOfTurn: true,
  generationPrompt: false,
  secondBos: false,
};
/** A byte as GPT-2's alphabet writes it. */
const byteLetter = (byte: number): string => {
  const plainByte = (one: number): boolean => (one > 32 && one < 127) || (one > 160 && one !== 173);
  const others = Array.from({ length: 256 }, (_, one) => one).filter((one) => !plainByte(one));
  return String.fromCodePoint(plainByte(byte) ? byte : 256 + others.indexOf(byte));
};
/** Where the character stands, in UTF-16 units, to which a byte of a text belongs. */
const charAt = (text: string, byte: number): [number, number] => {
  let [at, seen] = [0, 0];
  for (const sign of text) {
    seen += new TextEncoder().encode(sign).length;
    if (byte < seen) return [at, at + sign.length];
    at += sign.length;
  }
  return [at, at];
};
const trained = (change: Partial<TrainingInput> = {}) => {
  const { rendered, lossSpans } = trainingText({ ...plain, ...change });
  return lossSpans.map(({ start, end }) => rendered.slice(start, end));
};

describe('what bears loss', () => {
  it('is the answer and its end, the answer alone, or all', () => {
    expect(trained()).toEqual(['Hello<|eot_id|>']);
    expect(trained({ endOfTurn: false })).toEqual(['Hello']);
    expect(trained({ lossOn: 'everything' })).toEqual([trainingText(plain).rendered]);
    expect(trained({ template: 'qwen2.5', boundary: 'trl' })).toEqual(['\nHello<|im_end|>\n']);
    expect(trained({ template: 'deepseek-r1', boundary: 'trl' })).toEqual([
      '<｜Assistant｜>Hello<｜end▁of▁sentence｜>',
    ]);
  });

  it('stays the same text whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.record({
          template: fc.constantFrom(...TEMPLATE_NAMES),
          messages: fc.array(fc.record({ role: fc.constantFrom(...ROLES), content: fc.string() }), {
            minLength: 1,
            maxLength: 5,
          }),
          lossOn: fc.constantFrom(...LOSS_ON),
          boundary: fc.constantFrom(...BOUNDARIES),
          endOfTurn: fc.boolean(),
        }),
        (input) => {
          const bare = { ...plain, ...input };
          const { rendered, lossSpans } = trainingText(bare);
          let last = 0;
          for (const { start, end } of lossSpans) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(rendered.length);
            last = end;
          }
          if (input.lossOn === 'everything') return;
          const around = { ...bare, generationPrompt: true, secondBos: true };
          expect(trained(around)).toEqual(trained(bare));
          expect(trapsOf(around)).toEqual(expect.arrayContaining(trapsOf(bare)));
        },
      ),
    );
  });
});

describe('what is refused', () => {
  refuses(trainingText, plain, {
    template: 'one of chatml, qwen2.5, llama-3, deepseek-v3, deepseek-r1',
    lossOn: 'one of every-turn, last-turn, everything',
    boundary: 'one of answer, trl',
    endOfTurn: 'true or false',
    generationPrompt: 'true or false',
    secondBos: 'true or false',
  });
});

describe('the last turn', () => {
  const messages = [
    ...plain.messages,
    { role: 'user', content: 'More?' },
    { role: 'assistant', content: 'No.' },
  ] as const;

  it('is trained alone, and is then alone in its traps', () => {
    expect(trained({ messages, lossOn: 'last-turn' })).toEqual(['No.<|eot_id|>']);
    expect(trained({ messages })).toEqual(['Hello<|eot_id|>', 'No.<|eot_id|>']);
    const odd = messages.map((message, index) =>
      index === 1 ? { ...message, content: '\nHello' } : message,
    );
    const chatml = { ...plain, template: 'chatml', messages: odd } as const;
    expect(trapsOf(chatml)).toEqual(['merged-boundary']);
    expect(trapsOf({ ...chatml, lossOn: 'last-turn' })).toEqual([]);
    expect(trapsOf({ ...chatml, lossOn: 'everything' })).toEqual(['prompt-trained']);
  });

  it('leaves nothing to train where the answer is empty and its end masked', () => {
    const empty = [{ role: 'assistant', content: '' }] as const;
    expect(trained({ messages: empty, endOfTurn: false })).toEqual([]);
    expect(trapsOf({ ...plain, messages: empty, endOfTurn: false })).toEqual([
      'no-loss',
      'end-of-turn-masked',
    ]);
    const asked = [{ role: 'user', content: 'Hi' }] as const;
    expect(trapsOf({ ...plain, messages: asked, endOfTurn: false })).toEqual(['no-loss']);
  });

  it('keeps the block of TRL within what stands there', () => {
    // Cut before its end of turn, a block has no newline after it.
    const trl = { template: 'qwen2.5', boundary: 'trl' } as const;
    expect(trained({ ...trl, endOfTurn: false })).toEqual(['\nHello']);
    expect(trained({ template: 'chatml', boundary: 'trl' })).toEqual(['Hello<|im_end|>']);
    expect(trained({ template: 'llama-3', boundary: 'trl' })).toEqual(['Hello<|eot_id|>']);
    const shown = trainingText({ ...plain, ...trl, secondBos: true, generationPrompt: true });
    expect(shown.rendered.endsWith('<|im_start|>assistant\n')).toBe(true);
    expect(trainingText({ ...plain, secondBos: true }).rendered).toMatch(
      /^<\|begin_of_text\|><\|begin_of_text\|>/,
    );
  });
});

describe('traps', () => {
  it.each<[string, Partial<TrainingInput>, string[]]>([
    ['nothing wrong', {}, []],
    ['no answer', { messages: [{ role: 'user', content: 'Hi' }] }, ['no-loss']],
    ['end of turn left out', { endOfTurn: false }, ['end-of-turn-masked']],
    ['prompt trained', { lossOn: 'everything', endOfTurn: false }, ['prompt-trained']],
    ['two bos', { secondBos: true }, ['double-bos']],
    ['ChatML writes no bos', { template: 'chatml', secondBos: true }, []],
    ['a header at the end', { generationPrompt: true }, ['generation-prompt']],
    ['a system text nobody wrote', { template: 'qwen2.5' }, ['default-system']],
    [
      'reasoning that is gone',
      {
        template: 'deepseek-r1',
        messages: [{ role: 'assistant', content: '<think>a</think>b' }],
      },
      ['reasoning-dropped'],
    ],
    [
      'a marker in the text',
      { messages: [...plain.messages, { role: 'user', content: 'What is <|eot_id|>?' }] },
      ['typed-marker'],
    ],
    [
      'a boundary inside a token',
      { template: 'chatml', messages: [{ role: 'assistant', content: ' \nred' }] },
      ['merged-boundary'],
    ],
    [
      'a line end at once',
      {
        template: 'qwen2.5',
        messages: [
          { role: 'system', content: '' },
          { role: 'assistant', content: '\r\nred' },
        ],
      },
      ['merged-boundary'],
    ],
    [
      'a line end later on',
      { template: 'chatml', messages: [{ role: 'assistant', content: 'red\n' }] },
      [],
    ],
    [
      'a system text, first',
      { template: 'qwen2.5', messages: [{ role: 'system', content: 'S' }, ...plain.messages] },
      [],
    ],
    [
      'a system text, too late',
      { template: 'qwen2.5', messages: [...plain.messages, { role: 'system', content: 'S' }] },
      ['default-system'],
    ],
    [
      'thoughts of a user',
      {
        template: 'deepseek-r1',
        messages: [
          { role: 'user', content: '</think>' },
          { role: 'assistant', content: 'b' },
        ],
      },
      [],
    ],
    [
      'thoughts under a template that keeps them',
      { template: 'deepseek-v3', messages: [{ role: 'assistant', content: '<think>a</think>b' }] },
      [],
    ],
    [
      'trimming elsewhere',
      { template: 'deepseek-v3', messages: [{ role: 'assistant', content: ' red ' }] },
      [],
    ],
    [
      'trimming of what another says',
      {
        messages: [
          { role: 'user', content: 'Hi ' },
          { role: 'assistant', content: 'a' },
        ],
      },
      ['trimmed'],
    ],
    ['trimming', { messages: [{ role: 'assistant', content: ' \nred' }] }, ['trimmed']],
  ])('%s', (_, change, traps) => {
    expect(trapsOf({ ...plain, ...change })).toEqual(traps);
  });

  it('names what has a bos to double', () => {
    const doubled = TEMPLATE_NAMES.filter((template) =>
      trapsOf({ ...plain, template, secondBos: true }).includes('double-bos'),
    );
    expect(doubled).toEqual(TEMPLATE_NAMES.filter((name) => TEMPLATES[name].bosToken !== null));
  });
});

describe('tokens in the text', () => {
  const token = (id: number, text: string, added = false) => ({ id, token: text, added });

  it('stand where their bytes stand, also inside a character', () => {
    // 🚀 as Qwen2.5 writes it after a space: a space and two bytes, a byte, a byte.
    const placed = placeTokens('a 🚀<|im_end|>', [
      token(1, 'a'),
      token(2, 'ĠðŁ'),
      token(3, 'ļ'),
      token(4, 'Ģ'),
      token(5, '<|im_end|>', true),
    ]);
    expect(placed.map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [1, 4],
      [2, 4],
      [2, 4],
      [4, 14],
    ]);
  });

  it.each<[string, ReturnType<typeof token>[], string]>([
    ['a', [], 'RangeError: tokens must spell the whole text'],
    ['a', [token(1, 'b')], 'RangeError: tokens must spell the text, got "b"'],
    ['a', [token(1, 'a'), token(2, 'b')], 'RangeError: tokens must spell the text, got "b"'],
    ['ab', [token(1, 'a')], 'RangeError: tokens must spell the whole text'],
    ['a', [token(1, '好')], 'RangeError: tokens must spell the text, got "好"'],
    ['é', [token(1, 'ab')], 'RangeError: tokens must spell the text, got "ab"'],
    ['ab', [token(1, 'Ã©')], 'RangeError: tokens must spell the text, got "Ã©"'],
    ['<s>', [token(1, '<p>', true)], 'RangeError: tokens must spell the text, got "<p>"'],
    [
      'a<s',
      [token(1, 'a'), token(2, '<s>', true)],
      'RangeError: tokens must spell the text, got "<s>"',
    ],
    ['', [token(1, 'a')], 'RangeError: tokens must spell the text, got "a"'],
    ['a', [token(1, 'a'), token(2, 'a')], 'RangeError: tokens must spell the text, got "a"'],
    ['ab', [token(1, 'ax')], 'RangeError: tokens must spell the text, got "ax"'],
    ['a b', [token(1, 'a b')], 'RangeError: tokens must spell the text, got "a b"'],
  ])('of %j are not %j', (text, tokens, message) => {
    expect(refusal(() => placeTokens(text, tokens))).toBe(message);
  });

  it('are nothing in nothing, and each by itself where they are one byte', () => {
    expect(placeTokens('', [])).toEqual([]);
    // Every ASCII byte, as GPT-2 writes it: printable ones as they are, the others from U+0100 on.
    const ascii = Array.from({ length: 128 }, (_, byte) => String.fromCharCode(byte));
    const placed = placeTokens(
      ascii.join(''),
      ascii.map((sign, byte) => token(byte, byteLetter(byte), sign === '~')),
    );
    expect(placed.map(({ start, end }) => [start, end])).toEqual(
      ascii.map((_, at) => [at, at + 1]),
    );
  });

  it('that were added stand as they are written', () => {
    const [placed] = placeTokens('<a b>', [token(1, '<a b>', true)]);
    expect(placed).toMatchObject({ start: 0, end: 5 });
  });

  it('cover the text wherever its bytes are cut', () => {
    const sign = fc.constantFrom(
      'a',
      ' ',
      '\n',
      'é',
      'ÿ',
      '\u0080',
      '߿',
      'ࠀ',
      '好',
      '￿',
      '🚀',
      '\u{10ffff}',
    );
    fc.assert(
      fc.property(
        fc.array(sign, { minLength: 1 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
        (signs, cuts) => {
          const text = signs.join('');
          const bytes = [...new TextEncoder().encode(text)];
          const tokens = [];
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const next = bytes.slice(at, at + (cuts[turn % cuts.length] ?? 1));
            tokens.push(token(turn, next.map(byteLetter).join('')));
            at += next.length;
          }
          const placed = placeTokens(text, tokens);
          // The places, in UTF-16 units, from the bytes before each token.
          let byte = 0;
          placed.forEach(({ start, end, token: letters }) => {
            const to = byte + [...letters].length;
            expect([start, end]).toEqual([charAt(text, byte)[0], charAt(text, to - 1)[1]]);
            byte = to;
          });
        },
      ),
    );
  });

  it('begin in the loss up to its end, and straddle only what they reach across', () => {
    const at = (start: number, end: number) => ({ id: 7, token: 'x', added: false, start, end });
    const spans = [
      { start: 2, end: 4 },
      { start: 6, end: 8 },
    ];
    const seen = [at(0, 2), at(2, 4), at(3, 5), at(4, 6), at(5, 7), at(6, 8), at(1, 9)].map(
      (one) => {
        const [labelled] = labelTokens([one], spans);
        return [labelled?.label, labelled?.straddles];
      },
    );
    expect(seen).toEqual([
      [-100, false],
      [7, false],
      [7, true],
      [-100, false],
      [-100, true],
      [7, false],
      [-100, true],
    ]);
    expect(labelTokens([at(0, 2)], [])[0]).toMatchObject({ label: -100, straddles: false });
  });

  it('bear loss if they begin in it; one that only ends in it does not', () => {
    const placed = placeTokens('a\n\nb', [token(1, 'a'), token(2, 'ĊĊ'), token(3, 'b')]);
    expect(
      labelTokens(placed, [{ start: 2, end: 4 }]).map(({ label, straddles }) => [label, straddles]),
    ).toEqual([
      [-100, false],
      [-100, true],
      [3, false],
    ]);
  });
});
