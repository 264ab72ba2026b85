/**
 * What the service worker knows of the site: every file of one build with the hash of its bytes. A file
 * with other bytes is of another version and is never kept beside these.
 */
import { LOCALES, type Locale } from '../i18n/locale.ts';

/**
 * Which of them a reader is given without asking: `core` always, `site` and one's own language at the
 * first visit, `asked` (decks for Anki, pictures, big data) only what was opened once.
 */
export const GROUPS = ['core', 'site', 'en', 'zh', 'asked'] as const;
export type Group = (typeof GROUPS)[number];

export interface KeptFile {
  /** Below the site's base: 'zh/about/', '_astro/x.js'. */
  path: string;
  group: Group;
  /** sha256-…, as in `integrity`. */
  hash: string;
}

/** A file that is not a page is kept unasked up to this size. */
const MOST_BYTES = 300_000;

/** Read by hosts, crawlers and previews of links, never by a page. */
const UNREAD =
  /^(?:_headers|og\/.*|robots\.txt|sw\.js|sitemap.*|.*\.(?:atom|rss|xml)|licenses\.txt)$/;

/** 'zh/about/index.html' → 'zh/about/'. */
export const addressOf = (file: string): string => file.replace(/(^|\/)index\.html$/, '$1');

/** Undefined for what no page reads. `core` files are named by the pages that say one is offline. */
export function groupOf(file: string, bytes: number, core: ReadonlySet<string>): Group | undefined {
  if (UNREAD.test(file) || file === '404.html') return undefined;
  if (core.has(file)) return 'core';
  if (file.endsWith('.html')) return file.startsWith('zh/') ? 'zh' : 'en';
  if (bytes > MOST_BYTES || /^(?:anki|og|screenshots)\/|\.(?:png|webp|jpe?g|txt)$/.test(file)) {
    return 'asked';
  }
  // A search looks into both languages' indexes; the quiz reads one language's deck.
  return (/^quiz\/deck-(en|zh)\.json$/.exec(file)?.[1] as Locale | undefined) ?? 'site';
}

/** What a reader of one language downloads unasked, in bytes, compressed with gzip. */
export const MOST_DOWNLOAD = 3_000_000;

/** A question's page, and the parts of the search index that only a search asks for. */
const OF_QUESTIONS = /^(?:(?:zh\/)?questions\/[^/]+\/[^/]+|pagefind\/(?:fragment|index))\//;

/**
 * The files as they are while they fit. Thousands of questions do not: each is kept once it was opened,
 * as big files are, and topics, labs and the rest still come unasked.
 */
export function fitting<F extends { file: string; group: Group; packed: number }>(
  files: readonly F[],
): readonly F[] {
  const fits = LOCALES.every((locale) => {
    const groups = groupsFor([locale]);
    const given = files.filter(({ group }) => groups.has(group));
    return given.reduce((sum, { packed }) => sum + packed, 0) <= MOST_DOWNLOAD;
  });
  if (fits) return files;
  return files.map((one) =>
    one.group !== 'core' && OF_QUESTIONS.test(one.file) ? { ...one, group: 'asked' } : one,
  );
}

/** Groups that a page in this language needs to go on without a network. */
export const groupsFor = (locales: Iterable<Locale>): Set<Group> =>
  new Set<Group>(['core', 'site', ...locales]);

export interface Wish {
  files: readonly KeptFile[];
  /** Languages of the pages that are open. */
  locales: Iterable<Locale>;
  /** Paths that the version before keeps. */
  kept: ReadonlySet<string>;
  /** The reader's browser asks sites to save data. */
  saveData: boolean;
}

/** What a new version keeps before it takes over: what the reader's pages need, and all that was kept before. */
export function wanted({ files, locales, kept, saveData }: Wish): KeptFile[] {
  const groups: ReadonlySet<Group> = saveData ? new Set<Group>(['core']) : groupsFor(locales);
  return files.filter(
    ({ group, path }) => groups.has(group) || (group !== 'asked' && kept.has(path)),
  );
}

/** The path of an address below the base, as files are listed; undefined for another site's. */
export function listed(address: string, base: string): string | undefined {
  const url = new URL(address);
  const root = new URL(base);
  if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return undefined;
  try {
    return decodeURI(url.pathname.slice(root.pathname.length));
  } catch {
    return undefined;
  }
}
