import type { Locale } from '../../i18n/locale.ts';
import type { Grade } from '../../progress/events.ts';
import type { CardBody } from '../body.ts';
import type { DeckCard } from '../deck.ts';
import type { QuizWords } from '../words.ts';

/** What became of a card, besides its grade. */
export interface Outcome {
  suggested: Grade;
  /** Key points not met, or the wrong option taken. */
  missed: string[];
  met: string[];
  /** The numbers that were drawn. */
  seed?: number;
  /** Whether a choice or a number was right. */
  right?: boolean;
}

/** What each kind of card is given. A card calls `onOutcome` when its answer is shown and whenever that changes. */
export interface CardProps {
  locale: Locale;
  t: QuizWords;
  card: DeckCard;
  body: CardBody;
  seed: number;
  /** Key points missed last time: they stand first. */
  missedLast: readonly string[];
  answered: boolean;
  onOutcome: (outcome: Outcome) => void;
}
