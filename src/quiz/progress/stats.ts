/** What the page of progress shows, counted from the fold. Pure: time and deck come in. */
import type { Progress } from '../../progress/fold.ts';
import { DAY, dueAt, endOfDay, retrievability } from '../../progress/schedule.ts';
import type { Deck, DeckCard } from '../deck.ts';

export interface DayCount {
  /** A moment within the day, epoch ms. */
  day: number;
  count: number;
}

/** The end of the day of study that lies `ahead` days from now's, by the clock on the wall. */
function dayEnd(now: number, ahead: number): number {
  const end = new Date(endOfDay(now));
  end.setDate(end.getDate() + ahead);
  return end.getTime();
}

/** Cards that fall due in each of the coming days, today first; what is overdue counts as today. */
export function forecast(progress: Progress, now: number, days: number): DayCount[] {
  const ends = Array.from({ length: days }, (_, ahead) => dayEnd(now, ahead));
  const counts = ends.map((end) => ({ day: end - DAY / 2, count: 0 }));
  for (const card of progress.cards.values()) {
    const due = dueAt(card, progress.settings.retention);
    const index = ends.findIndex((end) => due < end);
    const day = counts[index];
    if (day) day.count += 1;
  }
  return counts;
}

/** Reviews made in each of the last days, today last. */
export function reviewsPerDay(progress: Progress, now: number, days: number): DayCount[] {
  const ends = Array.from({ length: days + 1 }, (_, index) => dayEnd(now, index - days));
  const counts = ends.slice(1).map((end) => ({ day: end - DAY / 2, count: 0 }));
  for (const { at } of progress.reviews) {
    const index = ends.findIndex((end) => at < end) - 1;
    // A clock that was set back leaves reviews in the future: they are today's.
    const day = at >= (ends.at(-1) ?? 0) ? counts.at(-1) : counts[index];
    if (day) day.count += 1;
  }
  return counts;
}

export interface TopicRecall {
  topic: string;
  cards: number;
  seen: number;
  /** Mean chance to recall a card that was seen, 0 to 1; undefined when none was. */
  recall: number | undefined;
  /** The same at another moment, over all cards of the topic: one never seen counts 0. */
  onTheDay: number | undefined;
}

export function recallByTopic(
  progress: Progress,
  deck: Deck,
  now: number,
  moment: number | undefined,
): TopicRecall[] {
  return deck.topics.map(({ slug }) => {
    const cards = deck.cards.filter(({ topic }) => topic === slug);
    const seen = cards.flatMap(({ id }) => progress.cards.get(id) ?? []);
    const sum = (at: number): number =>
      seen.reduce((total, card) => total + retrievability(card, at), 0);
    return {
      topic: slug,
      cards: cards.length,
      seen: seen.length,
      recall: seen.length > 0 ? sum(now) / seen.length : undefined,
      onTheDay: moment === undefined || cards.length === 0 ? undefined : sum(moment) / cards.length,
    };
  });
}

/** Upper ends of the bands of stability, in days; the last is open. */
export const STABILITY_BANDS = [1, 3, 7, 14, 30, 90, Number.POSITIVE_INFINITY] as const;

/** How many cards hold for how long. */
export function stabilityBands(progress: Progress): number[] {
  const counts = STABILITY_BANDS.map(() => 0);
  for (const { stability } of progress.cards.values()) {
    const band = STABILITY_BANDS.findIndex((end) => stability < end);
    counts[band] = (counts[band] ?? 0) + 1;
  }
  return counts;
}

export interface HardCard {
  card: DeckCard;
  missed: number;
  of: number;
}

/** Cards missed most often, by share, then by number. */
export function hardest(progress: Progress, deck: Deck, atMost: number): HardCard[] {
  const tally = new Map<string, { missed: number; of: number }>();
  for (const { card, grade } of progress.reviews) {
    const sum = tally.get(card) ?? { missed: 0, of: 0 };
    tally.set(card, { missed: sum.missed + (grade === 1 ? 1 : 0), of: sum.of + 1 });
  }
  return deck.cards
    .flatMap((card) => {
      const sum = tally.get(card.id);
      return sum && sum.missed > 0 ? [{ card, ...sum }] : [];
    })
    .sort((a, b) => b.missed / b.of - a.missed / a.of || b.missed - a.missed)
    .slice(0, atMost);
}

/** Reviews made since the last export. */
export const sinceExport = ({ reviews, settings }: Progress): number =>
  reviews.filter(({ at }) => at > settings.exported).length;

/** From so many on, the page asks for an export. */
export const EXPORT_AFTER = 50;
