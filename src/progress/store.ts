import { DATABASE } from './database.ts';
import { type Disk, openDisk } from './disk.ts';
import type { StoredEvent } from './events.ts';
import { inOrder } from './fold.ts';

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
 * When the database is deleted beneath an open page, the next append writes back what the page holds.
 */
export interface ProgressStore {
  /** `memory`: nothing outlives the tab; `problem` says why. */
  readonly kind: 'indexeddb' | 'memory';
  readonly problem: StoreProblem | undefined;
  /** Every event, in the order in which they count. */
  all(): Promise<StoredEvent[]>;
  /** Resolves when the event is stored; rejects with a StoreError when it is only in memory. */
  append(event: StoredEvent): Promise<void>;
  /**
   * Union by id, whole or not at all. Resolves with the events that were new; rejects with a StoreError
   * when they could not be stored, and then none was added.
   */
  appendAll(events: readonly StoredEvent[]): Promise<StoredEvent[]>;
  /** Erases everything, for good. Resolves with what was there: `appendAll` of it is the undo. */
  wipe(): Promise<StoredEvent[]>;
  /** Tells of changes, also those of other tabs. Returns the function that ends it. */
  subscribe(listener: (change: StoreChange) => void): () => void;
  close(): void;
}

/** What could not be stored, and why. */
export class StoreError extends Error {
  readonly problem: StoreProblem;
  constructor(problem: StoreProblem, cause?: unknown) {
    super(`Progress could not be stored: ${problem}`, { cause });
    this.name = 'StoreError';
    this.problem = problem;
  }
}

/** Opens the reader's progress; without a database that works, a store in memory that says why. */
export async function openStore(name: string = DATABASE): Promise<ProgressStore> {
  const store = new Store(name, (lost) => openDisk(name, lost));
  try {
    await store.connect();
    return store;
  } catch (error) {
    store.close();
    const problem = problemOf(error);
    return new Store(name, undefined, problem === 'failed' ? 'unavailable' : problem);
  }
}

/** A store that lives as long as the page. */
export const memoryStore = (problem?: StoreProblem): ProgressStore =>
  new Store(DATABASE, undefined, problem);

class Store implements ProgressStore {
  readonly kind: 'indexeddb' | 'memory';
  problem: StoreProblem | undefined;
  readonly #open: ((lost: () => void) => Promise<Disk>) | undefined;
  #disk: Promise<Disk> | undefined;
  /** Every event there is, stored or not. */
  readonly #events = new Map<string, StoredEvent>();
  /** Events that are not known to be stored. */
  readonly #waiting = new Map<string, StoredEvent>();
  readonly #listeners = new Set<(change: StoreChange) => void>();
  readonly #channel: BroadcastChannel | undefined;

  constructor(
    name: string,
    open: ((lost: () => void) => Promise<Disk>) | undefined,
    problem?: StoreProblem,
  ) {
    this.kind = open ? 'indexeddb' : 'memory';
    this.problem = problem;
    this.#open = open;
    if (typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel(`${name}:progress`);
    this.#channel.onmessage = ({ data }: MessageEvent<StoreChange>) => {
      if (data.kind === 'wiped') this.#forget();
      else if (data.kind === 'added') this.#keep(data.events);
    };
  }

  /** The open database; opens it anew when it was lost, and puts back what is missing there. */
  connect(): Promise<Disk> {
    if (!this.#open) throw new Error('A store in memory has no database.');
    this.#disk ??= this.#reopen(this.#open);
    return this.#disk;
  }

  async #reopen(open: (lost: () => void) => Promise<Disk>): Promise<Disk> {
    try {
      const disk = await open(() => {
        this.#disk = undefined;
      });
      const there = await disk.load();
      const ids = new Set(there.map(({ id }) => id));
      for (const [id, event] of this.#events) if (!ids.has(id)) this.#waiting.set(id, event);
      this.#keep(there);
      return disk;
    } catch (error) {
      this.#disk = undefined;
      throw error;
    }
  }

  async all(): Promise<StoredEvent[]> {
    return inOrder(this.#events.values());
  }

  async append(event: StoredEvent): Promise<void> {
    if (this.#events.has(event.id)) return;
    this.#waiting.set(event.id, event);
    this.#keep([event]);
    if (this.kind === 'memory') this.#waiting.clear();
    else await this.#write();
    this.#channel?.postMessage({ kind: 'added', events: [event] } satisfies StoreChange);
  }

  async appendAll(events: readonly StoredEvent[]): Promise<StoredEvent[]> {
    const fresh = new Map<string, StoredEvent>();
    for (const event of events) {
      if (!this.#events.has(event.id) && !fresh.has(event.id)) fresh.set(event.id, event);
    }
    const added = [...fresh.values()];
    if (this.kind === 'indexeddb') await this.#write(added);
    this.#keep(added);
    this.#channel?.postMessage({ kind: 'added', events: added } satisfies StoreChange);
    return added;
  }

  async wipe(): Promise<StoredEvent[]> {
    const before = await this.all();
    if (this.kind === 'indexeddb') await this.#attempt((disk) => disk.clear());
    this.#forget();
    this.#channel?.postMessage({ kind: 'wiped' } satisfies StoreChange);
    return before;
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#channel?.close();
    this.#disk?.then((disk) => disk.close()).catch(() => {});
    this.#disk = undefined;
  }

  /** Stores what waits and `more`, in one transaction. */
  async #write(more: readonly StoredEvent[] = []): Promise<void> {
    await this.#attempt(async (disk) => {
      const events = [...this.#waiting.values(), ...more];
      if (events.length > 0) await disk.put(events);
      for (const { id } of events) this.#waiting.delete(id);
    });
  }

  /** Does something with the database; once more with a new connection when the old one was lost. */
  async #attempt(act: (disk: Disk) => Promise<void>): Promise<void> {
    try {
      const opened = this.connect();
      try {
        await act(await opened);
      } catch (error) {
        if (problemOf(error) === 'quota') throw error;
        if (this.#disk === opened) {
          (await opened).close();
          this.#disk = undefined;
        }
        await act(await this.connect());
      }
      this.#report(undefined);
    } catch (error) {
      const problem = problemOf(error);
      this.#report(problem);
      throw new StoreError(problem, error);
    }
  }

  #keep(events: readonly StoredEvent[]): void {
    const fresh = events.filter(({ id }) => !this.#events.has(id));
    for (const event of fresh) this.#events.set(event.id, event);
    if (fresh.length > 0) this.#tell({ kind: 'added', events: fresh });
  }

  #forget(): void {
    this.#events.clear();
    this.#waiting.clear();
    this.#tell({ kind: 'wiped' });
  }

  #report(problem: StoreProblem | undefined): void {
    if (this.problem === problem) return;
    this.problem = problem;
    this.#tell({ kind: 'problem', problem });
  }

  #tell(change: StoreChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

function problemOf(error: unknown): StoreProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return 'quota';
  if (name === 'VersionError') return 'newer';
  return name === 'SecurityError' || name === 'TimeoutError' ? 'unavailable' : 'failed';
}
