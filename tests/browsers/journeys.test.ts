import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serve } from '../../src/commands/serve.ts';
import { builtPages } from '../content/pages.ts';
import { PAGE_KINDS } from '../e2e/kinds.ts';
import { type Browser, ENGINES, until } from './drivers.ts';

const dist = fileURLToPath(new URL(`../../${process.env['OUT_DIR'] ?? 'dist'}`, import.meta.url));
let site: Served;

beforeAll(async () => {
  site = await serve(dist);
});
afterAll(() => site.stop());

// All but the one that says "not found".
const pages = builtPages(dist).length - 1;
const labs = readdirSync(`${dist}/labs`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

for (const [name, start] of Object.entries(ENGINES)) {
  describe(name, () => {
    let browser: Browser;
    const open = (path: string): Promise<void> => browser.open(`${site.origin}/${path}`);
    const has = (selector: string): Promise<void> => until(browser, there(selector));

    beforeAll(async () => {
      browser = await start();
      await browser.resize(1280, 900);
    }, 120_000);
    afterAll(() => browser?.close());

    test('the theme that is chosen stays, and recall mode folds the answers', async () => {
      await open('topics/deepspeed/');
      await browser.click('details.theme summary');
      await browser.click('details.theme label:has([value=dark])');
      const dark = `getComputedStyle(document.documentElement).colorScheme === 'dark'`;
      await until(browser, dark);
      await browser.click('[data-recall-toggle]');
      await until(browser, `document.documentElement.dataset.recall === ''`);
      await open('zh/topics/deepspeed/');
      expect(await browser.evaluate(dark)).toBe(true);
      expect(await browser.evaluate(`document.documentElement.dataset.recall`)).toBe('');
      await browser.click('[data-recall-toggle]');
      await until(browser, `document.documentElement.dataset.recall === undefined`);
    });

    test('the search opens with a key and finds in both languages', async () => {
      for (const [page, query, found] of [
        ['about/', '零冗余', '/topics/deepspeed/'],
        ['zh/about/', '混合精度训练的原理', '/zh/topics/mixed-precision/'],
      ] as const) {
        await open(page);
        // Keys go to a page that has been touched.
        await browser.click('h1');
        await browser.press('/');
        await until(browser, `document.activeElement?.name === 'q'`);
        await browser.type('[data-search] [name=q]', query);
        await has(`[data-search] [data-answered="${query}"] .search-title`);
        const first = await browser.evaluate<string>(
          `document.querySelector('[data-search] .search-title').pathname`,
        );
        expect(first).toBe(found);
      }
    });

    test('a review is kept: graded by keys, still there after the page is opened again', async () => {
      await open('quiz/?card=ds-001');
      await has('[data-quiz][data-awake] .quiz-say');
      await browser.press('Space');
      await has('.quiz-grades');
      await browser.press('3');
      await has('.quiz-summary');
      await open('progress/');
      await has('[data-progress][data-awake] .recall-table');
      const kept = await browser.evaluate<string>(
        `document.querySelector('.recall-table').textContent`,
      );
      expect(kept).toContain('1 /');
    });

    test('every lab wakes, and its state travels in the address', async () => {
      for (const lab of labs) {
        await open(`zh/labs/${lab}/`);
        await browser.evaluate(`document.querySelector('[data-lab]').scrollIntoView()`);
        await has('[data-lab][data-awake]');
        expect(await browser.evaluate(there('[data-lab-failed]'))).toBe(false);
        await browser.evaluate(CHANGE_A_CHOICE);
        await until(browser, `location.search.length > 1`);
      }
    });

    test('after one visit pages, search in both languages and quiz work without a network', async () => {
      // Of an origin that has not been visited, and that goes away.
      const leaving = await serve(dist, { port: 4325 });
      try {
        await browser.open(`${leaving.origin}/about/`);
        const kept = { timeout: 60_000, interval: 500 };
        await expect.poll(() => browser.evaluate(CONTROLLED), kept).toBe('activated');
        await expect.poll(() => browser.evaluate(KEPT_PAGES), kept).toBe(pages);
      } finally {
        await leaving.stop();
      }
      await browser.open(`${leaving.origin}/zh/topics/deepspeed/`);
      await until(browser, `document.querySelector('h1')?.textContent.includes('DeepSpeed')`);
      for (const [path, query] of [
        ['search/', 'bubble of a pipeline'],
        ['zh/search/', '流水线气泡'],
      ] as const) {
        await browser.open(`${leaving.origin}/${path}?q=${encodeURIComponent(query)}`);
        await has(`main [data-answered="${query}"] .search-title`);
      }
      await browser.open(`${leaving.origin}/quiz/?card=ds-001`);
      await has('[data-quiz][data-awake] .quiz-say');
      await browser.press('Space');
      await has('.quiz-grades');
      await browser.press('3');
      await has('.quiz-summary');
    });

    test('no kind of page is wider than a phone', async () => {
      await browser.resize(390, 844);
      const wider: string[] = [];
      for (const [kind, path] of Object.entries(PAGE_KINDS)) {
        await open(path);
        const over = await browser.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        if (over > 0) wider.push(`${kind}: ${over}px`);
      }
      expect(await browser.evaluate('innerWidth')).toBeLessThan(480);
      expect(wider).toEqual([]);
    });
  });
}

const CONTROLLED = 'navigator.serviceWorker.controller?.state ?? "none"';

/** How many pages the service worker has put by, in all languages. */
const KEPT_PAGES = `(async () => {
  const names = await caches.keys();
  const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return keys.flat().filter(({ url }) => new URL(url).pathname.endsWith('/')).length;
})()`;

const there = (selector: string): string =>
  `document.querySelector(${JSON.stringify(selector)}) !== null`;

/** Chooses another of the first choice of a lab, as a click does. */
const CHANGE_A_CHOICE = `(() => {
  const other = document.querySelector('[data-lab] input[type=radio]:not(:checked)');
  other.click();
})()`;
