/** What the quiz is asked for stands in its address, so that other pages can link to a drill and a draw can be shared. */
import type { Deck } from './deck.ts';
import { type Filter, ONLY } from './queue.ts';

export type Wanted =
  | { mode: 'home' }
  | { mode: 'due' }
  | { mode: 'drill'; filter: Filter }
  | { mode: 'cards'; cards: string[] }
  | { mode: 'numeric'; drill: string; seed: number | undefined }
  | { mode: 'mock' }
  /** A report of the history, by the id of its event. */
  | { mode: 'report'; id: string };

const KINDS = ['open', 'choice', 'numeric'] as const;
/** Practises all calculations, mixed. */
export const MIXED = 'all';

/** Reads an address; what it cannot mean is left out. Never throws. */
export function readWanted(query: string, deck: Deck): Wanted {
  const asked = new URLSearchParams(query);
  const mode = asked.get('mode');
  if (mode === 'due' || mode === 'mock') return { mode };
  const report = asked.get('report');
  if (report) return { mode: 'report', id: report };
  const drill = asked.get('numeric');
  if (drill === MIXED || deck.cards.some((card) => card.drill === drill && drill)) {
    const seed = /^\d{1,6}$/.exec(asked.get('seed') ?? '')?.[0];
    return { mode: 'numeric', drill: drill ?? MIXED, seed: seed ? Number(seed) : undefined };
  }
  const filter: Filter = {};
  const topic = deck.topics.find(({ slug }) => slug === asked.get('topic'));
  if (topic) filter.topic = topic.slug;
  const level = ([1, 2, 3] as const).find((one) => String(one) === asked.get('level'));
  if (level) filter.level = level;
  const kind = KINDS.find((one) => one === asked.get('kind'));
  if (kind) filter.kind = kind;
  const only = ONLY.find((one) => one === asked.get('only'));
  if (only) filter.only = only;
  if (mode === 'drill') return { mode, filter };
  const card = deck.cards.find(({ id }) => id === asked.get('card'));
  return card ? { mode: 'cards', cards: [card.id] } : { mode: 'home' };
}

/** The address that leads back to what is shown. */
export function printWanted(wanted: Wanted): string {
  switch (wanted.mode) {
    case 'home':
    case 'cards':
      return '';
    case 'due':
    case 'mock':
      return `?mode=${wanted.mode}`;
    case 'report':
      return `?${new URLSearchParams([['report', wanted.id]])}`;
    case 'drill': {
      const filter = Object.entries(wanted.filter).map(([key, value]) => [key, String(value)]);
      return `?${new URLSearchParams([['mode', 'drill'], ...filter])}`;
    }
    case 'numeric': {
      const seed = wanted.seed === undefined ? [] : [['seed', String(wanted.seed)]];
      return `?${new URLSearchParams([['numeric', wanted.drill], ...seed])}`;
    }
  }
}
