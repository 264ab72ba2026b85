import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './quiet.ts';

interface Query {
  q: string;
  /** Whose pages it is typed on. */
  lang: 'en' | 'zh';
  /** The page it must find among the first three; the first for titles. */
  page: string;
  kind: 'title' | 'fragment' | 'alias' | 'other-language' | 'misspelt' | 'mixed';
}

const queries = JSON.parse(
  readFileSync(new URL('data/queries.json', import.meta.url), 'utf8'),
) as Query[];
const kinds = ['title', 'fragment', 'alias', 'other-language', 'misspelt', 'mixed'] as const;

const kindsOf = (language: string): Query['kind'][] => [
  ...new Set(queries.filter(({ lang }) => lang === language).map(({ kind }) => kind)),
];

const field = (page: Page) => page.locator('[data-search] [name=q]');

async function ask(page: Page, query: string): Promise<string[]> {
  await field(page).fill(query);
  await page.locator(`[data-search] [data-answered=${JSON.stringify(query)}]`).waitFor();
  const links = page.locator('[data-search] .search-title');
  const hrefs = await links.evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).pathname));
  return hrefs.slice(0, 3);
}

test.describe('the table of queries', () => {
  test('holds at least 150 queries of every kind in both languages, each once', () => {
    expect(queries.length).toBeGreaterThanOrEqual(150);
    expect(new Set(queries.map(({ q, lang }) => `${lang} ${q}`)).size).toBe(queries.length);
    // An English reader mixes no Chinese into a query; a Chinese reader mixes all the time.
    expect(kindsOf('en').sort()).toEqual(kinds.filter((kind) => kind !== 'mixed').sort());
    expect(kindsOf('zh').sort()).toEqual([...kinds].sort());
  });

  for (const lang of ['en', 'zh'] as const) {
    for (const kind of kindsOf(lang)) {
      test(`${lang}: ${kind} queries find their page`, async ({ page }) => {
        test.setTimeout(180_000);
        const start = lang === 'zh' ? '/zh/' : '/';
        await page.goto(`${start}about/`);
        await page.keyboard.press('/');
        const missed: string[] = [];
        for (const query of queries.filter((one) => one.lang === lang && one.kind === kind)) {
          const found = await ask(page, query.q);
          const wanted = `${start}${query.page.replace(/\/$/, '')}/`;
          const counted = kind === 'title' ? found.slice(0, 1) : found;
          if (!counted.includes(wanted))
            missed.push(`${query.q} → ${found.join(' ')}, not ${wanted}`);
        }
        expect(missed).toEqual([]);
      });
    }
  }
});

test('opens by key, moves by arrows, opens a result and gives the focus back', async ({ page }) => {
  await page.goto('/about/');
  const opener = page.locator('header [data-search-open]');
  await opener.focus();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-search]')).toBeHidden();
  await expect(opener).toBeFocused();

  await page.keyboard.press('/');
  await ask(page, 'loss scaling');
  await page.keyboard.press('ArrowDown');
  const chosen = await field(page).getAttribute('aria-activedescendant');
  await expect(page.locator(`[id="${chosen}"]`)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/[?&]q=loss/);
});

test('a slash typed into a field is a slash', async ({ page }) => {
  await page.goto('/about/');
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('/');
  await expect(field(page)).toHaveValue('/');
});

test('finds passages, and marks the words where they stand in a folded answer', async ({
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem('recall', '1'));
  await page.goto('/zh/');
  await page.keyboard.press('/');
  await ask(page, '损失缩放');
  const passage = page.locator('[data-search] a[href*="#"]').first();
  const target = await passage.getAttribute('href');
  await passage.click();
  const anchor = decodeURIComponent(target!.split('#')[1]!);
  await expect(page).toHaveURL(new RegExp(`#${anchor}$`));
  const marked = page.evaluate(() => {
    const hits = CSS.highlights?.get('search-hit');
    return hits ? [...hits].map(String) : [];
  });
  await expect
    .poll(() => page.evaluate(() => CSS.highlights?.get('search-hit')?.size ?? 0))
    .toBeGreaterThan(0);
  await marked;
  const shown = await page.evaluate((id) => {
    const element = document.getElementById(id);
    const closed = element?.closest('details:not([open])');
    return Boolean(element) && (!closed || closed.querySelector('summary')?.contains(element));
  }, anchor);
  expect(shown).toBe(true);
});

test('says that nothing was found and offers topics', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('/');
  await field(page).fill('qwxzvbnm');
  await page.locator('[data-search] [data-answered="qwxzvbnm"]').waitFor();
  await expect(page.locator('[data-search] .search-scroll')).toContainText(/qwxzvbnm/);
  await expect(page.locator('[data-search] .search-title').first()).toBeVisible();
});

test('filters by topic and level', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('/');
  await ask(page, 'gradient');
  const titles = page.locator('[data-search] .search-title');
  await page.locator('[data-search] select').first().selectOption('deepspeed');
  await expect
    .poll(async () => {
      const paths = await titles.evaluateAll((all) =>
        all.map((a) => (a as HTMLAnchorElement).pathname),
      );
      return paths.length > 0 && paths.every((path) => path.includes('/deepspeed/'));
    })
    .toBe(true);
});

test('the page of its own takes its query from the address and treats it as text', async ({
  page,
}) => {
  await page.goto('/search/?q=ZeRO');
  await expect(page.locator('main .search-title').first()).toBeVisible();
  await page.goto(`/zh/search/?q=${encodeURIComponent('<img src=x onerror=document.title=1>')}`);
  await expect(page.locator('main [name=q]')).toHaveValue('<img src=x onerror=document.title=1>');
  await expect(page).not.toHaveTitle('1');
  expect(await page.locator('main img').count()).toBe(0);
});

test('loads nothing of the search before it is opened', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/topics/deepspeed/', { waitUntil: 'networkidle' });
  expect(asked.filter((url) => /pagefind|search|preact/i.test(url))).toEqual([]);
  await page.locator('header [data-search-open]').click();
  await ask(page, 'zero');
  expect(asked.some((url) => url.includes('pagefind'))).toBe(true);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the search leads to the topics and the table of questions', async ({ page }) => {
    await page.goto('/');
    await page.locator('header [data-search-open]').click();
    await expect(page).toHaveURL('/search/');
    await expect(page.locator('main a[href="/questions/"]')).toBeVisible();
  });
});
