/** A found page as it is shown and linked to. */
import type { Locale } from '~/i18n/locale.ts';
import { href } from '~/i18n/routes.ts';
import type { FoundText } from './find.ts';
import { likeness } from './nearest.ts';
import { type Excerpt, marked, pageCoverage, passagesOf } from './passages.ts';
import { readQuery } from './query.ts';
import type { SearchPage, SearchWords } from './words.ts';

/** A query and what narrows it; empty strings narrow nothing. */
export interface Asked {
  query: string;
  topic: string;
  level: string;
}

export interface Result {
  page: SearchPage;
  title: readonly string[];
  href: string;
  /** What stands before the first heading, if that was hit. */
  lead: Excerpt | undefined;
  passages: readonly ResultPassage[];
  /** How much of the query the page holds. */
  coverage: number;
}

export interface ResultPassage extends Excerpt {
  heading: readonly string[];
  refuted: boolean;
  href: string;
  /** Set if the passage is in the other language. */
  foreign: Locale | undefined;
}

export function resultOf(
  path: string,
  words: SearchWords,
  locale: Locale,
  found: FoundText,
): Result | undefined {
  const page = words.pages.find((candidate) => candidate.path === path);
  if (!page) return undefined;
  const query = found.query.text;
  const own = found.locale === locale;
  const passages = found.text ? passagesOf(found.text, query) : [];
  const lead = passages.find(({ anchor }) => anchor === undefined);
  return {
    page,
    title: marked(page.title, own ? query : ''),
    href: linkTo(path, locale, own ? query : ''),
    lead: own && !(page.kind === 'main' && lead?.parts.length === 1) ? lead : undefined,
    passages: passages
      .filter((passage) => passage.anchor !== undefined || (!own && passage === lead))
      .map(({ anchor, ...passage }) => ({
        ...passage,
        href: linkTo(path, found.locale, query, anchor),
        foreign: own ? undefined : found.locale,
      })),
    coverage: found.text ? pageCoverage(found.text, query) : 0,
  };
}

/** Without a query: the topics, or what the filters leave. */
export function browse(words: SearchWords, { topic, level }: Asked, locale: Locale): Result[] {
  return words.pages
    .filter((page) =>
      topic || level
        ? (!topic || page.topic === topic) && (!level || String(page.level) === level)
        : page.kind === 'main',
    )
    .flatMap(({ path }) => resultOf(path, words, locale, unasked(locale)) ?? []);
}

function unasked(locale: Locale): FoundText {
  return { text: undefined, query: readQuery(''), locale };
}

/** The topics whose names are most like a query that finds nothing. */
export function nearestTopics(query: string, words: SearchWords, locale: Locale): Result[] {
  return words.pages
    .filter(({ kind }) => kind === 'main')
    .map((page) => ({
      page,
      value: Math.max(...[page.title, ...page.names].map((name) => likeness(name, query))),
    }))
    .sort((a, b) => b.value - a.value)
    .slice(0, 3)
    .flatMap(({ page }) => resultOf(page.path, words, locale, unasked(locale)) ?? []);
}

/** The query goes along, so that the page can show where it was hit. */
export function linkTo(path: string, locale: Locale, query: string, anchor?: string): string {
  const search = query ? `?${new URLSearchParams({ q: query })}` : '';
  return `${href(locale, path)}${search}${anchor ? `#${anchor}` : ''}`;
}

/** The page of the search with a query and filters in its address. */
export function addressOf(page: string, { query, topic, level }: Asked): string {
  const chosen = Object.entries({ q: query.trim(), topic, level }).filter(([, value]) => value);
  return chosen.length > 0 ? `${page}?${new URLSearchParams(chosen)}` : page;
}
