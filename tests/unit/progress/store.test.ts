import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DATABASE } from '../../../src/progress/database.ts';
import type { StoredEvent } from '../../../src/progress/events.ts';
import { fold } from '../../../src/progress/fold.ts';
import {
  memoryStore,
  openStore,
  type ProgressStore,
  type StoreChange,
  StoreError,
} from '../../../src/progress/store.ts';
import { log } from './arbitrary.ts';
import { WHOLE } from './malformed.ts';

const [first, second, third] = WHOLE as [StoredEvent, StoredEvent, StoredEvent];
const open: ProgressStore[] = [];
const opened = async (store: ProgressStore | Promise<ProgressStore>): Promise<ProgressStore> => {
  open.push(await store);
  return store;
};

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  for (const store of open.splice(0)) store.close();
  vi.restoreAllMocks();
});

describe.each([
  ['memory', () => opened(memoryStore())],
  ['indexeddb', () => opened(openStore())],
] as const)('a store in %s', (kind, make) => {
  it('says what it is', async () => {
    const store = await make();
    expect([store.kind, store.problem]).toEqual([kind, undefined]);
  });

  it('returns what it was given in the order in which it counts, each once', async () => {
    const store = await make();
    for (const event of [third, first, second, first]) await store.append(event);
    expect(await store.all()).toEqual([first, second, third]);
  });

  it('adds what is new of many, and says what that was', async () => {
    const store = await make();
    await store.append(second);
    expect(await store.appendAll([first, second, second, first])).toEqual([first]);
    expect(await store.appendAll([first, second])).toEqual([]);
    expect(await store.all()).toEqual([first, second]);
  });

  it('keeps any log, whatever it is cut into and in whatever order it comes', async () => {
    await fc.assert(
      fc.asyncProperty(log, fc.nat(30), async (events, cut) => {
        const store = await make();
        await store.wipe();
        await store.appendAll(events.slice(cut));
        await Promise.all(events.slice(0, cut).map((event) => store.append(event)));
        await store.appendAll(events);
        expect(fold(await store.all())).toEqual(fold(events));
      }),
      { numRuns: 25 },
    );
  });

  it('erases everything and hands it over for undoing that', async () => {
    const store = await make();
    await store.appendAll(WHOLE);
    const before = await store.wipe();
    expect(await store.all()).toEqual([]);
    await store.appendAll(before);
    expect(await store.all()).toEqual(WHOLE);
  });

  it('tells of changes until it is told to stop', async () => {
    const store = await make();
    const changes: StoreChange[] = [];
    const stop = store.subscribe((change) => changes.push(change));
    await store.append(first);
    await store.append(first);
    await store.appendAll([first, second]);
    await store.wipe();
    stop();
    await store.append(third);
    expect(changes).toEqual([
      { kind: 'added', events: [first] },
      { kind: 'added', events: [second] },
      { kind: 'wiped' },
    ]);
  });

  it('hears of other tabs, and both have everything when both grade at once', async () => {
    const [here, there] = [await make(), await make()];
    await Promise.all([here.append(first), there.append(second)]);
    await here.append(third);
    await vi.waitFor(async () => {
      expect(await here.all()).toEqual([first, second, third]);
      expect(await there.all()).toEqual([first, second, third]);
    });
    await there.wipe();
    await vi.waitFor(async () => expect(await here.all()).toEqual([]));
  });
});

describe('the database', () => {
  it('has what was stored when it is opened again', async () => {
    const store = await openStore();
    await store.appendAll(WHOLE);
    store.close();
    expect(await (await opened(openStore())).all()).toEqual(WHOLE);
  });

  it('holds each event that was confirmed when the page dies during the next', async () => {
    const store = await openStore();
    for (const event of WHOLE.slice(0, 4)) await store.append(event);
    // In flight and never awaited: it is there whole or not at all.
    store.append(WHOLE[4] as StoredEvent).catch(() => {});
    store.close();
    const found = await (await opened(openStore())).all();
    expect([WHOLE.slice(0, 4), WHOLE.slice(0, 5)]).toContainEqual(found);
  });

  it('is written anew from memory when it was deleted beneath an open page', async () => {
    const store = await opened(openStore());
    await store.appendAll([first, second]);
    await deleteDB(DATABASE);
    await store.append(third);
    expect(await store.all()).toEqual([first, second, third]);
    expect(await (await opened(openStore())).all()).toEqual([first, second, third]);
  });

  it('of a newer version is left alone: progress stays in memory and says why', async () => {
    const newer = await openDB(DATABASE, 99, {
      upgrade: (db) => void db.createObjectStore('events', { keyPath: 'id' }),
    });
    await newer.put('events', first);
    newer.close();
    const store = await opened(openStore());
    expect([store.kind, store.problem]).toEqual(['memory', 'newer']);
    await store.append(second);
    const again = await openDB(DATABASE, 99);
    expect(await again.getAll('events')).toEqual([first]);
    again.close();
  });

  it('gives way to a newer version opened by another tab, and nothing graded since is lost', async () => {
    const store = await opened(openStore());
    await store.append(first);
    const newer = await openDB(DATABASE, 2);
    await expect(store.append(second)).rejects.toMatchObject({ problem: 'newer' });
    expect(await store.all()).toEqual([first, second]);
    expect(store.problem).toBe('newer');
    newer.close();
  });

  it('that cannot be opened leads to memory', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const store = await opened(openStore());
    expect([store.kind, store.problem]).toEqual(['memory', 'unavailable']);
    await store.append(first);
    expect(await store.all()).toEqual([first]);
  });

  it('that is full says so; the event is kept in memory and stored when there is room', async () => {
    const store = await opened(openStore());
    const problems: unknown[] = [];
    store.subscribe((change) => change.kind === 'problem' && problems.push(change.problem));
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(store.append(first)).rejects.toThrow(StoreError);
    expect([await store.all(), store.problem]).toEqual([[first], 'quota']);
    await expect(store.appendAll([second, third])).rejects.toMatchObject({ problem: 'quota' });
    expect(await store.all()).toEqual([first]);
    full.mockRestore();
    await store.append(second);
    expect([problems, store.problem]).toEqual([['quota', undefined], undefined]);
    expect(await (await opened(openStore())).all()).toEqual([first, second]);
  });
});
