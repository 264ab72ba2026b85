import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { writeServiceWorker } from '../../src/build/keepOffline.ts';
import { type Served, serve } from '../../src/commands/serve.ts';
import { builtPages } from '../content/pages.ts';
import { violations } from './axe.ts';
import { answerByKeys, openQuiz, reviews, storedEvents } from './quiz.ts';

const dist = process.env['DIST'] ?? 'dist';

interface Site extends Served {
  folder: string;
}

/** A copy of the built site on a server of its own: it can be stopped, and another version published. */
const test = base.extend<{ site: Site }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs.
  site: async ({}, use, { parallelIndex }) => {
    const folder = mkdtempSync(join(tmpdir(), 'site-'));
    cpSync(dist, folder, { recursive: true, dereference: true });
    const served = await serve(folder, { port: 4340 + parallelIndex });
    await use({ ...served, folder });
    await served.stop();
    rmSync(folder, { recursive: true });
  },
});
test.use({ serviceWorkers: 'allow' });

/** Opens a page and waits until the site answers it from the device. */
async function visit(page: Page, site: Site): Promise<void> {
  await page.goto(`${site.origin}/about/`);
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 60_000 })
    .toBe('activated');
}

const keptPages = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const keys = await Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
    );
    return keys.flat().filter((url) => new URL(url).pathname.endsWith('/')).length;
  });

async function publish(site: Site, path: string, from: string, to: string): Promise<void> {
  const file = join(site.folder, path, 'index.html');
  const html = readFileSync(file, 'utf8');
  expect(html).toContain(from);
  writeFileSync(file, html.replaceAll(from, to));
  await writeServiceWorker(site.folder);
}

test('after one visit everything works without a network: pages, labs, search in both languages, quiz', async ({
  page,
  site,
}) => {
  await visit(page, site);
  // The other language follows. All pages but the one that says "not found":
  const pages = builtPages(site.folder).length - 1;
  await expect.poll(() => keptPages(page), { timeout: 60_000 }).toBe(pages);
  await site.stop();

  await page.goto(`${site.origin}/zh/topics/deepspeed/`);
  await expect(page.locator('h1')).toContainText('DeepSpeed');
  await page.goto(`${site.origin}/labs/zero/?x=1`);
  await page.locator('[data-lab][data-awake]').waitFor();

  for (const [path, query, found] of [
    ['search/', 'bubble of a pipeline', 'bubble'],
    ['zh/search/', '流水线气泡', '气泡'],
  ] as const) {
    await page.goto(`${site.origin}/${path}?q=${encodeURIComponent(query)}`);
    const results = page.locator('main [data-answered]');
    await expect(results).toHaveAttribute('data-answered', query);
    await expect(results).toContainText(found, { ignoreCase: true });
  }

  await openQuiz(page, `${site.origin}/quiz/?card=ds-001`);
  await answerByKeys(page);
  await page.keyboard.press('3');
  await page.locator('.quiz-summary').waitFor();
  expect(reviews(await storedEvents(page))).toMatchObject([{ card: 'ds-001', grade: 3 }]);

  await page.goto(`${site.origin}/zh/nowhere/`);
  await expect(page.locator('h1')).toHaveText('本设备上还没有这一页');
});

test('a new version waits beside the old one, for the end of a quiz and for the reader', async ({
  context,
  page,
  site,
}) => {
  await visit(page, site);
  await publish(site, 'glossary', '<h1>', '<h1>New ');

  const quiz = await context.newPage();
  await openQuiz(quiz, `${site.origin}/quiz/?card=ds-001`);
  await answerByKeys(quiz);
  // The visit of the quiz made the browser look; the new version is kept and waits.
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state), {
      timeout: 60_000,
    })
    .toBe('installed');
  await page.goto(`${site.origin}/glossary/`);
  await expect(page.locator('h1')).not.toContainText('New');
  await expect(page.locator('.update-notice')).toHaveCount(0);

  await quiz.keyboard.press('3');
  await quiz.locator('.quiz-summary').waitFor();
  const told = page.locator('.update-notice');
  await expect(told.getByRole('status')).toHaveText('A new version of the site is ready.');
  expect(await violations(page, { within: ['.update-notice'] })).toEqual([]);
  await told.getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('h1')).toContainText('New');
  expect(reviews(await storedEvents(page))).toMatchObject([{ card: 'ds-001', grade: 3 }]);
});

test('one switch takes everything off the device but the review history', async ({
  page,
  site,
}) => {
  await openQuiz(page, `${site.origin}/quiz/?card=ds-001`);
  await answerByKeys(page);
  await page.keyboard.press('3');
  await page.locator('.quiz-summary').waitFor();
  await visit(page, site);
  const keep = page.getByRole('checkbox', { name: 'Keep the site on this device' });
  await keep.uncheck();
  await expect(page.locator('[data-offline-said]')).toContainText('Removed');
  await page.reload();
  await expect(keep).not.toBeChecked();
  const left = await page.evaluate(async () => [
    (await navigator.serviceWorker.getRegistrations()).length,
    ...(await caches.keys()),
  ]);
  expect(left).toEqual([0]);
  expect(reviews(await storedEvents(page))).toHaveLength(1);
});
