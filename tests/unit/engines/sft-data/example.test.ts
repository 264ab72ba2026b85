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

  it.each<[object, string]>([
    [{ messages: [{ role: 'function', content: 'r' }] }, 'tool "r"'],
    [{ messages: [{ role: 'assistant', content: 'x', function_call: {} }] }, 'assistant "x" calls'],
    [{ messages: [{ role: 'assistant', function_call: {} }] }, 'assistant "" calls'],
    [{ messages: [{ role: 'assistant', content: null, tool_calls: [1] }] }, 'assistant "" calls'],
    [{ messages: [{ role: 'assistant', content: 'x', tool_calls: [] }] }, 'assistant "x"'],
    [
      { messages: [{ role: 'assistant', content: 'x', tool_calls: 'no', function_call: [] }] },
      'assistant "x"',
    ],
    [
      { messages: [{ role: 'user', content: [{ text: 'a' }, { image_url: 1 }, { text: 'b' }] }] },
      'user "a\\n\\nb"',
    ],
    [{ messages: [{ role: 'user', content: [] }] }, 'user ""'],
    [{ messages: [{ role: 'user', content: 'x', weight: 1 }] }, 'user "x"'],
    [
      {
        system: '',
        conversations: [
          { from: 'system', value: 's' },
          { from: 'gpt', value: 'x' },
        ],
      },
      'system "s", assistant "x"',
    ],
    [
      { system: 's', conversations: [{ from: 'function_call', value: 'x' }] },
      'system "s", assistant "x" calls',
    ],
    [
      { instruction: 'i', input: '', output: 'o', system: 's', history: null },
      'system "s", user "i", assistant "o"',
    ],
    [
      {
        instruction: 'i',
        input: 'n',
        output: 'o',
        history: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
      'user "a", assistant "b", user "c", assistant "d", user "i\\nn", assistant "o"',
    ],
    [{ instruction: 'i', output: 'o', system: '', history: [] }, 'user "i", assistant "o"'],
    [{ prompt: [{ role: 'user', content: 'p' }], completion: 'c' }, 'user "p", assistant "c"'],
    [{ prompt: 'p', completion: [{ role: 'assistant', content: 'c' }], chosen: undefined }, ''],
  ])('%j says %s', (value, said) => {
    const reading = readExample(value);
    const turns = 'turns' in reading ? reading.turns : [];
    expect(
      turns
        .map(({ role, text, calls }) => `${role} ${JSON.stringify(text)}${calls ? ' calls' : ''}`)
        .join(', '),
    ).toBe(said);
  });

  it('takes the first format whose key is there', () => {
    const reading = readExample({
      prompt: 'p',
      completion: 'c',
      instruction: 'i',
      output: 'o',
      messages: [reply],
    });
    expect(reading).toMatchObject({ format: 'messages', turns: [{ text: '7' }] });
    expect(readExample({ chosen: 1, instruction: 'i', output: 'o' })).toMatchObject({
      format: 'alpaca',
    });
    expect(
      readExample({ conversations: [{ from: 'gpt', value: '' }], instruction: 'i' }),
    ).toMatchObject({ format: 'sharegpt' });
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
    [{ prompt: 1, completion: 'b' }, 'wrongType', 'prompt', 'number'],
    [{ prompt: [], completion: 'b' }, 'emptyList', 'prompt', '[]'],
    [{ completion: 'b' }, 'unknownFormat', '', 'completion'],
    [{ rejected: 'b' }, 'preference', '', 'rejected'],
    [undefined, 'notObject', '', 'undefined'],
    [true, 'notObject', '', 'boolean'],
    [{ messages: null }, 'wrongType', 'messages', 'null'],
    [{ messages: [null] }, 'wrongType', 'messages[0]', 'null'],
    [{ messages: [[]] }, 'wrongType', 'messages[0]', 'list'],
    [{ messages: [{ content: 'x' }] }, 'missing', 'messages[0].role', 'content'],
    [{ messages: [{ role: 1, content: 'x' }] }, 'wrongType', 'messages[0].role', 'number'],
    [{ messages: [{ ...ask, weight: 2 }] }, 'badWeight', 'messages[0].weight', '2'],
    [{ messages: [{ ...ask, weight: null }] }, 'badWeight', 'messages[0].weight', 'null'],
    [{ messages: [{ ...ask, weight: '1' }] }, 'badWeight', 'messages[0].weight', 'string'],
    [
      { messages: [{ role: 'user', content: ['a'] }] },
      'wrongType',
      'messages[0].content[0]',
      'string',
    ],
    [
      { messages: [{ role: 'user', content: [{ text: 'a' }, { text: 1 }] }] },
      'wrongType',
      'messages[0].content[1].text',
      'number',
    ],
    [
      { messages: [{ role: 'user', content: 'half \udc00' }] },
      'loneSurrogate',
      'messages[0].content',
      '',
    ],
    [{ conversations: 'x' }, 'wrongType', 'conversations', 'string'],
    [{ conversations: [] }, 'emptyList', 'conversations', '[]'],
    [{ conversations: [3] }, 'wrongType', 'conversations[0]', 'number'],
    [
      { conversations: [{ from: 'user', value: 'a' }] },
      'unknownRole',
      'conversations[0].from',
      'user',
    ],
    [{ conversations: [{ from: 'gpt' }] }, 'missing', 'conversations[0].value', 'from'],
    [
      { conversations: [{ from: 'gpt', value: 1 }] },
      'wrongType',
      'conversations[0].value',
      'number',
    ],
    [{ conversations: [{ from: 'gpt', value: '' }], system: 1 }, 'wrongType', 'system', 'number'],
    [{ instruction: 1, output: '' }, 'wrongType', 'instruction', 'number'],
    [{ instruction: '', input: 1, output: '' }, 'wrongType', 'input', 'number'],
    [{ instruction: '', output: '', system: [] }, 'wrongType', 'system', 'list'],
    [{ instruction: '', output: '', history: {} }, 'wrongType', 'history', 'object'],
    [{ instruction: '', output: '', history: ['ab'] }, 'wrongType', 'history[0]', 'string'],
    [
      { instruction: '', output: '', history: [['a', 'b', 'c']] },
      'wrongType',
      'history[0]',
      'list',
    ],
    [
      {
        instruction: '',
        output: '',
        history: [
          ['a', 'b'],
          [1, 'b'],
        ],
      },
      'wrongType',
      'history[1][0]',
      'number',
    ],
    [{ instruction: '', output: '', history: [['a', null]] }, 'wrongType', 'history[0][1]', 'null'],
    [
      { messages: [{ role: 'r'.repeat(100), content: '' }] },
      'unknownRole',
      'messages[0].role',
      'r'.repeat(80),
    ],
    [
      Object.fromEntries([...'123456789'].map((key) => [key.repeat(30), 1])),
      'unknownFormat',
      '',
      [...'12345678']
        .map((key) => key.repeat(20))
        .join(', ')
        .slice(0, 80),
    ],
    [
      Object.fromEntries([...'abcdefghi'].map((key) => [key, 1])),
      'unknownFormat',
      '',
      'a, b, c, d, e, f, g, h',
    ],
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
    // The eighth sign of the line.
    expect(read(bytes('{"a":1 x}'))).toEqual({ problem: { code: 'notJson', at: '', found: '8' } });
    expect(read(bytes('\ufeff{}'))).toMatchObject({ problem: { code: 'notJson' } });
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
