/** Which cards are asked, and in what order. Pure: time and randomness come in. */
import type { Grade } from '../progress/events.ts';
import type { DeckCard } from './deck.ts';
import { shuffled } from './random.ts';

export const ONLY = ['unseen', 'missed', 'marked'] as const;

export interface Filter {
  topic?: string;
  level?: 1 | 2 | 3;
  kind?: DeckCard['kind'];
  only?: (typeof ONLY)[number];
}

/** What a filter asks about a card. */
export interface CardState {
  unseen: boolean;
  /** The last grade was 1, or key points were missed. */
  missed: boolean;
  /** Marked to be revisited. */
  marked: boolean;
}

export const fits = (card: DeckCard, filter: Filter, state: (id: string) => CardState): boolean =>
  (!filter.topic || card.topic === filter.topic) &&
  (!filter.level || card.level === filter.level) &&
  (!filter.kind || card.kind === filter.kind) &&
  (!filter.only || state(card.id)[filter.only]);

/** The cards that fit a filter, shuffled. */
export const drillQueue = (
  cards: readonly DeckCard[],
  filter: Filter,
  state: (id: string) => CardState,
  random: () => number,
): string[] =>
  shuffled(
    cards.filter((card) => fits(card, filter, state)),
    random,
  ).map(({ id }) => id);

/** A missed card comes back behind this many others, or last. */
const RETURN_AFTER = 4;

export interface Answered {
  card: string;
  grade: Grade;
  /** The review event, to take it back by. */
  event: string;
}

/** A run through cards. The first of `waiting` is the one that is asked. */
export interface Session {
  waiting: readonly string[];
  answered: readonly Answered[];
}

export const startSession = (cards: readonly string[]): Session => ({
  waiting: cards,
  answered: [],
});

/** Takes the grade of the card that is asked; a missed card returns within the session. */
export function graded(session: Session, grade: Grade, event: string): Session {
  const [card, ...rest] = session.waiting;
  if (card === undefined) return session;
  const waiting =
    grade === 1 ? [...rest.slice(0, RETURN_AFTER), card, ...rest.slice(RETURN_AFTER)] : rest;
  return { waiting, answered: [...session.answered, { card, grade, event }] };
}

/** Takes the last grade back: its card is asked again, next. The returned event is the one to undo. */
export function ungraded(session: Session): { session: Session; undone?: Answered } {
  const undone = session.answered.at(-1);
  if (!undone) return { session };
  const returned =
    undone.grade === 1 ? session.waiting.indexOf(undone.card) : Number.NEGATIVE_INFINITY;
  const waiting = session.waiting.filter((_, index) => index !== returned);
  return {
    session: { waiting: [undone.card, ...waiting], answered: session.answered.slice(0, -1) },
    undone,
  };
}

/** Puts the asked card last, ungraded. */
export const skipped = (session: Session): Session => {
  const [card, ...rest] = session.waiting;
  return card === undefined ? session : { ...session, waiting: [...rest, card] };
};

/** Drops waiting cards, but never the one that is asked. */
export const without = (session: Session, drop: (card: string) => boolean): Session => ({
  ...session,
  waiting: session.waiting.filter((card, index) => index === 0 || !drop(card)),
});

export interface Summary {
  cards: number;
  reviews: number;
  /** Cards passed at the first attempt. */
  first: number;
  /** Cards missed at least once, in the order of the first miss. */
  missed: string[];
}

export function summary({ answered }: Session): Summary {
  const firstGrade = new Map<string, Grade>();
  const missed = new Set<string>();
  for (const { card, grade } of answered) {
    if (!firstGrade.has(card)) firstGrade.set(card, grade);
    if (grade === 1) missed.add(card);
  }
  return {
    cards: firstGrade.size,
    reviews: answered.length,
    first: [...firstGrade.values()].filter((grade) => grade > 1).length,
    missed: [...missed],
  };
}
