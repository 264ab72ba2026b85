import {
  compareEvents,
  type Grade,
  isOurs,
  type Mark,
  type MockEvent,
  type ResetEvent,
  type ReviewEvent,
  type Settings,
  type StoredEvent,
  topicOf,
  type UndoEvent,
} from './events.ts';
import { type Memory, reviewInPlace } from './schedule.ts';

/** A card that was reviewed at least once since it was last reset. */
export interface Card extends Memory {
  readonly id: string;
  /** The last grade; 1 is "missed". */
  readonly grade: Grade;
  /** Key points missed at the last review: what the next one shows first. */
  readonly missed: readonly string[];
}

/** What the events amount to. Never changed in place: `add` makes a new one. */
export interface Progress {
  /** Every event, foreign ones too, in the order in which they count. */
  readonly events: readonly StoredEvent[];
  readonly cards: ReadonlyMap<string, Card>;
  /** Cards with at least one mark. */
  readonly marks: ReadonlyMap<string, ReadonlySet<Mark>>;
  readonly settings: Settings;
  /** Reviews that count: neither undone nor reset. In order. */
  readonly reviews: readonly ReviewEvent[];
  /** Mock interviews that count, in order. */
  readonly mocks: readonly MockEvent[];
  /** Events of other kinds or newer versions, kept and not interpreted. */
  readonly foreign: number;
  /** What was taken back; `add` needs it. */
  readonly cancelled: Cancelled;
}

/** Ids that were undone, and the last reset of each scope. */
interface Cancelled {
  readonly undone: ReadonlySet<string>;
  /** Every id an undo names, also one that is not here yet or an undo that was undone. */
  readonly named: ReadonlySet<string>;
  readonly all: ResetEvent | undefined;
  readonly topics: ReadonlyMap<string, ResetEvent>;
  readonly cards: ReadonlyMap<string, ResetEvent>;
}

export const DEFAULT_SETTINGS: Settings = Object.freeze({
  interview: null,
  minutes: 20,
  retention: 0.9,
  exported: 0,
});

/**
 * Progress from events in any order, each any number of times; the same events give the same progress.
 *
 * An undo takes back the event it names if that one counts before it, whatever came between. A reset
 * takes back the reviews and marks before it in its scope (for all: mock interviews too, not settings).
 */
export function fold(given: Iterable<StoredEvent>): Progress {
  const events = inOrder(given);
  const cancelled = findCancelled(events);
  const cards = new Map<string, OwnCard>();
  const marks = new Map<string, Set<Mark>>();
  const settings = { ...DEFAULT_SETTINGS };
  const reviews: ReviewEvent[] = [];
  const mocks: MockEvent[] = [];
  let foreign = 0;
  for (const event of events) {
    if (!isOurs(event)) foreign += 1;
    else if (!counts(event, cancelled)) continue;
    else if (event.kind === 'review') {
      reviews.push(event);
      const card = cards.get(event.card);
      if (card) answered(card, event);
      else cards.set(event.card, answered(undefined, event));
    } else if (event.kind === 'mark') {
      const kept = marks.get(event.card) ?? new Set();
      if (event.on) kept.add(event.mark);
      else kept.delete(event.mark);
      if (kept.size > 0) marks.set(event.card, kept);
      else marks.delete(event.card);
    } else if (event.kind === 'settings') Object.assign(settings, event.set);
    else if (event.kind === 'mock') mocks.push(event);
  }
  return { events, cards, marks, settings, reviews, mocks, foreign, cancelled };
}

/**
 * The progress after one more event: equal to `fold` of all of them. Reviews, and undos of reviews, in
 * whatever order they arrive, cost only their own card; other events fold anew.
 */
export function add(progress: Progress, event: StoredEvent): Progress {
  const { events } = progress;
  const at = placeOf(events, event);
  if (events[at]?.id === event.id) return progress;
  const all = inserted(events, at, event);
  if (!isOurs(event)) return fold(all);
  // The undo of a review can arrive before it, from another tab or a file.
  if (event.kind === 'review' && !progress.cancelled.named.has(event.id)) {
    return withReview(progress, all, event);
  }
  // Whether an undo that is not the last event is itself undone, only a fold knows.
  if (event.kind === 'undo' && at === events.length) {
    const target = events.find(({ id }) => id === event.of);
    if (target && isOurs(target) && target.kind === 'review') {
      const undone = new Set(progress.cancelled.undone).add(target.id);
      const named = new Set(progress.cancelled.named).add(target.id);
      return withCard(progress, all, target.card, { ...progress.cancelled, undone, named });
    }
  }
  return fold(all);
}

/** One more review; replays the card when others were made after it. */
function withReview(
  progress: Progress,
  events: readonly StoredEvent[],
  event: ReviewEvent,
): Progress {
  if (!counts(event, progress.cancelled)) return { ...progress, events };
  const card = progress.cards.get(event.card);
  if (card && event.at <= card.last) {
    return withCard(progress, events, event.card, progress.cancelled);
  }
  const cards = new Map(progress.cards).set(event.card, answered(card && { ...card }, event));
  const reviews = inserted(progress.reviews, placeOf(progress.reviews, event), event);
  return { ...progress, events, cards, reviews };
}

/** Replays one card. */
function withCard(
  progress: Progress,
  events: readonly StoredEvent[],
  id: string,
  cancelled: Cancelled,
): Progress {
  let card: OwnCard | undefined;
  const own = new Set<StoredEvent>();
  for (const event of events) {
    if (event.kind !== 'review' || event['card'] !== id || !isOurs(event)) continue;
    if (event.kind !== 'review' || !counts(event, cancelled)) continue;
    own.add(event);
    card = answered(card, event);
  }
  const cards = new Map(progress.cards);
  if (card) cards.set(id, card);
  else cards.delete(id);
  const reviews = progress.reviews.filter((event) => event.card !== id || own.delete(event));
  for (const event of own) {
    reviews.splice(placeOf(reviews, event), 0, event as ReviewEvent);
  }
  return { ...progress, events, cards, reviews, cancelled };
}

type OwnCard = { -readonly [K in keyof Card]: Card[K] };

/** Changes a card nobody else holds, or makes one. */
function answered(card: OwnCard | undefined, event: ReviewEvent): OwnCard {
  const own = card ?? {
    phase: 'new',
    step: 0,
    stability: 0,
    difficulty: 0,
    last: 0,
    stepDue: 0,
    reps: 0,
    lapses: 0,
    id: event.card,
    grade: event.grade,
    missed: NONE,
  };
  reviewInPlace(own, event.grade, event.at);
  own.grade = event.grade;
  own.missed = event.missed ?? NONE;
  return own;
}

const NONE: readonly string[] = Object.freeze([]);

/** In the order in which they count, each once. */
export function inOrder(given: Iterable<StoredEvent>): StoredEvent[] {
  const events = [...given];
  let ordered = true;
  for (let i = 1; i < events.length && ordered; i += 1) {
    ordered = compareEvents(events[i - 1] as StoredEvent, events[i] as StoredEvent) < 0;
  }
  if (ordered) return events;
  events.sort(compareEvents);
  return events.filter(({ id }, i) => i === 0 || events[i - 1]?.id !== id);
}

/** A copy with one more item. `concat` copies a block of memory; `toSpliced` goes item by item. */
const inserted = <T>(list: readonly T[], at: number, item: T): T[] =>
  at === list.length ? list.concat([item]) : list.toSpliced(at, 0, item);

/** Where an event stands, or would stand, in a sorted list. */
function placeOf(events: readonly StoredEvent[], event: StoredEvent): number {
  let low = 0;
  let high = events.length;
  if (high > 0 && compareEvents(events[high - 1] as StoredEvent, event) < 0) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareEvents(events[middle] as StoredEvent, event) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function findCancelled(events: readonly StoredEvent[]): Cancelled {
  const undos: UndoEvent[] = [];
  const resets: ResetEvent[] = [];
  for (const event of events) {
    if (!isOurs(event)) continue;
    if (event.kind === 'undo') undos.push(event);
    else if (event.kind === 'reset') resets.push(event);
  }
  const undone = new Set<string>();
  if (undos.length > 0) {
    const targets = new Map<string, StoredEvent | undefined>(
      undos.map(({ of }) => [of, undefined]),
    );
    for (const event of events) if (targets.has(event.id)) targets.set(event.id, event);
    // From the last to the first: what could undo an undo is settled before it.
    for (const undo of undos.toReversed()) {
      const target = targets.get(undo.of);
      if (target && !undone.has(undo.id) && compareEvents(target, undo) < 0) undone.add(target.id);
    }
  }
  let all: ResetEvent | undefined;
  const topics = new Map<string, ResetEvent>();
  const cards = new Map<string, ResetEvent>();
  for (const reset of resets) {
    if (undone.has(reset.id)) continue;
    if (reset.scope === 'all') all = reset;
    else if ('topic' in reset.scope) topics.set(reset.scope.topic, reset);
    else cards.set(reset.scope.card, reset);
  }
  return { undone, named: new Set(undos.map(({ of }) => of)), all, topics, cards };
}

/** Whether an event was neither undone nor reset. */
function counts(event: StoredEvent, { undone, all, topics, cards }: Cancelled): boolean {
  if (undone.size > 0 && undone.has(event.id)) return false;
  const before = (reset: ResetEvent | undefined): boolean =>
    reset !== undefined && compareEvents(event, reset) < 0;
  if (event.kind === 'review' || event.kind === 'mark') {
    const card = event['card'] as string;
    if (before(all)) return false;
    if (topics.size > 0 && before(topics.get(topicOf(card)))) return false;
    return cards.size === 0 || !before(cards.get(card));
  }
  return event.kind !== 'mock' || !before(all);
}
