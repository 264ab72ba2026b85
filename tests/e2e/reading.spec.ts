import type { Route } from '@playwright/test';
import { expect, test } from './quiet.ts';

const TOPIC = '/topics/mixed-precision/';

/** The page's own script never comes; a failed request would complain in the console. */
const withoutScript = (route: Route): Promise<void> =>
  route.fulfill({ contentType: 'text/javascript', body: '' });

test('recall mode folds every answer, one at a time is revealed, and the mode stays', async ({
  page,
}) => {
  await page.goto(TOPIC);
  const answers = page.locator('main details[data-fold]');
  const spoken = page.locator('.say-30s .say-text');
  await expect(spoken).toBeVisible();
  await page.getByRole('button', { name: 'Recall' }).click();
  await expect(answers.and(page.locator('[open]'))).toHaveCount(0);
  await page.locator('.say-30s summary').click();
  await expect(spoken).toBeVisible();
  await expect(answers.and(page.locator('[open]'))).toHaveCount(1);

  await page.goto('/zh/topics/deepspeed/');
  await expect(page.locator('main details[data-fold][open]')).toHaveCount(0);
  await page.getByRole('button', { name: '回忆' }).click();
  await expect(page.locator('main details[data-fold]:not([open])')).toHaveCount(0);
  await page.reload();
  await expect(page.locator('main details[data-fold]:not([open])')).toHaveCount(0);
});

test('recall mode shows no answer before the script has folded it', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('recall', '1'));
  await page.route(/_astro\/.*\.js$/, withoutScript);
  await page.goto(TOPIC, { waitUntil: 'commit' });
  await page.evaluate(() => delete document.documentElement.dataset['folded']);
  await expect(page.locator('.say-30s .say-text')).toBeHidden();
  await page.unrouteAll();
});

test('a link to a passage opens it, folded or not', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('recall', '1'));
  await page.goto(TOPIC);
  const heading = page.locator('.deep h2').nth(2);
  const id = await heading.getAttribute('id');
  await page.goto(`${TOPIC}#${id}`);
  await page.reload();
  const section = page.locator('.part', { has: page.locator(`#${id}`) });
  await expect(section.locator('details').first()).toHaveAttribute('open', '');
  await expect(heading).toBeInViewport();

  const followUp = page.locator('.follow-up').first();
  const target = await followUp.getAttribute('id');
  await page.goto(`${TOPIC}#${target}`);
  await expect(followUp).toHaveAttribute('open', '');
});

test('the language switch keeps the page', async ({ page }) => {
  await page.goto('/questions/deepspeed/zero-bytes-per-gpu/');
  await page.locator('[data-language-switch]').click();
  await expect(page).toHaveURL('/zh/questions/deepspeed/zero-bytes-per-gpu/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.locator('[data-language-switch]').click();
  await expect(page).toHaveURL('/questions/deepspeed/zero-bytes-per-gpu/');
});

test('the chosen theme holds on the next page before it is painted', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  await page.locator('.theme summary').click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  const paper = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await paper();
  await page.route(/\.js$/, withoutScript);
  await page.goto('/about/');
  expect(await paper()).toBe(dark);
  await page.unrouteAll();
});

test('the keyboard reaches the content first, then every control', async ({ page }) => {
  await page.goto(TOPIC);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
  const summary = page.locator('.say-30s summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.say-30s .say-text')).toBeHidden();
  await page.keyboard.press('Space');
  await expect(page.locator('.say-30s .say-text')).toBeVisible();
});

test('sources fold under their sentence on a phone and stand in the margin on a wide screen', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(TOPIC);
  const cite = page.locator('.say-2min .cite').first();
  const note = cite.locator('.cite-note');
  await expect(note).toBeHidden();
  await cite.locator('.cite-mark').click();
  await expect(note).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.reload();
  await expect(note).toBeVisible();
  const text = await page.locator('.say-2min .say-text').boundingBox();
  const margin = await note.boundingBox();
  expect(margin!.x).toBeGreaterThan(text!.x + text!.width);
});

test('questions filter by topic, level and kind, and the address keeps the choice', async ({
  page,
}) => {
  await page.goto('/questions/');
  const rows = page.locator('tr[data-kind]:visible');
  const all = await rows.count();
  await page.getByLabel('Topic').selectOption('deepspeed');
  await page.getByLabel('Kind').selectOption('choice');
  const some = await rows.count();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  await expect(page.getByRole('status').or(page.locator('output'))).toContainText(String(some));
  await page.reload();
  await expect(rows).toHaveCount(some);
  await page.goto('/questions/?topic=nonsense&level=<b>9</b>');
  await expect(rows).toHaveCount(all);
});

test('a choice question hides its verdicts until asked, and each option has one', async ({
  page,
}) => {
  await page.goto('/questions/deepspeed/deepspeeds-own/');
  const options = page.locator('.option');
  const verdicts = options.locator('.why .verdict');
  for (const verdict of await verdicts.all()) await expect(verdict).toBeHidden();
  for (const summary of await options.locator('.why summary').all()) await summary.click();
  await expect(options.locator('.verdict.right:visible')).toHaveCount(1);
  await expect(options.locator('.verdict.wrong:visible')).toHaveCount((await options.count()) - 1);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page reads, folds and shows no control that would do nothing', async ({ page }) => {
    await page.goto(TOPIC);
    await expect(page.locator('.say-30s .say-text')).toBeVisible();
    await expect(page.locator('[data-recall-toggle]')).toBeHidden();
    await expect(page.locator('.theme')).toBeHidden();
    await page.locator('.say-30s summary').click();
    await expect(page.locator('.say-30s .say-text')).toBeHidden();
    const followUp = page.locator('.follow-up').first();
    await followUp.locator('> summary').click();
    await expect(followUp.locator('> div')).toBeVisible();
  });

  test('the table of questions is complete and the home figure moves', async ({ page }) => {
    await page.goto('/questions/');
    expect(await page.locator('tr[data-kind]:visible').count()).toBeGreaterThan(40);
    await expect(page.locator('[data-table-filters]')).toBeHidden();
    await page.goto('/');
    await expect(page.locator('.hero-figure .for-64').nth(1)).toBeVisible();
    await page.locator('.hero-figure label', { hasText: /^\s*8\s*$/ }).click();
    await expect(page.locator('.hero-figure .for-8').nth(1)).toBeVisible();
    await expect(page.locator('.hero-figure .for-64').nth(1)).toBeHidden();
  });
});
