import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printWanted, readWanted, type Wanted } from '../../../src/quiz/address.ts';
import type { Deck } from '../../../src/quiz/deck.ts';

const deck: Deck = {
  topics: [{ slug: 'deepspeed', prefix: 'ds', short: 'DeepSpeed' }],
  cards: [
    {
      id: 'ds-002',
      key: 'deepspeed/zero-bytes-per-gpu',
      topic: 'deepspeed',
      level: 2,
      kind: 'numeric',
      title: 'How many bytes?',
      passage: 'zero-stages',
      followUps: [],
      drill: 'zero-bytes-per-gpu',
    },
  ],
};

const KEYS = ['mode', 'report', 'numeric', 'seed', 'topic', 'level', 'kind', 'only', 'card'];
const FILTERS = {
  topic: ['deepspeed'],
  level: [1, 2, 3],
  kind: ['open', 'choice', 'numeric'],
  only: ['unseen', 'missed', 'marked'],
};

describe('the address of the quiz', () => {
  it.each<Wanted>([
    { mode: 'home' },
    { mode: 'due' },
    { mode: 'mock' },
    { mode: 'drill', filter: {} },
    { mode: 'drill', filter: { topic: 'deepspeed', level: 2, kind: 'open', only: 'missed' } },
    { mode: 'numeric', drill: 'all', seed: undefined },
    { mode: 'numeric', drill: 'zero-bytes-per-gpu', seed: 123 },
  ])('leads back to what is shown: %j', (wanted) => {
    expect(readWanted(printWanted(wanted), deck)).toEqual(wanted);
  });

  it('drops what it cannot mean', () => {
    expect(readWanted('?mode=drill&topic=<b>&level=9&only=__proto__', deck)).toEqual({
      mode: 'drill',
      filter: {},
    });
    expect(readWanted('?numeric=../x', deck)).toEqual({ mode: 'home' });
    expect(readWanted('?numeric=zero-bytes-per-gpu&seed=-1e9', deck)).toMatchObject({
      seed: undefined,
    });
    expect(readWanted('?card=ds-002', deck)).toEqual({ mode: 'cards', cards: ['ds-002'] });
  });

  it('reads any address, to something the deck has, and writes what it reads again', () => {
    const key = fc.constantFrom(...KEYS);
    const value = fc.oneof(
      fc.constantFrom(
        ...['due', 'mock', 'drill', 'all', 'zero-bytes-per-gpu', 'deepspeed', '2', 'numeric'],
        ...['missed', 'ds-002', '123', '-1', '1e999', 'NaN', '1234567', '__proto__', 'toString'],
        ...['<img src=x onerror=alert(1)>', '%E0%A4%A', '\0', '\uD800', 'x'.repeat(500)],
      ),
      fc.string({ unit: 'binary' }),
    );
    const pairs = fc.array(fc.tuple(fc.oneof(key, fc.string()), value), { maxLength: 6 });
    const query = fc.oneof(
      { weight: 3, arbitrary: pairs.map((given) => `?${new URLSearchParams(given)}`) },
      pairs.map((given) => given.map((pair) => pair.join('=')).join('&')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(query, (text) => {
        const wanted = readWanted(text, deck);
        // A single card is asked for by links from outside; the session keeps no address for it.
        if (wanted.mode === 'cards') expect(wanted.cards).toEqual(['ds-002']);
        else expect(readWanted(printWanted(wanted), deck)).toEqual(wanted);
        if (wanted.mode === 'numeric') {
          expect(['all', 'zero-bytes-per-gpu']).toContain(wanted.drill);
          expect(wanted.seed ?? 0).toBeLessThan(1e6);
        }
        if (wanted.mode === 'drill') {
          for (const [field, chosen] of Object.entries(wanted.filter)) {
            expect(FILTERS[field as keyof typeof FILTERS]).toContain(chosen);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
