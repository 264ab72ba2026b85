import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read, readExample } from '../../../../src/engines/sft-data/index.ts';

const ask = { role: 'user', content: 'Name a prime.' };
const reply = { role: 'assistant', content: '7' };

describe('formats', () => {
  it.each([
    [
      'messages',
      { messages: [{ role: 'developer', content: 'Short.' }, ask, reply] },
      ['system', 'user', 'assistant'],
    ],
    [
      'messages',
      {
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'Hi' }, { type: 'image_url' }] },
          reply,
        ],
      },
      ['user', 'assistant'],
    ],
    [
      'messages',
      {
        messages: [
          ask,
          { role: 'assistant', content: null, tool_calls: [{}] },
          { role: 'tool', content: '' },
          { ...reply, weight: 0 },
        ],
        tools: [],
      },
      ['user', 'assistant', 'tool', 'assistant'],
    ],
    [
      'sharegpt',
      {
        system: 'S',
        conversations: [
          { from: 'human', value: 'a' },
          { from: 'function_call', value: '{}' },
          { from: 'observation', value: 'x' },
          { from: 'gpt', value: 'b' },
        ],
      },
      ['system', 'user', 'assistant', 'tool', 'assistant'],
    ],
    [
      'alpaca',
      { instruction: 'Add.', input: '1 and 2', output: '3', history: [['a', 'b']], system: null },
      ['user', 'assistant', 'user', 'assistant'],
    ],
    ['alpaca', { instruction: 'Add.', input: null, output: '3' }, ['user', 'assistant']],
    ['completion', { prompt: 'a', completion: 'b' }, ['user', 'assistant']],
    ['completion', { prompt: [ask], completion: [reply] }, ['user', 'assistant']],
  ])('%s', (format, value, roles) => {
    const reading = readExample(value);
    expect(reading.problem).toBeUndefined();
    if (reading.problem) return;
    expect(reading.format).toBe(format);
    expect(reading.turns.map(({ role }) => role)).toEqual(roles);
  });

  it('joins an Alpaca input to its instruction', () => {
    const reading = readExample({ instruction: 'Add.', input: '1 and 2', output: '3' });
    expect(reading).toMatchObject({ turns: [{ text: 'Add.\n1 and 2' }, { text: '3' }] });
  });
});

describe('schema problems', () => {
  it.each([
    [[], 'notObject', '', 'list'],
    ['text', 'notObject', '', 'string'],
    [null, 'notObject', '', 'null'],
    [{ text: 'a', id: 1 }, 'unknownFormat', '', 'text, id'],
    [{ prompt: 'a', chosen: 'b', rejected: 'c' }, 'preference', '', 'prompt, chosen, rejected'],
    [{ messages: [] }, 'emptyList', 'messages', '[]'],
    [{ messages: {} }, 'wrongType', 'messages', 'object'],
    [{ messages: [ask, 'x'] }, 'wrongType', 'messages[1]', 'string'],
    [{ messages: [{ role: 'user' }] }, 'missing', 'messages[0].content', 'role'],
    [
      { messages: [{ role: 'assistant', content: null }] },
      'wrongType',
      'messages[0].content',
      'null',
    ],
    [{ messages: [{ role: 'bot', content: '' }] }, 'unknownRole', 'messages[0].role', 'bot'],
    [{ messages: [ask, { ...reply, weight: 0.5 }] }, 'badWeight', 'messages[1].weight', '0.5'],
    [
      { conversations: [{ role: 'user', content: 'a' }] },
      'missing',
      'conversations[0].from',
      'role, content',
    ],
    [{ instruction: 'a', response: 'b' }, 'missing', 'output', 'instruction, response'],
    [{ instruction: 'a', output: 3 }, 'wrongType', 'output', 'number'],
    [{ instruction: 'a', output: 'b', history: [['c']] }, 'wrongType', 'history[0]', 'list'],
    [{ prompt: 'a' }, 'missing', 'completion', 'prompt'],
    [{ prompt: 'a', completion: 'half \ud83d' }, 'loneSurrogate', 'completion', ''],
  ])('%j: %s', (value, code, at, found) => {
    expect(readExample(value)).toEqual({ problem: { code, at, found } });
  });

  it('are the answer to anything that is no example; nothing throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        readExample(value);
        readExample({ messages: value });
        readExample({ conversations: [value] });
        readExample({ instruction: value, output: '', history: value });
      }),
    );
  });
});

describe('bytes', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('that are not UTF-8 or not JSON say which', () => {
    expect(read(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({ problem: { code: 'notUtf8' } });
    expect(read(bytes('{"messages": ['))).toMatchObject({ problem: { code: 'notJson' } });
    expect(read(bytes("{'messages': []}"))).toMatchObject({ problem: { code: 'notJson' } });
  });

  it('set no prototype', () => {
    const hostile = '{"__proto__":{"messages":[{"role":"user","content":"x"}]},"constructor":1}';
    expect(read(bytes(hostile))).toMatchObject({
      problem: { code: 'unknownFormat', found: '__proto__, constructor' },
    });
    expect(({} as Record<string, unknown>)['messages']).toBeUndefined();
    expect(read(bytes('{"messages":[{"role":"__proto__","content":""}]}'))).toMatchObject({
      problem: { code: 'unknownRole' },
    });
  });

  it('nested deeply or ten million long are read', () => {
    const deep = `{"messages":[{"role":"user","content":${'['.repeat(200_000)}${']'.repeat(200_000)}}]}`;
    expect(read(bytes(deep))).toMatchObject({ problem: { code: 'wrongType' } });
    const long = { messages: [ask, { role: 'assistant', content: 'long '.repeat(2_000_000) }] };
    expect(read(bytes(JSON.stringify(long)))).toMatchObject({ format: 'messages' });
  });
});
