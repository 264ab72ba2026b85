import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MockAnswer } from '../../../src/progress/events.ts';
import type { DeckCard } from '../../../src/quiz/deck.ts';
import { coverage, type MockPlan, nextQuestion } from '../../../src/quiz/mock/interview.ts';
import { seeded } from '../../../src/quiz/random.ts';

const card = (id: string, over: Partial<DeckCard> = {}): DeckCard => ({
  id,
  key: `x/${id}`,
  topic: id.startsWith('ds') ? 'deepspeed' : 'mixed-precision',
  level: 2,
  kind: 'open',
  title: id,
  passage: 'same',
  followUps: [],
  ...over,
});
const CARDS = [
  card('ds-001', { level: 1, followUps: ['ds-002', 'ds-003', 'ds-004'] }),
  card('ds-002', { passage: 'other', level: 1 }),
  card('ds-003', { level: 2, followUps: ['ds-001'] }),
  card('ds-004', { level: 3, kind: 'numeric', passage: 'other' }),
  card('ds-005', { kind: 'choice', level: 1 }),
  card('mp-001', { level: 1, followUps: ['ds-001'] }),
  card('mp-002', { level: 3 }),
];
const plan: MockPlan = { minutes: 15, topics: ['deepspeed', 'mixed-precision'], level: 1 };
const answer = (id: string, missed: string[] = [], followsUp?: string): MockAnswer => ({
  card: id,
  ms: 1000,
  grade: missed.length > 0 ? 1 : 3,
  met: missed.length > 0 ? [] : ['a'],
  missed,
  ...(followsUp && { followsUp }),
});

describe('nextQuestion', () => {
  it('begins with an open question of the level', () => {
    const asked = nextQuestion(CARDS, plan, [], seeded(1));
    expect(asked?.followsUp).toBeUndefined();
    expect(asked?.card).toMatchObject({ topic: 'deepspeed', level: 1, kind: 'open' });
  });

  it('goes back to the passage when points were missed, and on to something harder when none was', () => {
    const weak = nextQuestion(CARDS, plan, [answer('ds-001', ['a'])], seeded(1));
    expect(weak).toMatchObject({ card: { id: 'ds-003' }, followsUp: 'ds-001' });
    const strong = nextQuestion(CARDS, plan, [answer('ds-001')], seeded(1));
    expect(strong).toMatchObject({ card: { id: 'ds-004' }, followsUp: 'ds-001' });
  });

  it('turns to the next topic when the thread ends', () => {
    const next = nextQuestion(
      CARDS,
      plan,
      [answer('ds-001'), answer('ds-004', [], 'ds-001')],
      seeded(1),
    );
    expect(next).toMatchObject({ card: { topic: 'mixed-precision' }, followsUp: undefined });
  });

  it('asks nothing twice, no choice, and at most two follow-ups in a row; it comes to an end', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        (seed, missed) => {
          const random = seeded(seed);
          const answers: MockAnswer[] = [];
          let thread = 0;
          for (const bad of missed) {
            const asked = nextQuestion(CARDS, plan, answers, random);
            if (!asked) break;
            expect(asked.card.kind).not.toBe('choice');
            expect(answers.map((one) => one.card)).not.toContain(asked.card.id);
            thread = asked.followsUp ? thread + 1 : 0;
            expect(thread).toBeLessThanOrEqual(2);
            answers.push(answer(asked.card.id, bad ? ['a'] : [], asked.followsUp));
          }
          expect(answers).toHaveLength(6);
        },
      ),
    );
  });
});

describe('coverage', () => {
  it('counts key points by topic, a calculation as one', () => {
    const numeric: MockAnswer = { card: 'ds-004', ms: 1, grade: 3, met: [], missed: [] };
    expect(coverage(CARDS, [answer('ds-001', ['a', 'b']), numeric, answer('mp-001')])).toEqual([
      { topic: 'deepspeed', asked: 2, met: 1, of: 3 },
      { topic: 'mixed-precision', asked: 1, met: 1, of: 1 },
    ]);
  });
});
