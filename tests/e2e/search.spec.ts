import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './quiet.ts';

const kinds = [
  'title',
  'alias',
  /** As a reader would put it, written without a look at the page's own words. */
  'own-words',
  'fragment',
  'mixed',
  'other-language',
  'misspelt',
] as const;

interface Query {
  q: string;
  /** Whose pages it is typed on. */
  lang: 'en' | 'zh';
  /** The page it must find among the first three; the first for titles. */
  page: string;
  kind: (typeof kinds)[number];
}

const queries = JSON.parse(
  readFileSync(new URL('data/queries.json', import.meta.url), 'utf8'),
) as Query[];

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

test('by keyboard alone: from the field over the filters to a passage and back', async ({
  page,
}) => {
  await page.goto('/zh/about/');
  await page.keyboard.press('Tab');
  await page.keyboard.press('/');
  await page.keyboard.insertText('损失缩放');
  await page.locator('[data-answered="损失缩放"]').waitFor();
  const option = page.locator('[data-search] [role=option][aria-selected=true]');
  await expect(option).toHaveId('search-0');
  await page.keyboard.press('ArrowUp');
  const last = page.locator('[data-search] [role=option]').last();
  await expect(last).toHaveAttribute('aria-selected', 'true');
  await expect(last).toBeInViewport();
  await page.keyboard.press('ArrowDown');
  await expect(option).toHaveId('search-0');
  await page.keyboard.press('Tab');
  await expect(page.locator('[data-search-close]')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-search] select').first()).not.toHaveValue('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(field(page)).toHaveValue('损失缩放');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/zh\/.+[?&]q=/);
});

test('letters on their way to Chinese characters are not looked for', async ({ page }) => {
  await page.goto('/zh/about/');
  await page.keyboard.press('/');
  await ask(page, '');
  const results = page.locator('[data-search] .search-scroll');
  const before = await results.innerHTML();
  await field(page).evaluate((input: HTMLInputElement) => {
    input.dispatchEvent(new CompositionEvent('compositionstart'));
    input.value = "hun'he";
    input.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    for (const key of ['ArrowDown', 'Enter']) {
      input.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true }));
    }
  });
  await page.waitForTimeout(300);
  expect(await results.innerHTML()).toBe(before);
  await field(page).evaluate((input: HTMLInputElement) => {
    input.value = '混合';
    input.dispatchEvent(new CompositionEvent('compositionend'));
  });
  await expect(results).toHaveAttribute('data-answered', '混合');
});

/** The text of each marked place, and whether it stands in the window. */
function hitsOf(page: Page) {
  return page.evaluate(() =>
    [...(CSS.highlights?.get('search-hit') ?? [])].map((hit) => {
      const range = hit as Range;
      const { top, bottom, width } = range.getBoundingClientRect();
      return { text: range.toString(), seen: width > 0 && top > 0 && bottom < innerHeight };
    }),
  );
}

test('a passage opens the folded answer that holds it, marked; Esc takes the marks away', async ({
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem('recall', '1'));
  await page.goto('/zh/');
  await page.keyboard.press('/');
  await ask(page, '损失缩放');
  const passage = page.locator('[data-search] a[href*="#"]').first();
  const anchor = decodeURIComponent((await passage.getAttribute('href'))!.split('#')[1]!);
  await passage.click();
  await expect(page).toHaveURL(new RegExp(`[?&]q=.+#${anchor}$`));
  await expect(page.locator('.hits')).toContainText('损失缩放');
  const texts = (await hitsOf(page)).map(({ text }) => text);
  expect(new Set(texts)).toEqual(new Set(['损失缩放']));
  await expect.poll(async () => (await hitsOf(page)).some(({ seen }) => seen)).toBe(true);

  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await expect(page.locator('.hits')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.hits')).toHaveCount(0);
  expect(await hitsOf(page)).toEqual([]);
  await expect(page).toHaveURL(new RegExp(`/#${anchor}$`));
});

test('a hit on a question unfolds its answer, and the next place is one press away', async ({
  page,
}) => {
  await page.goto('/questions/mixed-precision/memory-saved/?q=bytes');
  const bar = page.locator('.hits');
  await expect(bar).toBeVisible();
  const folded = page.locator('article details:not([open])');
  const before = await folded.count();
  await bar.getByRole('button', { name: 'Next' }).click();
  await bar.getByRole('button', { name: 'Next' }).click();
  expect(await folded.count()).toBeLessThan(before);
  await bar.getByRole('button', { name: 'Clear' }).click();
  await expect(bar).toHaveCount(0);
});

test('where the browser knows no highlights, the places are marked with elements and left as they were', async ({
  page,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'Highlight'));
  const path = '/topics/mixed-precision/';
  // What is laid out and what is being read change with the scroll position, not with the marks.
  const markup = async (): Promise<string> =>
    (await page.locator('article').innerHTML()).replace(/ (style|aria-current)="[^"]*"/g, '');
  await page.goto(path);
  const text = await markup();
  await page.goto(`${path}?q=loss+scaling`);
  await expect(page.locator('article mark').first()).toHaveText(/loss[ -]scaling/i);
  await page.keyboard.press('Escape');
  await expect(page.locator('article mark')).toHaveCount(0);
  expect(await markup()).toBe(text);
});

test('a query in an address is text, wherever it is shown', async ({ page }) => {
  const markup = '<img src=x onerror=document.title=1> bytes';
  await page.goto(`/topics/deepspeed/?q=${encodeURIComponent(markup)}`);
  await expect(page.locator('.hits')).toContainText('<img src=x');
  await page.goto(`/zh/search/?q=${encodeURIComponent(markup)}`);
  await expect(page.locator('main [name=q]')).toHaveValue(markup);
  await page.locator('main [data-answered]').waitFor();
  await expect(page).not.toHaveTitle('1');
  expect(await page.locator('main img, .hits img').count()).toBe(0);
});

test('a Chinese query on an English page shows the Chinese passage below the English question', async ({
  page,
}) => {
  await page.goto('/');
  await page.keyboard.press('/');
  await ask(page, '显存碎片');
  const passage = page.locator('[data-search] .search-passage').first();
  await expect(passage.locator('.search-text')).toHaveAttribute('lang', 'zh-CN');
  await expect(passage.locator('.search-text mark')).toHaveText('显存碎片');
  await expect(passage).toHaveAttribute('href', /^\/zh\/.+q=/);
  await expect(page.locator('[data-search] .search-title').first()).toHaveAttribute(
    'href',
    /^\/(topics|questions)\//,
  );
});

test('a misspelt query says what it was taken for', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('/');
  await ask(page, 'precisoin');
  await expect(page.locator('[data-search] .search-note')).toHaveText(/“precisoin”.+“precision”/);
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

test('the page of its own keeps query and filters in its address, and the way back leads through them', async ({
  page,
}) => {
  await page.goto('/search/?q=ZeRO&level=1');
  const input = page.locator('main [name=q]');
  const titles = page.locator('main .search-title');
  await expect(input).toHaveValue('ZeRO');
  await expect(page.locator('main select').last()).toHaveValue('1');
  await expect(titles.first()).toBeVisible();
  for (const tag of await titles.locator('small').allInnerTexts())
    expect(tag).toContain('screening');

  await page.locator('main select').last().selectOption('');
  await expect(page).toHaveURL('/search/?q=ZeRO');
  await input.fill('pipeline bubble');
  await expect(page).toHaveURL('/search/?q=pipeline+bubble');
  await titles.first().click();
  await expect(page).toHaveURL(/pipeline-bubble/);
  await page.goBack();
  await expect(input).toHaveValue('pipeline bubble');
  await expect(titles.first()).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL('/search/?q=ZeRO&level=1');
  await expect(input).toHaveValue('ZeRO');
  expect(await page.locator('meta[name=robots]').getAttribute('content')).toBe('noindex');
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

test('says when the search could not be loaded, and tries again', async ({ page, complaints }) => {
  await page.route('**/pagefind/**', (route) => route.abort());
  await page.goto('/');
  await page.keyboard.press('/');
  await field(page).fill('loss scaling');
  const retry = page.locator('[data-search]').getByRole('button', { name: 'Try again' });
  await expect(retry).toBeVisible();
  await page.unroute('**/pagefind/**');
  await retry.click();
  await expect(page.locator('[data-search] .search-passage').first()).toBeVisible();
  // The browser itself complains of what was withheld, some of it late: a page that is left says no more.
  await page.goto('about:blank');
  const ofWithheld = /net::ERR_FAILED|dynamically imported module/;
  expect(complaints.filter((text) => !ofWithheld.test(text))).toEqual([]);
  complaints.length = 0;
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
