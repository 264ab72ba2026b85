/** What a day of study holds. Pure but for the journal it reads. */
import type { Progress } from '../progress/fold.ts';
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
  return inTurn(deck, ({ id }) => !cards.has(id))
    .slice(0, Math.max(0, NEW_A_DAY - learned))
    .map(({ id }) => id);
}

/** One card of each topic in turn, from screening to senior. */
function inTurn(deck: Deck, wanted: (card: DeckCard) => boolean): DeckCard[] {
  const piles = deck.topics.map(({ slug }) =>
    deck.cards.filter((card) => card.topic === slug && wanted(card)),
  );
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
