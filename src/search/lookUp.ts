/** One query against one language's index and names. */
import type { Locale } from '~/i18n/locale.ts';
import type { Hyphens } from './hyphens.ts';
import { isKnown, type Vocabulary } from './nearest.ts';
import type { Index, RawHit } from './pagefind.ts';
import { essence, isAsking, latinWords, type Query, segments } from './query.ts';
import { type PageHit, type Ranked, rankPages, TIER } from './rank.ts';
import { holdsWord } from './textMatch.ts';
import type { SearchWords } from './words.ts';

/** One language: its words and its index. */
export interface Side {
  locale: Locale;
  words: SearchWords;
  vocabulary: () => Vocabulary;
  hyphens: () => Hyphens;
  /** Page by the id that Pagefind gives it, and the other way round. */
  paths: ReadonlyMap<string, string>;
  ids: ReadonlyMap<string, string>;
  index: Index;
}

export interface Look {
  query: Query;
  side: Side;
  ranked: readonly Ranked[];
  partly: boolean;
}

/** A page must hold this much of the words, rare words counting more, or nearly as much as the best page. */
const MOST_SHARE = 0.5;
const NEARLY = 0.9;

export async function lookUp(query: Query, side: Side): Promise<Look> {
  const { index, words } = side;
  const pages = (hits: readonly RawHit[]): PageHit[] =>
    hits.flatMap(({ id, score }): PageHit[] => {
      const path = side.paths.get(id);
      return path === undefined ? [] : [{ path, score }];
    });
  const nothing = { all: [], phrases: [], most: [] };
  if (!isAsking(query)) {
    return { query, side, ranked: rankPages(query, words.pages, nothing), partly: false };
  }
  const [first, ...written] = await Promise.all([
    index.search(query.text),
    ...query.clauses.map((clause) => phraseHits(clause, side)),
  ]);
  let all = pages(first ?? []);
  const phrases = written.map(pages);
  const meant = essence(query);
  if (all.length === 0 && meant !== query.text) all = pages(await index.search(meant));
  let ranked = rankPages(query, words.pages, { all, phrases, most: [] });
  if (!ranked.some(({ tier }) => tier <= TIER.phrase)) {
    const most = await mostWords(meant, index, words.pages.length, pages);
    ranked = rankPages(query, words.pages, { all, phrases, most });
  }
  return { query, side, ranked, partly: ranked.every(({ tier }) => tier === TIER.some) };
}

/** Pages with the word. Pagefind takes the beginning of a word that stands nowhere for the word: such hits are none. */
export async function wordHits(word: string, index: Index): Promise<readonly RawHit[]> {
  const hits = await index.phrase(word);
  const [best] = hits;
  return best && holdsWord(word, (await index.text(best.id)).content) ? hits : [];
}

/** A phrase as typed, and with its hyphens as spaces or its spaces as hyphens. */
async function phraseHits(clause: string, { index, vocabulary }: Side): Promise<readonly RawHit[]> {
  if (/^\p{Script=Latin}+$/u.test(clause) && !isKnown(clause.toLowerCase(), vocabulary())) {
    return wordHits(clause, index);
  }
  const spaced = clause.replace(/(?<=\p{L})-(?=\p{L})/gu, ' ');
  const hyphened = /^[\w-]+(?: [\w-]+){1,2}$/.test(clause) ? clause.replaceAll(' ', '-') : clause;
  const ways = [...new Set([clause, spaced, hyphened])];
  const found = (await Promise.all(ways.map(index.phrase))).flat();
  return [...new Map(found.map((hit) => [hit.id, hit])).values()];
}

/** Pages that hold most of the words, looked for one by one: what each word says of a page is added up. */
async function mostWords(
  meant: string,
  index: Index,
  size: number,
  pages: (hits: readonly RawHit[]) => PageHit[],
): Promise<PageHit[]> {
  const units = unitsOf(meant);
  if (units.length < 2) return [];
  const found = await Promise.all(
    units.map(async (unit) => {
      const hits = pages(await index.search(unit));
      if (!/\p{Script=Han}{2}/u.test(unit)) return hits;
      const side = new Set(pages(await index.phrase(unit)).map(({ path }) => path));
      return hits.filter(({ path }) => side.has(path));
    }),
  );
  const held = new Map<string, { share: number; score: number }>();
  let sum = 0;
  for (const hits of found) {
    if (hits.length === 0) continue;
    const rarity = Math.log(1 + size / hits.length);
    sum += rarity;
    for (const { path, score } of hits) {
      const before = held.get(path) ?? { share: 0, score: 0 };
      held.set(path, { share: before.share + rarity, score: before.score + score });
    }
  }
  const best = Math.max(0, ...[...held.values()].map(({ share }) => share));
  return [...held]
    .filter(([, { share }]) => share >= Math.min(sum * MOST_SHARE, best * NEARLY))
    .map(([path, { share, score }]) => ({ path, score: (score * share) / sum }));
}

/** Words to look for one by one; single Chinese characters are joined to pairs, alone they say too little. */
function unitsOf(meant: string): string[] {
  const units = latinWords(meant);
  for (const run of meant.match(/\p{Script=Han}+/gu) ?? []) {
    let singles = '';
    const flush = (): void => {
      for (let at = 0; at + 1 < singles.length; at += 1) units.push(singles.slice(at, at + 2));
      singles = '';
    };
    for (const segment of segments(run)) {
      if (segment.length === 1) singles += segment;
      else {
        flush();
        units.push(segment);
      }
    }
    flush();
  }
  return [...new Set(units)];
}
