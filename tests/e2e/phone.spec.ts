import { violations } from './axe.ts';
import { expect, test } from './quiet.ts';

test('a tap on a term shows its definition and stays on the page', async ({ page }) => {
  await page.goto('/zh/topics/deepspeed/');
  const term = page.locator('.deep p a.term').first();
  const note = term.locator('xpath=following-sibling::*[1]');
  await expect(note).toBeHidden();
  await term.tap();
  await expect(note).toBeVisible();
  await expect(page).toHaveURL(/\/zh\/topics\/deepspeed\/$/);
  await page.locator('h1').tap();
  await expect(note).toBeHidden();
});

test('the search opens under the thumb and leads to an answer', async ({ page }) => {
  await page.goto('/zh/');
  await page.locator('header [data-search-open]').tap();
  await page.locator('[data-search] [name=q]').fill('梯度裁剪');
  await page.locator('[data-search] [data-answered="梯度裁剪"]').waitFor();
  await page.locator('[data-search] .search-title').first().tap();
  await expect(page).toHaveURL(/\/zh\/(topics|questions)\//);
});

test('the menu leads to every part of the site', async ({ page }) => {
  await page.goto('/');
  await page.locator('.menu summary').tap();
  await page.locator('.menu').getByRole('link', { name: 'Corrections' }).tap();
  await expect(page).toHaveURL('/corrections/');
});

test('axe finds nothing in the head of a page, its menu open', async ({ page }) => {
  await page.goto('/');
  await page.locator('.menu summary').tap();
  expect(await violations(page, { within: ['header'] })).toEqual([]);
});

test('a definition stands at the foot of the window, wherever its term is', async ({ page }) => {
  await page.goto('/topics/deepspeed/');
  const terms = page.locator('.deep .part a.term');
  for (const term of [terms.first(), terms.last()]) {
    await term.tap();
    const note = term.locator('xpath=following-sibling::*[1]');
    await expect(note).toBeInViewport({ ratio: 1 });
    const gap = await note.evaluate((box) => innerHeight - box.getBoundingClientRect().bottom);
    expect(gap).toBeGreaterThanOrEqual(0);
    expect(gap).toBeLessThan(30);
  }
});
