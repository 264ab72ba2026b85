/**
 * The one file that knows how Pagefind's runtime is used. It searches on the page's own thread (its
 * worker would be 12 KiB more to fetch for searches of a few milliseconds).
 */
import { LANG, type Locale } from '~/i18n/locale.ts';
import { segments } from './query.ts';
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
 * per loaded script, hence another address for each further instance.
 */
export async function openIndex(
  locale: Locale,
  facts: Promise<SearchIndexFacts | undefined>,
  address: '' | 'other' | 'again',
): Promise<Index> {
  if (address === 'again') await usePreloads();
  const script = FOLDER + (address ? `pagefind.js?${address}` : 'pagefind.js');
  const loading = import(/* @vite-ignore */ script) as Promise<Runtime>;
  const known = await facts;
  if (known) preload(FOLDER + known.meta);
  const runtime = await loading;
  const root = document.documentElement;
  const { lang } = root;
  root.lang = LANG[locale];
  const instance = runtime.createInstance({ noWorker: true, metaCacheTag: known?.tag ?? null });
  root.lang = lang;
  // The engine and the browser's dictionary of Chinese words wake up before the first query.
  instance.search(NOWHERE).catch(() => undefined);
  segments('显存');
  const results = async (query: string): Promise<readonly RawHit[]> =>
    (await instance.search(query)).results;
  return {
    search: results,
    phrase: (query) => results(`"${query.replaceAll('"', ' ')}"`),
    text: pageText,
  };
}

/** A preload that failed is handed to the next fetch as its failure; one fetch uses it up. */
async function usePreloads(): Promise<void> {
  const links = document.querySelectorAll<HTMLLinkElement>('link[rel=preload][as=fetch]');
  await Promise.allSettled([...links].map(({ href }) => fetch(href)));
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

/** A letter that no page has: nothing is fetched for it. */
const NOWHERE = 'ʘ';

/** Asks for a file that the runtime will ask for once it has read another one. */
function preload(href: string): void {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href });
  document.head.append(link);
}
