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

  it.each([[[]], [[token(1, 'b')]], [[token(1, 'a'), token(2, 'b')]]])(
    'refuse %o for a',
    (tokens) => {
      expect(() => placeTokens('a', tokens)).toThrow(RangeError);
    },
  );

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
