/** What both files of a deck say. */
export interface AnkiNote {
  /** From the card's id and its language, never from its wording: a later import finds the note by it. */
  guid: string;
  /** Whole number, unique and the same in every build: Anki's key of note and card. */
  id: number;
  front: string;
  back: string;
  tags: string[];
  /** Seconds since 1970 of the day the text was last checked. */
  modified: number;
}

export interface AnkiDeck {
  /** Anki's key of the deck. */
  id: number;
  name: string;
  notes: AnkiNote[];
}

/** One kind of note for both languages, known to Anki by these two. */
export const NOTE_TYPE = { id: 1_764_000_000_000, name: 'LLM Interview Lab' } as const;

export const FIELDS = ['Front', 'Back'] as const;
