import { describe, expect, it } from 'vitest';
import { emptyProblems, roleProblems, type Turn } from '../../../../src/engines/sft-data/index.ts';

const LETTERS: Record<string, Partial<Turn> & { role: Turn['role'] }> = {
  s: { role: 'system' },
  u: { role: 'user' },
  a: { role: 'assistant' },
  c: { role: 'assistant', calls: true, text: '' },
  t: { role: 'tool' },
};
/** A conversation by letters: system, user, assistant, assistant that calls, tool. */
const turns = (letters: string): Turn[] =>
  [...letters].map((letter) => ({ text: 'x', calls: false, ...LETTERS[letter]! }));

describe('order of roles', () => {
  it.each([
    ['ua', {}],
    ['suaua', {}],
    ['ucta', {}],
    ['ucttaua', {}],
    ['usa', { systemNotFirst: 1 }],
    ['ssua', { systemNotFirst: 1 }],
    ['au', { assistantFirst: 0, lastNotAssistant: 1 }],
    ['sa', { assistantFirst: 1 }],
    ['uua', { userTwice: 1 }],
    ['uaa', { assistantTwice: 2 }],
    ['uta', { toolWithoutCall: 1 }],
    ['uata', { toolWithoutCall: 2 }],
    ['u', { noAnswer: 0 }],
    ['s', { noAnswer: 0 }],
    ['uau', { lastNotAssistant: 2 }],
    ['uct', { lastNotAssistant: 2 }],
    ['', { noAnswer: -1 }],
    ['ca', { assistantFirst: 0, assistantTwice: 1 }],
    ['tua', { toolWithoutCall: 0 }],
    ['ucuta', { toolWithoutCall: 3 }],
    ['ucsta', { systemNotFirst: 2 }],
    ['uuusas', { userTwice: 1, systemNotFirst: 3, lastNotAssistant: 5 }],
    ['usu', { systemNotFirst: 1, noAnswer: 2 }],
  ])('%s', (letters, problems) => {
    expect(Object.fromEntries(roleProblems(turns(letters)))).toEqual(problems);
  });
});

describe('empty turns', () => {
  const say = (role: Turn['role'], text: string, calls = false): Turn => ({ role, text, calls });

  it('are named by the first of each kind', () => {
    expect([
      ...emptyProblems([
        say('user', 'a'),
        say('assistant', ''),
        say('user', ''),
        say('assistant', ' '),
        say('user', ' '),
        say('user', '', true),
      ]),
    ]).toEqual([
      ['emptyAnswer', 1],
      ['emptyPrompt', 2],
    ]);
  });

  it('count where something should be said', () => {
    expect([...emptyProblems([say('user', '\n\t '), say('assistant', '\u3000')])]).toEqual([
      ['emptyPrompt', 0],
      ['emptyAnswer', 1],
    ]);
    expect([
      ...emptyProblems([
        say('system', ''),
        say('user', 'a'),
        say('assistant', '', true),
        say('tool', ''),
        say('assistant', 'b'),
      ]),
    ]).toEqual([]);
  });
});
