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
    fc.assert(
      fc.property(fc.string(), (query) => {
        expect(readWanted(query, deck)).toHaveProperty('mode');
      }),
    );
  });
});
