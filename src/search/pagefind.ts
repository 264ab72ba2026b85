/**
 * The one file that knows how Pagefind's runtime is used. It searches on the page's own thread (its
 * worker would be 12 KiB more to fetch for searches of a few milliseconds).
 */
import { LANG, type Locale } from '~/i18n/locale.ts';
import type { SearchIndexFacts } from './words.ts';

export interface PageText {
  /** Words between zero-width spaces (Chinese) or spaces. */
  content: string;
  meta: { title: string };
  anchors: readonly { element: string; id: string; text: string; location: number }[];
}

export interface RawHit {
  id: string;
  score: number;
}

export interface Index {
  search: (query: string) => Promise<readonly RawHit[]>;
  /** The same words side by side, as in the query. */
  phrase: (query: string) => Promise<readonly RawHit[]>;
  /** A page's text by its id; kept, whatever it was found by. */
  text: (id: string) => Promise<PageText>;
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
  return {
    search: results,
    phrase: (query) => results(`"${query.replaceAll('"', ' ')}"`),
    text: pageText,
  };
}

const texts = new Map<string, Promise<PageText>>();

/**
 * Read without the runtime, which cuts its own excerpts out of the whole text again for each search,
 * for longer than the search itself takes.
 */
function pageText(id: string): Promise<PageText> {
  let text = texts.get(id);
  if (!text) {
    text = fetchText(id);
    texts.set(id, text);
    text.catch(() => texts.delete(id));
  }
  return text;
}

/** Stands before the content; a host may have unpacked the file. */
const SIGNATURE = 'pagefind_dcd';

async function fetchText(id: string): Promise<PageText> {
  const response = await fetch(`${FOLDER}fragment/${id}.pf_fragment`);
  if (!response.ok) throw new Error(`${response.status} for the text of ${id}`);
  const file = await response.blob();
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const packed = first === 0x1f && second === 0x8b;
  const plain = packed ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file;
  const text = await new Response(plain as BodyInit).text();
  return JSON.parse(text.slice(SIGNATURE.length)) as PageText;
}

/** Asks for a file that the runtime will ask for once it has read another one. */
function preload(href: string): void {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href });
  document.head.append(link);
}
