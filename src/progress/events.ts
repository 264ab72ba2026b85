/**
 * What a reader did, as an append-only log. Everything shown about progress is a fold of it (fold.ts).
 * An event is never changed or removed: taking back and starting over are events as well.
 */

/** Version of the event format. A record of a newer version is kept untouched and not interpreted. */
export const SCHEMA = 1;

/** How well a card was recalled: 1 again, 2 hard, 3 good, 4 easy. 2 is a pass. */
export type Grade = 1 | 2 | 3 | 4;
export const GRADES = [1, 2, 3, 4] as const;

/** What every event carries: `id` random and unique, `at` the clock in epoch ms, `v` its SCHEMA. */
export interface EventBase {
  id: string;
  at: number;
  v: number;
}

/** A card was answered and graded. `card` is the question's id (mp-001), the same in both languages. */
export interface ReviewEvent extends EventBase {
  kind: 'review';
  card: string;
  grade: Grade;
  /** Time from the question to the grade, in ms. */
  ms: number;
  /** Ids of the key points that were not met (open), or the option taken (a wrong choice). */
  missed?: string[];
  /** The seed its numbers were drawn from (numeric). */
  seed?: number;
}

/** Takes one earlier event back, whatever its kind; an undo can be undone. */
export interface UndoEvent extends EventBase {
  kind: 'undo';
  of: string;
}

/** Starts over with one card, with a topic (by the prefix of its card ids: 'mp'), or with all. */
export interface ResetEvent extends EventBase {
  kind: 'reset';
  scope: { card: string } | { topic: string } | 'all';
}

export type Mark = 'read' | 'revisit';
export interface MarkEvent extends EventBase {
  kind: 'mark';
  card: string;
  mark: Mark;
  on: boolean;
}

export interface Settings {
  /** Day of the interview as YYYY-MM-DD in the reader's own calendar; null without one. */
  interview: string | null;
  /** Minutes to study each day, 1 to 600. */
  minutes: number;
  /** Recall at which plain FSRS asks again, 0.7 to 0.97. */
  retention: number;
  /** When progress was last exported, epoch ms; 0 never. */
  exported: number;
}
export interface SettingsEvent extends EventBase {
  kind: 'settings';
  /** Only what changed. */
  set: Partial<Settings>;
}

export interface MockAnswer {
  card: string;
  ms: number;
  grade: Grade;
  /** Key points met and missed, by id. */
  met: string[];
  missed: string[];
  /** The card this one followed up on. */
  followsUp?: string;
}
/** A finished mock interview. The reviews made in it are review events of their own. */
export interface MockEvent extends EventBase {
  kind: 'mock';
  /** The length that was chosen, in minutes. */
  minutes: number;
  /** Topic prefixes that were chosen. */
  topics: string[];
  level: 1 | 2 | 3;
  answers: MockAnswer[];
}

/** An event this version understands. */
export type ProgressEvent =
  | ReviewEvent
  | UndoEvent
  | ResetEvent
  | MarkEvent
  | SettingsEvent
  | MockEvent;

/** Of another kind or a newer version: stored, exported and merged like any other, not interpreted. */
export interface ForeignEvent extends EventBase {
  kind: string;
  [field: string]: unknown;
}

export type StoredEvent = ProgressEvent | ForeignEvent;

const KINDS: ReadonlySet<string> = new Set<ProgressEvent['kind']>([
  'review',
  'undo',
  'reset',
  'mark',
  'settings',
  'mock',
]);

/** Whether this version understands the event. */
export const isOurs = (event: StoredEvent): event is ProgressEvent =>
  event.v <= SCHEMA && KINDS.has(event.kind);

/** The order in which events count: by clock, then by id, so that every device counts alike. */
export const compareEvents = (
  a: { at: number; id: string },
  b: { at: number; id: string },
): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The prefix of the topic a card belongs to: 'mp' of 'mp-001'. */
export const topicOf = (card: string): string => card.slice(0, Math.max(0, card.indexOf('-')));

/** A fresh event id: 96 random bits in hexadecimal. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** An event without what `stamp` adds. */
export type Draft = ProgressEvent extends infer E
  ? E extends ProgressEvent
    ? Omit<E, 'id' | 'at' | 'v'>
    : never
  : never;

/**
 * Makes an event of a draft. `now` is the clock in epoch ms. `after` is the time of what it must count
 * after (the card's last review, the event it takes back): a clock that was set back does not turn the
 * order around.
 */
export const stamp = <D extends Draft>(
  draft: D,
  now: number,
  after = 0,
): D & { id: string; at: number; v: number } => ({
  ...draft,
  id: newId(),
  at: Math.max(Math.floor(now), after + 1),
  v: SCHEMA,
});
