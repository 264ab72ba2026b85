import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../../src/commands/chromium.mjs';
import type { StoredEvent } from '../../src/progress/events.ts';
import { expect, test } from './quiet.ts';

/** The store on a page of its own, in the browser it is written for: real disks, quotas and deaths. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGES: Record<string, string> = {
  idb: 'node_modules/idb/build/index.js',
  'ts-fsrs': 'node_modules/ts-fsrs/dist/index.mjs',
};

type Store = import('../../src/progress/store.ts').ProgressStore;
declare global {
  interface Window {
    store: Store;
    confirmed(n: number): Promise<void>;
  }
}

/** Serves the modules as they are written, types stripped, on an empty page. */
async function serveModules(context: BrowserContext): Promise<void> {
  await context.route('**/store-under-test/**', async (route) => {
    const path = new URL(route.request().url()).pathname.replace('/store-under-test/', '');
    if (path === '')
      return route.fulfill({ contentType: 'text/html', body: '<title>store</title>' });
    const text = await readFile(join(root, path), 'utf8');
    const script = path.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
    const body = script.replace(/from '([a-z-]+)'/g, (whole, name) =>
      PACKAGES[name] ? `from '/store-under-test/${PACKAGES[name]}'` : whole,
    );
    return route.fulfill({ contentType: 'text/javascript', body });
  });
}

async function openPage(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/store-under-test/`);
  await page.evaluate(async () => {
    const path = '/store-under-test/src/progress/store.ts';
    const { openStore } = (await import(path)) as typeof import('../../src/progress/store.ts');
    window.store = await openStore();
  });
}

const idsOf = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await window.store.all()).map(({ id }) => id));

const event = (n: number, prefix = 'event', extra = {}): StoredEvent => ({
  id: `${prefix}-${String(n).padStart(5, '0')}`,
  at: Date.UTC(2026, 10, 24) + n,
  v: 1,
  kind: 'review',
  card: 'mp-001',
  grade: 3,
  ms: 1000,
  ...extra,
});

/** Browsers to end when the test does, however it ends. */
const running: (() => Promise<void>)[] = [];

/** A browser of its own with its profile on the disk; `kill` ends it as a power cut would. */
async function ownBrowser(profile: string) {
  const child = spawn(
    findChromium() ?? 'chromium',
    [...CHROMIUM_ARGS, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`],
    // A group of its own: the helpers, which hold the disk, die with it.
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      process.kill(-(child.pid as number), 'SIGKILL');
    }
    await ended;
  };
  running.push(kill);
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (part) => {
      said += part;
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.on('exit', () => reject(new Error(said)));
  });
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0] as BrowserContext;
  await serveModules(context);
  return { context, kill };
}

test('a browser killed while it writes loses at most the event in flight', async ({ baseURL }) => {
  const profile = await mkdtemp(join(tmpdir(), 'killed-'));
  try {
    const first = await ownBrowser(profile);
    const page = await first.context.newPage();
    let confirmed = 0;
    const enough = new Promise<void>((resolve) => {
      void page.exposeFunction('confirmed', (n: number) => {
        confirmed = n;
        if (n >= 40) resolve();
      });
    });
    await openPage(page, baseURL ?? '');
    const events = Array.from({ length: 2000 }, (_, n) => event(n));
    // Never awaited: it ends with the browser.
    page
      .evaluate(async (all) => {
        for (const [i, one] of all.entries()) {
          await window.store.append(one);
          await window.confirmed(i + 1);
        }
      }, events)
      .catch(() => {});
    await enough;
    await first.kill();

    const second = await ownBrowser(profile);
    const again = await second.context.newPage();
    await openPage(again, baseURL ?? '');
    const found = await idsOf(again);
    expect(found).toEqual(events.slice(0, found.length).map(({ id }) => id));
    expect(found.length).toBeGreaterThanOrEqual(40);
    expect(found.length - confirmed).toBeLessThanOrEqual(1);
  } finally {
    await Promise.all(running.splice(0).map((kill) => kill()));
    await rm(profile, { recursive: true, force: true });
  }
});

test('two tabs that write at once both have everything', async ({ context, page, baseURL }) => {
  await serveModules(context);
  const other = await context.newPage();
  await Promise.all([openPage(page, baseURL ?? ''), openPage(other, baseURL ?? '')]);
  const write = (tab: Page, prefix: string) =>
    tab.evaluate(
      async (events) => {
        for (const one of events) await window.store.append(one);
      },
      Array.from({ length: 50 }, (_, n) => event(n, prefix)),
    );
  await Promise.all([write(page, 'here'), write(other, 'there')]);
  await expect.poll(async () => (await idsOf(page)).length).toBe(100);
  await expect.poll(async () => (await idsOf(other)).length).toBe(100);
  expect(await idsOf(page)).toEqual(await idsOf(other));
  await openPage(page, baseURL ?? '');
  expect(await idsOf(page)).toEqual(await idsOf(other));
});

test('a full disk is a clear error; what did not fit is kept and stored once there is room', async ({
  context,
  page,
  baseURL,
}) => {
  await serveModules(context);
  await openPage(page, baseURL ?? '');
  const browser = await context.newCDPSession(page);
  const origin = baseURL ?? '';
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 });
  const large = event(1, 'large', { kind: 'foreign', text: '' });
  const problem = await page.evaluate(async (one) => {
    // Nothing a disk could compress.
    const random = Array.from({ length: 6_000_000 }, () => Math.random().toString(36)[2]).join('');
    try {
      await window.store.append({ ...one, text: random });
    } catch (error) {
      return [(error as { problem: string }).problem, window.store.problem];
    }
    return [];
  }, large);
  expect(problem).toEqual(['quota', 'quota']);
  expect(await idsOf(page)).toEqual([large.id]);
  await browser.send('Storage.overrideQuotaForOrigin', { origin });
  await page.evaluate((one) => window.store.append(one), event(2));
  expect(await page.evaluate(() => window.store.problem)).toBeUndefined();
  await openPage(page, baseURL ?? '');
  expect(await idsOf(page)).toEqual([large.id, event(2).id]);
});

test('storage cleared beneath an open page is written anew with the next event', async ({
  context,
  page,
  baseURL,
}) => {
  await serveModules(context);
  await openPage(page, baseURL ?? '');
  await page.evaluate((events) => window.store.appendAll(events), [event(1), event(2)]);
  const browser = await context.newCDPSession(page);
  await browser.send('Storage.clearDataForOrigin', {
    origin: baseURL ?? '',
    storageTypes: 'indexeddb',
  });
  await page.evaluate((one) => window.store.append(one), event(3));
  await openPage(page, baseURL ?? '');
  expect(await idsOf(page)).toEqual([1, 2, 3].map((n) => event(n).id));
});
