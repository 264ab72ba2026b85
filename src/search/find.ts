/** From what a reader typed to pages in order, over one index or both. */
import type { Locale } from '~/i18n/locale.ts';
import { hyphened, hyphensOf } from './hyphens.ts';
import { type Look, lookUp, type Side, wordHits } from './lookUp.ts';
import { isKnown, nearestName, nearestWord, spelled, vocabularyOf } from './nearest.ts';
import { openIndex, type PageText } from './pagefind.ts';
import { type Query, readQuery } from './query.ts';
import { inOrder, type Ranked, rankPages, TIER } from './rank.ts';
import { holdsWord } from './textMatch.ts';
import { translated } from './translate.ts';
import { type SearchWords, wordsFile } from './words.ts';

export interface Found {
  /** What was looked for instead, if the query itself stands nowhere. */
  better: string | undefined;
  ranked: readonly Ranked[];
  /** True if no page holds all of the query's words. */
  partly: boolean;
  /** The text of a page and the words by which it was found. */
  textOf: (path: string) => Promise<FoundText>;
}

export interface FoundText {
  text: PageText | undefined;
  query: Query;
  locale: Locale;
}

export interface Finder {
  words: Promise<SearchWords>;
  /** True once the index has answered: from then on it answers as fast as names do. */
  isWarm: () => boolean;
  find: (raw: string) => Promise<Found>;
}

/** With fewer pages than this it is worth looking in the other language too. */
const FEW = 3;
/** A word that stands this often in titles and names is no rare word. */
const COMMON = 5;

/** `again`: after a failure, past what browser and caches remember of it. */
export function createFinder(locale: Locale, again = false): Finder {
  const own = openSide(locale, again ? 'again' : '');
  let other: Promise<Side> | undefined;
  const otherSide = (): Promise<Side> => {
    other ??= openSide(locale === 'en' ? 'zh' : 'en', 'other').side;
    other.catch(() => {
      other = undefined;
    });
    return other;
  };

  let warm = false;
  own.side.then((side) => setTimeout(() => wakeUp(side)), ignore);

  async function find(raw: string): Promise<Found> {
    const found = await findAnywhere(raw);
    warm = true;
    return found;
  }

  async function findAnywhere(raw: string): Promise<Found> {
    const side = await own.side;
    const query = hyphened(readQuery(raw), side.hyphens());
    const looks = [await lookUp(query, side)];
    const here = translated(query, side.words.terms);
    if (here) looks.push(await lookUp(here, side));
    const isForeign = locale === 'en' ? (here ?? query).hasHan : !query.hasHan && query.hasLatin;
    if (isForeign && (locale === 'en' || !isGood(looks) || count(looks) < FEW)) {
      looks.push(await lookUp(query, await otherSide()));
    }
    if (isGood(looks)) return together(looks);
    const better = (await respelled(query, side)) ?? renamed(query, looks);
    const again = better && (await Promise.all(looks.map((look) => lookUp(better, look.side))));
    if (better && again?.some(({ ranked }) => ranked.length > 0))
      return together(again, better.text);
    return together(looks);
  }

  return { words: own.words, isWarm: () => warm, find };
}

/** Names are prepared and patterns compiled while the reader begins to type. */
function wakeUp(side: Side): void {
  const query = hyphened(readQuery('ZeRO-3显存'), side.hyphens());
  translated(query, side.words.terms);
  rankPages(query, side.words.pages, { all: [], phrases: [], most: [] });
}

/** What fails here fails again, and is told, where it is used. */
function ignore(): void {}

function openSide(
  locale: Locale,
  address: '' | 'other' | 'again',
): { words: Promise<SearchWords>; side: Promise<Side> } {
  const words = fetchWords(locale, address === 'again' ? 'reload' : 'default');
  const index = openIndex(
    locale,
    words.then(({ index: facts }) => facts),
    address,
  );
  const side = Promise.all([words, index]).then(([all, opened]): Side => {
    const paths = new Map(all.pages.map(({ id = '', path }) => [id, path]));
    const ids = new Map(all.pages.map(({ id = '', path }) => [path, id]));
    const vocabulary = once(() => vocabularyOf(all));
    const hyphens = once(() => hyphensOf(all));
    return { locale, words: all, vocabulary, hyphens, paths, ids, index: opened };
  });
  return { words, side };
}

/** Computed when it is first asked for. */
function once<T>(compute: () => T): () => T {
  let known: { value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

async function fetchWords(locale: Locale, cache: RequestCache): Promise<SearchWords> {
  const base = import.meta.env.BASE_URL.replace(/\/$/, '');
  const response = await fetch(`${base}/${wordsFile(locale)}`, { cache });
  if (!response.ok) throw new Error(`${response.status} for the search words`);
  return (await response.json()) as SearchWords;
}

/** A name, a title or the very words were hit: no need to doubt the spelling. */
function isGood(looks: readonly Look[]): boolean {
  return looks.some(({ ranked }) => ranked.some(({ tier }) => tier <= TIER.phrase));
}

function count(looks: readonly Look[]): number {
  return new Set(looks.flatMap(({ ranked }) => ranked.map(({ path }) => path))).size;
}

/** Several looks as one list: a page stands where its best look puts it. */
function together(looks: readonly Look[], better?: string): Found {
  const best = new Map<string, { ranked: Ranked; look: Look }>();
  for (const look of looks) {
    for (const ranked of look.ranked) {
      const known = best.get(ranked.path);
      if (!known || ranked.tier < known.ranked.tier) best.set(ranked.path, { ranked, look });
    }
  }
  const pages = looks[0]?.side.words.pages ?? [];
  return {
    better,
    ranked: inOrder(
      [...best.values()].map(({ ranked }) => ranked),
      pages,
    ),
    partly: looks.every(({ partly }) => partly),
    textOf: async (path) => {
      const { query, side } = best.get(path)?.look ?? (looks[0] as Look);
      const id = side.ids.get(path);
      return { text: id ? await side.index.text(id) : undefined, query, locale: side.locale };
    },
  };
}

/** The query with words that stand nowhere, or hardly anywhere, replaced by the nearest common ones. */
async function respelled(query: Query, side: Side): Promise<Query | undefined> {
  let text = query.text;
  for (const word of spelled(query.text)) {
    const better = nearestWord(word, side.vocabulary());
    if (better && (await isSlip(word, better, side))) {
      text = text.replace(new RegExp(word, 'i'), better);
    }
  }
  return text === query.text ? undefined : readQuery(text);
}

/**
 * True if no page has the word or one that begins with it (the index also offers the beginning of a
 * word for it), or if one page alone has it, as an expected slip, and the better word is common.
 */
async function isSlip(word: string, better: string, side: Side): Promise<boolean> {
  const pages = (await wordHits(word, side.index)).length;
  if (pages > 0) return pages === 1 && (side.vocabulary().get(better) ?? 0) >= COMMON;
  if (isKnown(word, side.vocabulary())) return false;
  const [best] = await side.index.search(word);
  return !best || !holdsWord(word, (await side.index.text(best.id)).content);
}

/** The query with a Chinese name that has one wrong character (混和精度) put right. */
function renamed(query: Query, looks: readonly Look[]): Query | undefined {
  const side = looks.find(({ side: { locale } }) => locale === 'zh')?.side;
  if (!side) return undefined;
  const text = query.words.reduce(
    (sofar, word) => sofar.replace(word, nearestName(word, side.vocabulary()) ?? word),
    query.text,
  );
  return text === query.text ? undefined : readQuery(text);
}
