/**
 * The one file that knows how Pagefind's runtime is used. It searches on the page's own thread (its
 * worker would be 12 KiB more to fetch for searches of a few milliseconds).
 */
import { LANG, type Locale } from '~/i18n/locale.ts';
import type { SearchIndexFacts } from './words.ts';

export interface PageText {
  /** Words between zero-width spaces (Chinese) or spaces, `<` and `>` escaped. */
  raw_content: string;
  meta: { title: string };
  anchors: readonly { element: string; id: string; text: string; location: number }[];
}

export interface RawHit {
  id: string;
  score: number;
  data: () => Promise<PageText>;
}

export interface Index {
  search: (query: string) => Promise<readonly RawHit[]>;
  /** The same words side by side, as in the query. */
  phrase: (query: string) => Promise<readonly RawHit[]>;
}

interface Runtime {
  createInstance: (options: object) => {
    search: (query: string) => Promise<{ results: readonly RawHit[] }>;
  };
}

const FOLDER = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/pagefind/`;

/**
 * The index of one language. Pagefind takes the language from the page and ignores what it is told,
 * so the page pretends to be in that language while the instance is made; and it keeps one engine
 * per loaded script, hence the second address for the second language.
 */
export async function openIndex(
  locale: Locale,
  facts: SearchIndexFacts | undefined,
  own: boolean,
): Promise<Index> {
  if (facts) preload(FOLDER + facts.meta);
  const script = `${FOLDER}pagefind.js${own ? '' : `?${locale}`}`;
  const runtime = (await import(/* @vite-ignore */ script)) as Runtime;
  const root = document.documentElement;
  const { lang } = root;
  root.lang = LANG[locale];
  const instance = runtime.createInstance({ noWorker: true, metaCacheTag: facts?.tag ?? null });
  root.lang = lang;
  const results = async (query: string): Promise<readonly RawHit[]> =>
    (await instance.search(query)).results;
  return { search: results, phrase: (query) => results(`"${query.replaceAll('"', ' ')}"`) };
}

/** Asks for a file that the runtime will ask for once it has read another one. */
function preload(href: string): void {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href });
  document.head.append(link);
}
