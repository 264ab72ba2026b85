/** What the search knows before the index is asked: words of the interface, titles, names and glossary. */
import type { Key } from '~/i18n/index.ts';

export interface SearchWords {
  texts: SearchTexts;
  topics: readonly { slug: string; short: string }[];
  /** Topics in reading order, then their questions. */
  pages: readonly SearchPage[];
  /** Names of one thing in both languages, this language's first. */
  terms: readonly (readonly string[])[];
  /** Written when the pages have been indexed. */
  index?: SearchIndexFacts;
}

export interface SearchPage {
  /** Pagefind's id of the page; written when the pages have been indexed. */
  id?: string;
  /** Below the language's root: 'topics/deepspeed/'. */
  path: string;
  title: string;
  topic: string;
  kind: 'main' | 'open' | 'choice' | 'numeric';
  /** 0 for a topic's main question. */
  level: 0 | 1 | 2 | 3;
  /** Other names of the page, from its front matter. */
  names: readonly string[];
}

export interface SearchIndexFacts {
  /** Changes with the index, so that its entry file can be kept like any other. */
  tag: string;
  /** The file that the entry file names, so that both can be asked for at once. */
  meta: string;
}

/** The words of the interface that the search prints with its results. */
export const SEARCH_TEXTS = [
  'search.topic',
  'search.level',
  'search.allTopics',
  'search.allLevels',
  'search.results',
  'search.count',
  'search.count.one',
  'search.none',
  'search.nearest',
  'search.corrected',
  'search.partly',
  'search.start',
  'search.more',
  'search.fullPage',
  'search.keys',
  'search.otherLanguage',
  'questions.main',
  'level.1',
  'level.2',
  'level.3',
  'kind.open',
  'kind.choice',
  'kind.numeric',
] as const satisfies readonly Key[];
export type SearchTextKey = (typeof SEARCH_TEXTS)[number];
export type SearchTexts = Readonly<Record<SearchTextKey, string>>;

/** The file with one language's words, below the site's root. */
export function wordsFile(locale: string): string {
  return `search/words-${locale}.json`;
}

/** say('{n} results', { n: 3 }) → '3 results'. */
export function say(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark));
}
