/** What an interviewer asks next. Pure: the deck, what was answered so far, and randomness come in. */
import type { MockAnswer } from '../../progress/events.ts';
import type { DeckCard } from '../deck.ts';
import { shuffled } from '../random.ts';

export const LENGTHS = [15, 30, 45] as const;

export interface MockPlan {
  minutes: (typeof LENGTHS)[number];
  /** Topic slugs, at least one. */
  topics: string[];
  /** Main questions are of this level where the topic has some left. */
  level: 1 | 2 | 3;
}

export interface Asked {
  card: DeckCard;
  /** The card whose answer led here; none for a main question. */
  followsUp: string | undefined;
}

/** An interviewer drops a thread after so many follow-ups. */
const FOLLOW_UPS = 2;
/** Below this no new question is begun. */
export const LEAST_MS = 60_000;

/** Said aloud or calculated on the whiteboard; nobody reads out options in an interview. */
const isAsked = ({ kind }: DeckCard): boolean => kind !== 'choice';

/**
 * The next question. While points of an answer were missed, a follow-up goes back to the same passage or to
 * something easier; when all were met it goes on to something harder; after two follow-ups, or when none
 * is left, the next topic's main question. Undefined when nothing is left to ask.
 */
export function nextQuestion(
  cards: readonly DeckCard[],
  { topics, level }: MockPlan,
  answers: readonly MockAnswer[],
  random: () => number,
): Asked | undefined {
  const done = new Set(answers.map(({ card }) => card));
  const last = answers.at(-1);
  if (last && threadLength(answers) <= FOLLOW_UPS) {
    const followUp = followUpOf(cards, last, done);
    if (followUp) return { card: followUp, followsUp: last.card };
  }
  const mains = answers.filter(({ followsUp }) => !followsUp).length;
  // Topics in turn, each beginning with an open question near the level asked for.
  for (let n = 0; n < topics.length; n += 1) {
    const topic = topics[(mains + n) % topics.length];
    const left = cards.filter(
      (card) => card.topic === topic && isAsked(card) && !done.has(card.id),
    );
    const open = left.filter(({ kind }) => kind === 'open');
    const pool = open.length > 0 ? open : left;
    const near = Math.min(...pool.map((card) => Math.abs(card.level - level)));
    const [card] = shuffled(
      pool.filter((candidate) => Math.abs(candidate.level - level) === near),
      random,
    );
    if (card) return { card, followsUp: undefined };
  }
  return undefined;
}

/** Questions since the last main one, itself included. */
function threadLength(answers: readonly MockAnswer[]): number {
  let length = 0;
  for (const { followsUp } of [...answers].reverse()) {
    length += 1;
    if (!followsUp) break;
  }
  return length;
}

function followUpOf(
  cards: readonly DeckCard[],
  last: MockAnswer,
  done: ReadonlySet<string>,
): DeckCard | undefined {
  const from = cards.find(({ id }) => id === last.card);
  if (!from) return undefined;
  const weak = last.missed.length > 0 || last.grade === 1;
  const candidates = from.followUps.flatMap((id) => {
    const card = cards.find((one) => one.id === id);
    return card && isAsked(card) && !done.has(id) ? [card] : [];
  });
  const same = (card: DeckCard): number => (card.passage === from.passage ? 0 : 1);
  const [best] = candidates.sort((a, b) =>
    weak ? same(a) - same(b) || a.level - b.level : b.level - a.level,
  );
  return best;
}

export interface TopicCoverage {
  topic: string;
  asked: number;
  /** Key points met, of those of the questions asked; a calculation counts as one. */
  met: number;
  of: number;
}

/** Coverage by topic, in the order of the plan. */
export function coverage(
  cards: readonly DeckCard[],
  answers: readonly MockAnswer[],
): TopicCoverage[] {
  const byTopic = new Map<string, TopicCoverage>();
  for (const { card: id, met, missed, grade } of answers) {
    const card = cards.find((one) => one.id === id);
    if (!card) continue;
    const sum = byTopic.get(card.topic) ?? { topic: card.topic, asked: 0, met: 0, of: 0 };
    const points = met.length + missed.length;
    byTopic.set(card.topic, {
      topic: card.topic,
      asked: sum.asked + 1,
      met: sum.met + (points > 0 ? met.length : grade > 1 ? 1 : 0),
      of: sum.of + Math.max(1, points),
    });
  }
  return [...byTopic.values()];
}
