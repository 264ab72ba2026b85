import { describe, expect, it } from 'vitest';
import { headersOf, readHeaders } from '~/security/headers.ts';

const FILE = '/lab/*\n  A-B: one: two\n\n/lab/_astro/*\n  Cache-Control: immutable\n';

describe('the file of headers', () => {
  it('gives a path the headers of every rule it falls under', () => {
    const rules = readHeaders(FILE);
    expect(headersOf(rules, '/lab/about/')).toEqual([['A-B', 'one: two']]);
    expect(headersOf(rules, '/lab/_astro/x.js')).toEqual([
      ['A-B', 'one: two'],
      ['Cache-Control', 'immutable'],
    ]);
    expect(headersOf(rules, '/elsewhere/')).toEqual([]);
  });

  it.each(['  A: b', '/x/*\nA: b', '/x\n  A: b'])(
    'refuses a line it does not understand: %j',
    (file) => {
      expect(() => readHeaders(file)).toThrow(SyntaxError);
    },
  );
});
