/** The search as a reader meets it, in a real browser and through the site's own dialog. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { type Served, serve } from './serve.ts';

export interface Query {
  q: string;
  lang: 'en' | 'zh';
  page: string;
  kind: string;
}

interface Measured {
  /** From the key that opens the dialog. */
  openMs: number;
  /** From the query in the field. */
  typeMs: number;
  /** Until then, as they came over the line. */
  bytes: number;
  requests: number;
}

/** Medians over a few queries, each in a browser that has never seen the site. */
export interface SearchSpeed extends Measured {
  /** Of a keystroke after the first result. */
  nextMs: number;
  kib: number;
  mostKib: number;
  /** As `typeMs`, on a slow link. */
  slowMs: number;
}

const SLOW = { latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 } as const;
/** From the key that opens the dialog to the first letter: no hand is faster, and peers were measured so. */
const HANDS_MS = 240;
const ROUNDS = 8;

/** What the address of a link names it by, on either language's pages. */
export const pathOf = ({ lang, page }: Query): string =>
  `${lang === 'zh' ? '/zh' : ''}/${page.replace(/\/$/, '')}/`;

/** Serves a built folder, packed as a host does. */
export async function packedSite(folder: string, port: number): Promise<Served> {
  const served = await serve(folder, { port });
  const host = await packing(served.origin);
  return {
    origin: `http://localhost:${(host.address() as AddressInfo).port}`,
    stop: async () => {
      host.close();
      await served.stop();
    },
  };
}

/** Stands before the server and packs text as a host does; the files of the index come packed already. */
async function packing(from: string): Promise<Server> {
  const packed = new Map<string, { type: string; body: Buffer; encoding: string }>();
  const server = createServer(async ({ url = '/' }, response) => {
    let file = packed.get(url);
    if (!file) {
      const answer = await fetch(from + url);
      const type = answer.headers.get('content-type') ?? 'application/octet-stream';
      const body = Buffer.from(await answer.arrayBuffer());
      const text = /text|javascript|json|svg/.test(type);
      file = { type, body: text ? gzipSync(body) : body, encoding: text ? 'gzip' : 'identity' };
      if (answer.ok) packed.set(url, file);
    }
    response
      .writeHead(200, {
        'Content-Type': file.type,
        'Content-Encoding': file.encoding,
        'Content-Length': file.body.length,
        'Cache-Control': 'max-age=600',
      })
      .end(file.body);
  });
  return new Promise((ready) => {
    server.listen(0, () => ready(server));
  });
}

export async function searchSpeed(
  browser: Browser,
  origin: string,
  queries: readonly Query[],
  lang: Query['lang'],
): Promise<SearchSpeed> {
  const all = queries.filter((query) => query.lang === lang && query.kind !== 'other-language');
  const step = Math.max(1, Math.floor(all.length / ROUNDS));
  const sample = all.filter((_, index) => index % step === 0).slice(0, ROUNDS);
  const fast: Measured[] = [];
  const next: number[] = [];
  const slow: Measured[] = [];
  for (const query of sample) {
    const once = await fresh(browser, origin, lang, async (page) => {
      fast.push(await firstResult(page, query));
      next.push(...(await nextKeystrokes(page, query)));
    });
    await once.close();
    const throttled = await fresh(browser, origin, lang, async (page) => {
      const client = await page.context().newCDPSession(page);
      await client.send('Network.enable');
      await client.send('Network.emulateNetworkConditions', { offline: false, ...SLOW });
      slow.push(await firstResult(page, query));
    });
    await throttled.close();
  }
  const bytes = fast.map((one) => one.bytes);
  return {
    openMs: median(fast.map(({ openMs }) => openMs)),
    typeMs: median(fast.map(({ typeMs }) => typeMs)),
    nextMs: median(next),
    bytes: median(bytes),
    kib: median(bytes) / 1024,
    mostKib: Math.max(...bytes) / 1024,
    requests: median(fast.map(({ requests }) => requests)),
    slowMs: median(slow.map(({ typeMs }) => typeMs)),
  };
}

/** A page in a browser that has never seen the site. */
export async function fresh(
  browser: Browser,
  origin: string,
  lang: 'en' | 'zh',
  use: (page: Page) => Promise<void>,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  await page.goto(`${origin}/${lang === 'zh' ? 'zh/' : ''}`, { waitUntil: 'networkidle' });
  await use(page);
  return context;
}

/** Opens the dialog by its key, types the query and waits for the page it must find. */
async function firstResult(page: Page, query: Query): Promise<Measured> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const loaded: { at: number; bytes: number }[] = [];
  client.on('Network.loadingFinished', ({ encodedDataLength }) => {
    loaded.push({ at: Date.now(), bytes: encodedDataLength });
  });
  await page.evaluate(watch, pathOf(query));
  await page.keyboard.press('/');
  await page.waitForTimeout(HANDS_MS);
  await page.keyboard.insertText(query.q);
  const found = page.waitForFunction(() => 'found' in document.documentElement.dataset);
  await found.catch(() => {
    throw new Error(`“${query.q}” does not find ${pathOf(query)}`);
  });
  const {
    opened,
    typed,
    found: shown,
    foundAt,
  } = (await page.evaluate(() => ({
    ...document.documentElement.dataset,
  }))) as Record<string, string>;
  const counted = loaded.filter(({ at }) => at <= Number(foundAt));
  return {
    openMs: Number(shown) - Number(opened),
    typeMs: Number(shown) - Number(typed),
    bytes: counted.reduce((sum, { bytes }) => sum + bytes, 0),
    requests: counted.length,
  };
}

/** Runs in the page: notes when the dialog was opened, when it was typed, when the result stood there. */
function watch(path: string): void {
  const notes = document.documentElement.dataset;
  for (const name of ['opened', 'typed', 'found', 'foundAt']) delete notes[name];
  addEventListener('keydown', () => (notes['opened'] ??= String(performance.now())), true);
  addEventListener('input', () => (notes['typed'] ??= String(performance.now())), true);
  const observer = new MutationObserver(() => {
    const titles = [...document.querySelectorAll<HTMLAnchorElement>('.search-title')];
    if (!notes['typed'] || !titles.slice(0, 3).some(({ pathname }) => pathname.endsWith(path)))
      return;
    observer.disconnect();
    // Painted, not only in the document.
    requestAnimationFrame(() => {
      notes['found'] = String(performance.now());
      notes['foundAt'] = String(Date.now());
    });
  });
  observer.observe(document.body, { childList: true, subtree: true, attributes: true });
}

/** Letters deleted and typed again, each until the results of just that query stand there. */
async function nextKeystrokes(page: Page, { q }: Query): Promise<number[]> {
  const times: number[] = [];
  for (const value of [q.slice(0, -1), q, q.slice(0, -2), q]) {
    if (value.trim().length < 2) continue;
    times.push(
      await page.evaluate(async (text) => {
        const input = document.querySelector<HTMLInputElement>('[data-search] [name=q]');
        const start = performance.now();
        if (input) input.value = text;
        input?.dispatchEvent(new InputEvent('input', { bubbles: true }));
        while (!document.querySelector(`[data-answered=${CSS.escape(text)}]`))
          await new Promise(requestAnimationFrame);
        return performance.now() - start;
      }, value),
    );
  }
  // The first of them may ask for parts of the index that were never needed before.
  return times.slice(1);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
