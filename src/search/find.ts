/** From what a reader typed to pages in order, over one index or both. */
import type { Locale } from '~/i18n/locale.ts';
import { isKnown, nearestName, nearestWord, spelled, type Vocabulary, vocabularyOf } from './nearest.ts';
import { type Index, openIndex, type PageText, type RawHit } from './pagefind.ts';
import { essence, isAsking, latinWords, type Query, readQuery } from './query.ts';
import { merged, type PageHit, type Ranked, rankPages, TIER } from './rank.ts';
import { holdsWord } from './textMatch.ts';
import { type SearchWords, wordsFile } from './words.ts';

export interface Found {
  /** What was looked for in the end: the query, or the query better spelled. */
  query: Query;
  /** True if `query` is not what the reader typed. */
  corrected: boolean;
  ranked: readonly Ranked[];
  /** The text of a page that was found, and its language. */
  textOf: (path: string) => Promise<FoundText | undefined>;
}

export interface FoundText {
  text: PageText;
  locale: Locale;
}

export interface Finder {
  words: Promise<SearchWords>;
  find: (raw: string) => Promise<Found>;
}

/** One language: its words and, as soon as it is there, its index. */
interface Side {
  locale: Locale;
  words: SearchWords;
  vocabulary: Vocabulary;
  index: Index;
}

interface SideHits {
  ranked: Ranked[];
  raw: ReadonlyMap<string, RawHit>;
}

/** Fewer pages than this that hold all words: those that hold most of them are looked for too. */
const FEW = 3;
const MOST_SHARE = 0.5;

export function createFinder(locale: Locale): Finder {
  const own = openSide(locale, true);
  let other: Promise<Side> | undefined;
  const otherSide = (): Promise<Side> => {
    other ??= openSide(locale === 'en' ? 'zh' : 'en', false).side;
    other.catch(() => {
      other = undefined;
    });
    return other;
  };

  async function find(raw: string): Promise<Found> {
    const side = await own.side;
    const query = readQuery(raw);
    const mine = await lookUp(query, side);
    if (locale === 'en' && query.hasHan) {
      const theirs = await otherSide();
      return both(query, side, mine, theirs, await correctedHan(query, mine, theirs));
    }
    if (isGood(mine)) return foundOn(query, false, side, mine);
    if (locale === 'zh' && !query.hasHan) {
      const theirs = await otherSide();
      const hits = await lookUp(query, theirs);
      if (isGood(hits)) return both(query, side, mine, theirs, { query, corrected: false, hits });
    }
    const better = await respelled(query, side);
    if (better) {
      const hits = await lookUp(better, side);
      if (hits.ranked.length > 0) return foundOn(better, true, side, hits);
    }
    if (query.hasHan) {
      const again = await correctedHan(query, mine, side);
      return foundOn(again.query, again.corrected, side, again.hits);
    }
    return foundOn(query, false, side, mine);
  }

  return { words: own.words, find };
}

function openSide(locale: Locale, own: boolean): { words: Promise<SearchWords>; side: Promise<Side> } {
  const words = fetchWords(locale);
  const side = words.then(async (all): Promise<Side> => {
    const index = await openIndex(locale, all.index, own);
    return { locale, words: all, vocabulary: vocabularyOf(all), index };
  });
  return { words, side };
}

async function fetchWords(locale: Locale): Promise<SearchWords> {
  const base = import.meta.env.BASE_URL.replace(/\/$/, '');
  const response = await fetch(`${base}/${wordsFile(locale)}`);
  if (!response.ok) throw new Error(`${response.status} for the search words`);
  return (await response.json()) as SearchWords;
}

/** A name, a title or the very words were hit: no need to doubt the spelling. */
function isGood({ ranked }: SideHits): boolean {
  return ranked.some(({ tier }) => tier <= TIER.phrase);
}

function foundOn(query: Query, corrected: boolean, side: Side, hits: SideHits): Found {
  const textOf = async (path: string): Promise<FoundText | undefined> => {
    const text = await hits.raw.get(path)?.data();
    return text && { text, locale: side.locale };
  };
  return { query, corrected, ranked: hits.ranked, textOf };
}

function both(
  query: Query,
  side: Side,
  mine: SideHits,
  theirs: Side,
  again: { query: Query; corrected: boolean; hits: SideHits },
): Found {
  const own = foundOn(query, false, side, mine);
  const foreign = foundOn(again.query, again.corrected, theirs, again.hits);
  return {
    ...foreign,
    ranked: merged(mine.ranked, again.hits.ranked, side.words.pages),
    textOf: async (path) => (await foreign.textOf(path)) ?? own.textOf(path),
  };
}

async function lookUp(query: Query, side: Side): Promise<SideHits> {
  const raw = new Map<string, RawHit>();
  const pages = (hits: readonly RawHit[]): PageHit[] =>
    hits.flatMap((hit): PageHit[] => {
      const path = side.words.index?.paths[hit.id];
      if (path === undefined) return [];
      if (!raw.has(path)) raw.set(path, hit);
      return [{ path, score: hit.score }];
    });
  if (!isAsking(query)) return { ranked: rankPages(query, side.words.pages, NOTHING), raw };
  const [first, ...written] = await Promise.all([
    side.index.search(query.text),
    ...query.clauses.map((clause) => phraseHits(clause, side.index)),
  ]);
  let all = pages(first ?? []);
  const meant = essence(query);
  if (all.length === 0 && meant !== query.text) all = pages(await side.index.search(meant));
  const phrases = written.map(pages);
  const most = all.length < FEW ? await mostWords(meant, side, pages) : [];
  return { ranked: rankPages(query, side.words.pages, { all, phrases, most }), raw };
}

const NOTHING = { all: [], phrases: [], most: [] };

/** A phrase as typed, and with its hyphens as spaces or its spaces as hyphens. */
async function phraseHits(clause: string, index: Index): Promise<readonly RawHit[]> {
  const spaced = clause.replace(/(?<=\p{L})-(?=\p{L})/gu, ' ');
  const hyphened = /^[\w-]+(?: [\w-]+){1,2}$/.test(clause) ? clause.replaceAll(' ', '-') : clause;
  const ways = [...new Set([clause, spaced, hyphened])];
  const found = (await Promise.all(ways.map(index.phrase))).flat();
  return [...new Map(found.map((hit) => [hit.id, hit])).values()];
}

/** Pages that hold at least half of the words, rare words counting more. */
async function mostWords(
  meant: string,
  { index, words }: Side,
  pages: (hits: readonly RawHit[]) => PageHit[],
): Promise<PageHit[]> {
  const units = unitsOf(meant);
  if (units.length < 2) return [];
  const found = await Promise.all(
    units.map(async (unit) =>
      pages(await (/\p{Script=Han}{2}/u.test(unit) ? index.phrase(unit) : index.search(unit))),
    ),
  );
  const held = new Map<string, number>();
  let sum = 0;
  for (const hits of found) {
    if (hits.length === 0) continue;
    const rarity = Math.log(1 + words.pages.length / hits.length);
    sum += rarity;
    for (const { path } of hits) held.set(path, (held.get(path) ?? 0) + rarity);
  }
  return [...held]
    .filter(([, value]) => value >= sum * MOST_SHARE)
    .map(([path, score]) => ({ path, score }));
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
    for (const { segment } of new Intl.Segmenter('zh-CN', { granularity: 'word' }).segment(run)) {
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

/** The query with its unknown words replaced by the nearest known ones, if there are any. */
async function respelled(query: Query, side: Side): Promise<Query | undefined> {
  let text = query.text;
  for (const word of spelled(query.text)) {
    if (isKnown(word, side.vocabulary) || (await isInTexts(word, side.index))) continue;
    const better = nearestWord(word, side.vocabulary);
    if (better) text = text.replace(new RegExp(word, 'i'), better);
  }
  return text === query.text ? undefined : readQuery(text);
}

/** True if a page has the word, or one that begins with it. (The index also offers the beginning of a word for it.) */
async function isInTexts(word: string, index: Index): Promise<boolean> {
  if ((await index.phrase(word)).length > 0) return true;
  const [best] = await index.search(word);
  return Boolean(best && holdsWord(word, (await best.data()).raw_content));
}

/** A Chinese name with one wrong character (混和精度), if the query itself stands nowhere. */
async function correctedHan(
  query: Query,
  known: SideHits,
  side: Side,
): Promise<{ query: Query; corrected: boolean; hits: SideHits }> {
  const hits = await lookUp(query, side);
  if (!isGood(known) && !isGood(hits)) {
    const better = query.words.reduce(
      (text, word) => text.replace(word, nearestName(word, side.vocabulary) ?? word),
      query.text,
    );
    if (better !== query.text) {
      const again = readQuery(better);
      const found = await lookUp(again, side);
      if (isGood(found)) return { query: again, corrected: true, hits: found };
    }
  }
  return { query, corrected: false, hits };
}
