import type { QuestionKind } from '../schemas/question.ts';

/** What the quiz knows of a question before its page is fetched. */
export interface DeckCard {
  /** The question's id (ds-001): review history hangs on it. */
  id: string;
  /** topic/slug: where its page stands. */
  key: string;
  topic: string;
  level: 1 | 2 | 3;
  kind: QuestionKind;
  title: string;
  /** Heading or pitfall of the topic that explains it. */
  passage: string;
  /** Ids of the cards an interviewer asks next. */
  followUps: string[];
  /** Open questions only. */
  keyPoints?: string[];
  /** Numeric questions only: file name in drills/. */
  drill?: string;
}

export interface DeckTopic {
  slug: string;
  /** Prefix of its card ids. */
  prefix: string;
  short: string;
}

/** Every card in one language, in reading order. */
export interface Deck {
  topics: DeckTopic[];
  cards: DeckCard[];
}
