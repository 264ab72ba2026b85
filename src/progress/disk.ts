import { type IDBPDatabase, openDB } from 'idb';
import type { StoredEvent } from './events.ts';

const VERSION = 1;
const EVENTS = 'events';
const BY_TIME = 'at';

/** A private window may leave the request to open unanswered. */
const PATIENCE = 4000;

/** One record per event, by id. A transaction is on the disk, not only on its way, when it is done. */
export interface Disk {
  load(): Promise<StoredEvent[]>;
  /** Adds or leaves as it is, all or nothing. */
  put(events: readonly StoredEvent[]): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

/**
 * Opens the database. `lost` is called when the connection ends beneath us: the database was deleted or
 * upgraded by another tab, or the browser gave it up.
 * @throws DOMException of IndexedDB; its name says why (VersionError: written by a newer version).
 */
export async function openDisk(name: string, lost: () => void): Promise<Disk> {
  const database = await patiently(
    openDB(name, VERSION, {
      upgrade(db) {
        const events = db.createObjectStore(EVENTS, { keyPath: 'id' });
        // Read by time, then id: the order in which events count.
        events.createIndex(BY_TIME, 'at');
      },
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        lost();
      },
      terminated: lost,
    }),
  );
  return {
    load: () => database.getAllFromIndex(EVENTS, BY_TIME),
    async put(events) {
      const { store, done } = database.transaction(EVENTS, 'readwrite', { durability: 'strict' });
      // A refused record refuses the transaction; `done` says so, and once is enough.
      for (const event of events) store.put(event).catch(() => {});
      await done;
    },
    clear: () => database.clear(EVENTS),
    close: () => database.close(),
  };
}

async function patiently(opening: Promise<IDBPDatabase>): Promise<IDBPDatabase> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      opening.then((database) => database.close()).catch(() => {});
      reject(new DOMException('The database did not open.', 'TimeoutError'));
    }, PATIENCE);
  });
  try {
    return await Promise.race([opening, tired]);
  } finally {
    clearTimeout(timer);
  }
}
