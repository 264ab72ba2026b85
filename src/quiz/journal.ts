/** The reader's progress in this tab: the fold of the store's events, kept up with what happens here and in other tabs. */
import type { Draft, Grade, MockAnswer, Settings, StoredEvent } from '../progress/events.ts';
import { stamp } from '../progress/events.ts';
import { add, type Card, fold, type Progress } from '../progress/fold.ts';
import { latestReview } from '../progress/plan.ts';
import { dueAt, isDue, type Memory, nextIntervals, retrievability } from '../progress/schedule.ts';
import { type ProgressStore, StoreError, type StoreProblem } from '../progress/store.ts';

export interface ReviewGiven {
  grade: Grade;
  ms: number;
  missed?: string[];
  seed?: number;
}

export interface Journal {
  readonly store: ProgressStore;
  progress(): Progress;
  problem(): StoreProblem | undefined;
  record(card: string): Card | undefined;
  /** Cards of a list that are due, the most forgotten first. */
  due(cards: readonly string[], now: number): string[];
  /** When the first of these cards is due, if any ever was reviewed. */
  nextDue(cards: readonly string[], now: number): number | undefined;
  /** For each grade given now: how long until the card is due, in ms. */
  intervals(memory: Memory): Record<Grade, number>;
  answeredSince(card: string, since: number): boolean;
  /** Each resolves with the event's id when it is stored, or held in memory with `problem` set. */
  review(card: string, given: ReviewGiven): Promise<string>;
  undo(event: string): Promise<string>;
  mark(card: string, mark: 'read' | 'revisit', on: boolean): Promise<string>;
  settings(set: Partial<Settings>): Promise<string>;
  reset(scope: { card: string } | { topic: string } | 'all'): Promise<string>;
  mock(mock: {
    minutes: number;
    topics: string[];
    level: 1 | 2 | 3;
    answers: MockAnswer[];
  }): Promise<string>;
  subscribe(listener: () => void): () => void;
}

export async function openJournal(store: ProgressStore): Promise<Journal> {
  let progress = fold(await store.all());
  let problem = store.problem;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  store.subscribe((change) => {
    if (change.kind === 'problem') problem = change.problem;
    else if (change.kind === 'wiped') progress = fold([]);
    else if (change.events.length < 10)
      for (const event of change.events) progress = add(progress, event);
    else progress = fold([...progress.events, ...change.events]);
    tell();
  });

  /** `after`: what the event must count after, whatever the clock says. */
  async function record(draft: Draft, after: number): Promise<string> {
    const event = stamp(draft, Date.now(), after) as StoredEvent;
    progress = add(progress, event);
    try {
      await store.append(event);
    } catch (error) {
      // The event is in memory and the store says why.
      if (!(error instanceof StoreError)) throw error;
      problem = error.problem;
    }
    tell();
    return event.id;
  }
  const lastAt = (): number => progress.events.at(-1)?.at ?? 0;

  return {
    store,
    progress: () => progress,
    problem: () => problem,
    record: (card) => progress.cards.get(card),
    due: (cards, now) =>
      cards
        .flatMap((id) => progress.cards.get(id) ?? [])
        .filter((memory) => isDue(memory, now, progress.settings.retention))
        .sort((a, b) => retrievability(a, now) - retrievability(b, now))
        .map(({ id }) => id),
    nextDue: (cards, now) => {
      const times = cards.flatMap((id) => {
        const memory = progress.cards.get(id);
        return memory ? [dueAt(memory, progress.settings.retention)] : [];
      });
      return times.length > 0 ? Math.max(now, Math.min(...times)) : undefined;
    },
    intervals: (memory) => {
      const now = Date.now();
      const { settings } = progress;
      return nextIntervals(memory, now, settings.retention, latestReview(settings, now));
    },
    answeredSince: (card, since) => (progress.cards.get(card)?.last ?? 0) >= since,
    review: (card, given) =>
      record({ kind: 'review', card, ...given }, progress.cards.get(card)?.last ?? 0),
    undo: (of) =>
      record({ kind: 'undo', of }, progress.events.find(({ id }) => id === of)?.at ?? 0),
    mark: (card, mark, on) => record({ kind: 'mark', card, mark, on }, lastAt()),
    settings: (set) => record({ kind: 'settings', set }, lastAt()),
    reset: (scope) => record({ kind: 'reset', scope }, lastAt()),
    mock: (mock) => record({ kind: 'mock', ...mock }, lastAt()),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
