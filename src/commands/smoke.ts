/**
 * Asks a published site for what readers, search engines and other sites need, and says what is missing.
 *
 *   node src/commands/smoke.ts https://host/base/ [--wait seconds]
 *
 * --wait repeats the first request until the host answers with the site, as a deployment takes a while.
 * Ends with 1 when something is wrong. Needs nothing but the address, so it also runs against a local server.
 */
import { parseArgs } from 'node:util';

const SAMPLED_ADDRESSES = 24;
const HEADERS = [
  'content-security-policy',
  'strict-transport-security',
  'x-content-type-options',
  'referrer-policy',
  'permissions-policy',
  'cross-origin-opener-policy',
  'cache-control',
];
/** Pages that must be there whatever else is: a page of each kind, without language. */
const PAGES = [
  '',
  'topics/mixed-precision/',
  'questions/',
  'questions/deepspeed/what-each-stage-shards/',
  'labs/zero/',
  'quiz/',
  'search/',
];
const LANGUAGES = { '': 'en', 'zh/': 'zh-CN' };

export interface Outcome {
  passed: string[];
  failed: string[];
  /** What the home page's response states, for the record: a static host may not let headers be set. */
  headers: Record<string, string>;
}

type Get = (url: string) => Promise<Response>;

/** Checks the site at `root`, which ends in a slash. Rejects only when `get` is not asked at all. */
export async function smoke(root: URL, get: Get = fetch): Promise<Outcome> {
  const passed: string[] = [];
  const failed: string[] = [];
  const check = async (what: string, run: () => Promise<string | undefined>): Promise<void> => {
    const problem = await run().catch((error: Error) => `${error.message}${cause(error)}`);
    if (problem) failed.push(`${what}: ${problem}`);
    else passed.push(what);
  };
  const at = (path: string): string => new URL(path, root).href;
  const load = async (path: string): Promise<Response> => {
    const response = await get(at(path));
    if (!response.ok) throw new Error(`${at(path)} answers ${response.status}`);
    return response;
  };

  for (const [folder, language] of Object.entries(LANGUAGES)) {
    for (const page of PAGES) {
      const path = `${folder}${page}`;
      await check(`page /${path}`, async () => {
        const response = await load(path);
        const html = await response.text();
        const type = response.headers.get('content-type') ?? '';
        if (!/^text\/html\b/.test(type)) return `content type ${type || 'missing'}`;
        if (!html.includes(`<html lang="${language}"`)) return `its language is not ${language}`;
        return mixedContent(html) ?? foreignAddress(html, root);
      });
    }
  }
  await check('home page’s own files', async () => {
    const files = ownFiles(await (await load('')).text());
    if (files.length === 0) return 'no stylesheet and no script';
    for (const file of files) {
      const response = await get(new URL(file, root).href);
      if (!response.ok) return `${file} answers ${response.status}`;
    }
    return undefined;
  });
  await check('a missing page answers 404 with the site’s own page', async () => {
    const response = await get(at('no-such-page-anywhere/'));
    if (response.status !== 404) return `answers ${response.status}`;
    return (await response.text()).includes('id="main"') ? undefined : 'not the site’s own page';
  });
  await check('search index in both languages', async () => {
    const entry = (await (await load('pagefind/pagefind-entry.json')).json()) as {
      languages?: Record<string, { hash: string }>;
    };
    for (const language of Object.values(LANGUAGES)) {
      const index = entry.languages?.[language.toLowerCase()];
      if (!index) return `none in ${language}`;
      await load(`pagefind/pagefind.${index.hash}.pf_meta`);
    }
    await load('pagefind/pagefind.js');
    return undefined;
  });
  await check('decks of the quiz', async () => {
    for (const locale of ['en', 'zh']) {
      const deck = (await (await load(`quiz/deck-${locale}.json`)).json()) as { cards?: unknown[] };
      if (!deck.cards?.length) return `deck-${locale}.json holds no card`;
    }
    return undefined;
  });
  await check('feeds of changes', async () => {
    for (const folder of Object.keys(LANGUAGES)) {
      const feed = await (await load(`${folder}feed.xml`)).text();
      if (!feed.includes('<entry>')) return `${folder}feed.xml holds no entry`;
    }
    return undefined;
  });
  await check('robots.txt names the sitemap', async () => {
    const robots = await (await load('robots.txt')).text();
    return robots.includes('Sitemap: ') ? undefined : robots.slice(0, 80);
  });
  await check(`sitemap, ${SAMPLED_ADDRESSES} of its addresses and their images`, async () => {
    const sitemap = await (await load('sitemap.xml')).text();
    const listed = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url = '']) => url);
    if (listed.length === 0) return 'it lists nothing';
    // A site checked before it is published elsewhere names its future address.
    const built = shortest(listed);
    for (const url of sample(listed, SAMPLED_ADDRESSES)) {
      const page = await load(url.slice(built.length));
      const image = /property="og:image" content="([^"]*)"/.exec(await page.text())?.[1];
      if (!image?.startsWith(built)) return `${url} names no image of this site`;
      await load(image.slice(built.length));
    }
    return undefined;
  });
  await check('service worker, if there is one', async () => {
    const html = await (await load('')).text();
    const manifest = /<link[^>]*rel="manifest"[^>]*href="([^"]*)"/.exec(html)?.[1];
    if (!manifest) return undefined;
    await load(new URL(manifest, root).href);
    const worker = await load('sw.js');
    const type = worker.headers.get('content-type') ?? '';
    return /javascript/.test(type) ? undefined : `content type ${type || 'missing'}`;
  });
  const home = await get(at('')).catch(() => undefined);
  const headers = Object.fromEntries(
    HEADERS.map((name) => [name, home?.headers.get(name) ?? 'not set']),
  );
  return { passed, failed, headers };
}

const cause = (error: Error): string =>
  error.cause instanceof Error ? ` (${error.cause.message})` : '';

/** Something a page under https loads by http, which browsers refuse. */
export function mixedContent(html: string): string | undefined {
  const loaded = /<(?:script|img|iframe|source|link)\b[^>]*\s(?:src|href)="(http:[^"]*)"/g;
  for (const [tag, url = ''] of html.matchAll(loaded)) {
    const shown = tag.startsWith('<link') && /rel="(?:canonical|alternate)"/.test(tag);
    if (!shown) return `loads ${url} unencrypted`;
  }
  return undefined;
}

/** A link that starts at the host's root although the site stands in a folder. */
function foreignAddress(html: string, root: URL): string | undefined {
  for (const [, url = ''] of html.matchAll(/\s(?:href|src)="(\/[^"]*)"/g)) {
    if (!url.startsWith(root.pathname)) return `${url} leaves ${root.pathname}`;
  }
  return undefined;
}

function ownFiles(html: string): string[] {
  return [
    ...html.matchAll(/<(?:link|script)\b[^>]*\s(?:href|src)="(\/[^"]*\.(?:css|js|svg))"/g),
  ].map(([, url = '']) => url);
}

/** The home page's address: where the build was told that the site will stand. */
function shortest(urls: readonly string[]): string {
  return urls.reduce((best, url) => (url.length < best.length ? url : best));
}

/** `count` of the list, evenly spread over it. */
export function sample<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, n) => list[Math.floor((n * list.length) / count)]!);
}

async function waitFor(root: URL, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    const response = await fetch(root).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((done) => setTimeout(done, 3000));
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { wait: { type: 'string', default: '0' } },
  });
  const [address] = positionals;
  if (!address || !URL.canParse(address)) {
    console.error('which site? node src/commands/smoke.ts https://host/base/');
    process.exit(2);
  }
  const root = new URL(address.endsWith('/') ? address : `${address}/`);
  await waitFor(root, Number(values.wait));
  const { passed, failed, headers } = await smoke(root);
  for (const line of passed) console.log(`  ok      ${line}`);
  for (const line of failed) console.log(`  FAILED  ${line}`);
  console.log('\n  headers of the home page');
  for (const [name, value] of Object.entries(headers)) console.log(`    ${name}: ${value}`);
  console.log(`\n  ${passed.length} passed, ${failed.length} failed`);
  if (failed.length > 0) process.exitCode = 1;
}
