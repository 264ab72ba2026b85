import type { StoredEvent } from './events.ts';

/** Why progress is kept in this tab only, or why something could not be stored. */
export type StoreProblem =
  /** No IndexedDB, or not allowed to open it (a private window, a policy). */
  | 'unavailable'
  /** The disk or the site's share of it is full. */
  | 'quota'
  /** The database was written by a newer version of the site. */
  | 'newer'
  /** Anything else the browser reports: a damaged file, a disk error. */
  | 'failed';

export type StoreChange =
  /** Here or in another tab. */
  | { kind: 'added'; events: readonly StoredEvent[] }
  | { kind: 'wiped' }
  /** undefined: solved, everything is stored. */
  | { kind: 'problem'; problem: StoreProblem | undefined };

/**
 * Where events are kept. Whatever `append` was given is in `all()` from then on, also when it could not
 * be stored: it is then kept in memory, can be exported, and is stored with the next append that works.
 */
export interface ProgressStore {
  readonly kind: 'indexeddb' | 'memory';
  readonly problem: StoreProblem | undefined;
  /** Every event, in the order in which they count. */
  all(): Promise<StoredEvent[]>;
  /** Resolves when the event is stored; rejects with a StoreError when it is only in memory. */
  append(event: StoredEvent): Promise<void>;
  /** Union by id, whole or not at all. Resolves with the events that were new. */
  appendAll(events: readonly StoredEvent[]): Promise<StoredEvent[]>;
  /** Erases everything, for good. Resolves with what was there: `appendAll` of it is the undo. */
  wipe(): Promise<StoredEvent[]>;
  /** Tells of changes, also those of other tabs. Returns the function that ends it. */
  subscribe(listener: (change: StoreChange) => void): () => void;
  close(): void;
}

/** What `append` rejects with. The event is in memory all the same. */
export class StoreError extends Error {
  readonly problem: StoreProblem;
  constructor(problem: StoreProblem, cause?: unknown) {
    super(`Progress could not be stored: ${problem}`, { cause });
    this.name = 'StoreError';
    this.problem = problem;
  }
}
