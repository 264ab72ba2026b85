/** The order of the results. Pure: hits and names in, pages out. */
import { essence, plain, type Query } from './query.ts';
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
export const TIER = { named: 0, inName: 1, phrase: 2, words: 3, some: 4 } as const;
export type Tier = (typeof TIER)[keyof typeof TIER];

/** A query names a page if a name of the page makes up this much of it. */
const NAME_SHARE = 0.6;

export function rankPages(
  query: Query,
  pages: readonly SearchPage[],
  { all, phrases, most }: Hits,
): Ranked[] {
  const scores = new Map(most.map(({ path, score }) => [path, score]));
  for (const { path, score } of all) scores.set(path, score);
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
  for (const page of pages) {
    const tier = nameTier(query, page);
    const { path } = page;
    if (tier !== undefined) ranked.set(path, { path, score: scores.get(path) ?? 0, tier });
  }
  return inOrder([...ranked.values()], pages);
}

/** Two languages' results as one list: a page stands where its better language puts it. */
export function merged(
  own: readonly Ranked[],
  other: readonly Ranked[],
  pages: readonly SearchPage[],
): Ranked[] {
  const best = new Map(own.map((ranked) => [ranked.path, ranked]));
  for (const ranked of other) {
    const mine = best.get(ranked.path);
    const tier = Math.min(mine?.tier ?? ranked.tier, ranked.tier) as Tier;
    best.set(ranked.path, { ...ranked, tier, score: Math.max(mine?.score ?? 0, ranked.score) });
  }
  return inOrder([...best.values()], pages);
}

function inOrder(ranked: Ranked[], pages: readonly SearchPage[]): Ranked[] {
  const place = new Map(pages.map(({ path }, index) => [path, index]));
  const main = new Set(pages.filter(({ kind }) => kind === 'main').map(({ path }) => path));
  const topicFirst = ({ tier, path }: Ranked): number =>
    tier === TIER.named && main.has(path) ? 0 : 1;
  return ranked.sort(
    (a, b) =>
      a.tier - b.tier ||
      topicFirst(a) - topicFirst(b) ||
      b.score - a.score ||
      (place.get(a.path) ?? 0) - (place.get(b.path) ?? 0),
  );
}

/** Where a page stands by its title and names alone. */
export function nameTier(query: Query, { title, names }: SearchPage): Tier | undefined {
  const asked = [...new Set([plain(query.text), plain(essence(query))])].filter(Boolean);
  const known = [title, ...names].map(plain).filter(Boolean);
  if (known.some((name) => asked.includes(name))) return TIER.named;
  const within = asked.some(
    (text) => weight(text) >= 3 && known.some((name) => holds(name, text)),
  );
  if (within) return TIER.inName;
  const around = asked.some((text) =>
    known.some(
      (name) =>
        weight(name) >= 3 && text.includes(name) && weight(name) / weight(text) >= NAME_SHARE,
    ),
  );
  return around ? TIER.inName : undefined;
}

/** A Chinese character says as much as two letters. */
function weight(text: string): number {
  return text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
}

function holds(name: string, text: string): boolean {
  return name.includes(text);
}
