/** What a day of study holds. Pure but for the journal it reads. */
import type { Progress } from '../progress/fold.ts';
import { dayPlan, type PlanCard, planFrame } from '../progress/plan.ts';
import { DAY, endOfDay } from '../progress/schedule.ts';
import type { Deck, DeckCard } from './deck.ts';
import type { Journal } from './journal.ts';
import type { CardState } from './queue.ts';

/** Minutes that a card of each kind takes before there are reviews to tell. */
const MINUTES: Readonly<Record<DeckCard['kind'], number>> = { open: 2, choice: 0.75, numeric: 2 };

/** New cards come in reading order, across topics in turn, as many as fit the day. */
const NEW_A_DAY = 8;

export const cardState = (progress: Progress, id: string): CardState => {
  const card = progress.cards.get(id);
  return {
    unseen: card === undefined,
    missed: card !== undefined && (card.grade === 1 || card.missed.length > 0),
    marked: progress.marks.get(id)?.has('revisit') ?? false,
  };
};

/** Cards never seen that are still to be learned today. */
export function newToday(deck: Deck, journal: Journal, now: number): string[] {
  const { cards, reviews } = journal.progress();
  const dayBegan = endOfDay(now) - DAY;
  const first = new Map<string, number>();
  for (const { card, at } of reviews) if (!first.has(card)) first.set(card, at);
  const learned = [...first.values()].filter((at) => at >= dayBegan).length;
  // The turn is that of all cards: learning one does not move those behind it.
  return inTurn(deck)
    .filter(({ id }) => !cards.has(id))
    .slice(0, Math.max(0, NEW_A_DAY - learned))
    .map(({ id }) => id);
}

export interface Today {
  /** In the order to ask them. */
  order: string[];
  due: string[];
  fresh: string[];
  minutes: number;
}

/**
 * What to study today: with an interview ahead what the plan aimed at it asks; otherwise what is due, and
 * some new cards.
 */
export function studyToday(deck: Deck, journal: Journal, now: number): Today {
  const progress = journal.progress();
  const frame = planFrame(progress.settings, now, secondsSpent(progress, now));
  if (frame.moment === undefined) {
    const due = journal.due(
      deck.cards.map(({ id }) => id),
      now,
    );
    const fresh = newToday(deck, journal, now);
    const order = [...due, ...fresh];
    return { order, due, fresh, minutes: sessionMinutes(deck, journal, order) };
  }
  const { items, seconds } = dayPlan(planCards(deck, progress), frame);
  const ids = (fresh: boolean) =>
    items.filter(({ why }) => (why === 'new') === fresh).map(({ id }) => id);
  return {
    order: items.map(({ id }) => id),
    due: ids(false),
    fresh: ids(true),
    minutes: Math.max(1, Math.round(seconds / 60)),
  };
}

/** The deck as the plan takes it: new cards across topics in turn, from screening to senior. */
export const planCards = (deck: Deck, progress: Progress): PlanCard[] =>
  inTurn(deck).map(({ id }) => ({ id, memory: progress.cards.get(id) }));

/** Seconds studied today; a card left open over lunch counts five minutes. */
export function secondsSpent({ reviews }: Progress, now: number): number {
  const dayBegan = endOfDay(now) - DAY;
  let ms = 0;
  for (const review of reviews) if (review.at >= dayBegan) ms += Math.min(review.ms, 300_000);
  return ms / 1000;
}

/** One card of each topic in turn, from screening to senior. */
function inTurn(deck: Deck): DeckCard[] {
  const piles = deck.topics.map(({ slug }) => deck.cards.filter((card) => card.topic === slug));
  const longest = Math.max(0, ...piles.map(({ length }) => length));
  return Array.from({ length: longest }, (_, row) =>
    piles.flatMap((pile) => pile[row] ?? []),
  ).flat();
}

/** Minutes these cards take, by what reviews of each took so far. */
export function sessionMinutes(deck: Deck, journal: Journal, ids: readonly string[]): number {
  const spent = new Map<string, { ms: number; of: number }>();
  for (const { card, ms } of journal.progress().reviews) {
    const sum = spent.get(card) ?? { ms: 0, of: 0 };
    // A card left open over lunch is no ten-minute card.
    spent.set(card, { ms: sum.ms + Math.min(ms, 300_000), of: sum.of + 1 });
  }
  const kinds = new Map(deck.cards.map(({ id, kind }) => [id, kind]));
  const minutes = ids.reduce((total, id) => {
    const known = spent.get(id);
    return total + (known ? known.ms / known.of / 60_000 : MINUTES[kinds.get(id) ?? 'open']);
  }, 0);
  return Math.max(1, Math.round(minutes));
}
