import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOUNDARIES, LOSS_ON, ROLES, TEMPLATE_NAMES, trainingText } from '~/engines/chat/index.ts';
import { OVERLONG, pack, STRATEGIES } from '~/engines/packing/index.ts';
import { INSPECT_DEFAULTS, type InspectState } from '~/labs/sft-data/inspect/state.ts';
import {
  DEFAULTS,
  outgrown,
  PACKING_PRESETS,
  parseState,
  printState,
  readLengths,
  readMessages,
  type State,
  trainingInput,
  writeLengths,
  writeMessages,
} from '~/labs/sft-data/state.ts';

const states: fc.Arbitrary<State> = fc.record({
  template: fc.constantFrom(...TEMPLATE_NAMES),
  chat: fc
    .array(
      fc.record({
        role: fc.constantFrom(...ROLES),
        content: fc.oneof(fc.string(), fc.constantFrom('<b>&"</b>\n', '损失 🚀', '","u"]')),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map(writeMessages),
  lossOn: fc.constantFrom(...LOSS_ON),
  boundary: fc.constantFrom(...BOUNDARIES),
  endOfTurn: fc.boolean(),
  generationPrompt: fc.boolean(),
  secondBos: fc.boolean(),
  lengths: fc
    .array(fc.integer({ min: 1, max: 131_072 }), { minLength: 1, maxLength: 20 })
    .map(writeLengths),
  window: fc.integer({ min: 1, max: 131_072 }),
  overlong: fc.constantFrom(...OVERLONG),
  strategy: fc.constantFrom(...STRATEGIES),
  at: fc.integer({ min: 1, max: 10_000 }),
  isolated: fc.boolean(),
  ...(Object.fromEntries(
    Object.entries(INSPECT_DEFAULTS).map(([key, value]) => [key, fc.constant(value)]),
  ) as { [K in keyof InspectState]: fc.Arbitrary<InspectState[K]> }),
});

describe('the address of the SFT data lab', () => {
  it('is empty for the published example', () => {
    expect(printState(DEFAULTS)).toBe('');
    expect(parseState('')).toEqual({ state: DEFAULTS, problems: [] });
  });

  it('brings every state back', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(parseState(printState(state))).toEqual({ state, problems: [] });
      }),
    );
  });

  it('leaves out a conversation that is too long, and nothing else', () => {
    const chat = writeMessages([{ role: 'user', content: '长'.repeat(2000) }]);
    const long: State = { ...DEFAULTS, chat, template: 'llama-3' };
    expect(outgrown(long)).toBe(true);
    expect(printState(long)).toBe('template=llama-3');
  });

  it('never throws, and gives a state both engines accept', () => {
    const keys = ['template', 'chat', 'loss', 'edge', 'eot', 'n', 'w', 'long', 'pack', 'i'];
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '[]',
        '["u"]',
        '["x","y"]',
        '[1,2]',
        'null',
        '0x5',
        '5x0',
        '1e9',
        '-1',
        '999x9',
      ),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), values), (given) => {
        const { state } = parseState(new URLSearchParams(given).toString());
        expect(() => trainingText(trainingInput(state))).not.toThrow();
        const { strategy, window, overlong } = state;
        const lengths = readLengths(state.lengths) ?? [];
        expect(() => pack({ strategy, window, overlong, lengths })).not.toThrow();
      }),
    );
  });

  it('names what it could not use', () => {
    expect(parseState('template=gpt&chat=[]&n=0&w=4.5').problems.map(({ key }) => key)).toEqual([
      'template',
      'chat',
      'n',
      'w',
    ]);
  });
});

it('reads lengths as people type them', () => {
  expect(readLengths('5, 2 3;1')).toEqual([5, 2, 3, 1]);
  expect(readLengths('３×5，2')).toEqual([5, 5, 5, 2]);
  expect(readLengths('')).toBeUndefined();
  expect(readLengths('201x1')).toBeUndefined();
  expect(readLengths('five')).toBeUndefined();
  expect(writeLengths([5, 5, 5, 2])).toBe('3x5,2');
});

it('refuses conversations it cannot show', () => {
  for (const text of ['', '{}', '[]', '["u"]', '["q","x"]', '["u",1]']) {
    expect(readMessages(text)).toBeUndefined();
  }
});

it('has presets that pack as their words say', () => {
  const packed = (name: keyof typeof PACKING_PRESETS) => {
    const { lengths, ...rest } = PACKING_PRESETS[name];
    return pack({ ...rest, lengths: readLengths(lengths) ?? [] });
  };
  expect(packed('trl').windows.map((one) => one.map(({ to }) => to))).toEqual([[4], [3, 1], [2]]);
  expect(readLengths(PACKING_PRESETS.llama3.lengths)).toHaveLength(100);
  expect(packed('unlucky')).toMatchObject({ fewest: 2, windows: { length: 3 } });
});
