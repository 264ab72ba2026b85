/** The order of the results. Pure: hits and names in, pages out. */
import { essence, plain, type Query } from './query.ts';
import { coverage } from './textMatch.ts';
import type { SearchPage } from './words.ts';

/** What the index says of a page. */
export interface PageHit {
  path: string;
  score: number;
}

export interface Hits {
  /** Pages that hold all words. */
  all: readonly PageHit[];
  /** For each clause of the query, the pages that hold it as written. */
  phrases: readonly (readonly PageHit[])[];
  /** Pages that hold most of the words; asked for only if the others are few. */
  most: readonly PageHit[];
}

export interface Ranked {
  path: string;
  tier: Tier;
  score: number;
}

/** Why a page stands where it stands; the lower the higher. */
export const TIER = {
  /** The query is a name of the page. */
  named: 0,
  /** It stands in one of its names. */
  inName: 1,
  /** All its words stand in title and names. */
  acrossNames: 2,
  /** One of the names makes up most of it. */
  aroundName: 3,
  /** The text holds it as written, or title and names hold most of it. */
  phrase: 4,
  /** The text holds all its words. */
  words: 5,
  /** The text holds most of its words. */
  some: 6,
} as const;
export type Tier = (typeof TIER)[keyof typeof TIER];

/** A query names a page if a name of the page makes up this much of it. */
const NAME_SHARE = 0.6;
/** So many of the query's words in title and names put a page beside those that hold the query as written. */
const NAME_COVERAGE = 0.6;

export function rankPages(
  query: Query,
  pages: readonly SearchPage[],
  { all, phrases, most }: Hits,
): Ranked[] {
  const scores = new Map([...all, ...most].map(({ path, score }) => [path, score]));
  const whole = new Set(all.map(({ path }) => path));
  const ranked = new Map<string, Ranked>();
  for (const [path, score] of scores) {
    ranked.set(path, { path, score, tier: whole.has(path) ? TIER.words : TIER.some });
  }
  const written = phrases.map((hits) => new Set(hits.map(({ path }) => path)));
  for (const path of written[0] ?? []) {
    if (written.every((paths) => paths.has(path))) {
      ranked.set(path, { path, score: scores.get(path) ?? 0, tier: TIER.phrase });
    }
  }
  const tierOf = nameTiers(query);
  for (const page of pages) {
    const { path } = page;
    const tier = tierOf(page);
    const before = ranked.get(path);
    if (tier === undefined || (before && before.tier < tier)) continue;
    ranked.set(path, { path, score: scores.get(path) ?? 0, tier });
  }
  return inOrder([...ranked.values()], pages);
}

export function inOrder(ranked: Ranked[], pages: readonly SearchPage[]): Ranked[] {
  const place = new Map(pages.map(({ path }, index) => [path, index]));
  const main = new Set(pages.filter(({ kind }) => kind === 'main').map(({ path }) => path));
  /** All words or most of them: what they say of the page decides, not their number. */
  const step = ({ tier }: Ranked): number => Math.min(tier, TIER.words);
  const topicFirst = ({ tier, path }: Ranked): number =>
    tier <= TIER.aroundName && tier !== TIER.acrossNames && main.has(path) ? 0 : 1;
  return ranked.sort(
    (a, b) =>
      step(a) - step(b) ||
      topicFirst(a) - topicFirst(b) ||
      b.score - a.score ||
      (place.get(a.path) ?? 0) - (place.get(b.path) ?? 0),
  );
}

/** Where a page stands by its title and names alone. */
function nameTiers(query: Query): (page: SearchPage) => Tier | undefined {
  const meant = essence(query);
  const asked = [...new Set([plain(query.text), plain(meant)])].filter(Boolean);
  return (page) => {
    const { known, joined } = namesOf(page);
    if (known.some((name) => asked.includes(name))) return TIER.named;
    const held = coverage(meant, joined);
    const within = (text: string): boolean =>
      weight(text) >= 3 && known.some((name) => name.includes(text));
    const around = (text: string): boolean =>
      known.some(
        (name) =>
          text.includes(name) && weight(name) >= 3 && weight(name) / weight(text) >= NAME_SHARE,
      );
    if (asked.some(within)) return TIER.inName;
    if (held > 0.99) return TIER.acrossNames;
    if (asked.some(around)) return TIER.aroundName;
    return held >= NAME_COVERAGE ? TIER.phrase : undefined;
  };
}

interface Names {
  known: readonly string[];
  joined: string;
}

const namesByPage = new WeakMap<SearchPage, Names>();

function namesOf(page: SearchPage): Names {
  const before = namesByPage.get(page);
  if (before) return before;
  const all = [page.title, ...page.names];
  const names = { known: all.map(plain).filter(Boolean), joined: all.join(' · ').toLowerCase() };
  namesByPage.set(page, names);
  return names;
}

/** A Chinese character says as much as two letters. */
function weight(text: string): number {
  return text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
}
