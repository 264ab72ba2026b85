import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { putToWork } from './labs.ts';
import { expect, test } from './quiet.ts';

async function open(page: Page, query = '', language = ''): Promise<void> {
  await page.goto(`/${language}labs/collectives/${query}`);
  await page.locator('.lab[data-awake]').waitFor();
}

const cost = (page: Page, name: string) =>
  page.locator('.coll-table tr').filter({ has: page.getByRole('rowheader', { name }) });

test('opens on the published figures, printed without a script', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/labs/collectives/');
  await expect(cost(page, 'Ring')).toContainText('29.53 GB');
  await expect(page.locator('.coll-round')).toContainText('Round 2 of 6');
  await expect(page.locator('.coll-messages')).toContainText('rank 0 → rank 1: chunk 2');
  await page.context().close();
});

test('round by round by keyboard to the same sums on every rank', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Step', exact: true }).press('Enter');
  await expect(page.getByText('rank 0 has chunk 0')).toBeVisible();
  await page.getByRole('radio', { name: 'One server' }).focus();
  await page.keyboard.press('Space');
  await expect(page.locator('.coll-round')).toContainText('Before the first round');
  const step = page.getByRole('button', { name: 'Step', exact: true });
  for (let round = 0; round < 8; round += 1) await step.press('Enter');
  await expect(page.getByText('Every rank has every sum.', { exact: true })).toBeVisible();
  const cells = await page.locator('.coll-grid tbody td').allInnerTexts();
  // Four ranks and the server.
  expect(cells).toHaveLength(20);
  for (const [index, cell] of cells.entries()) expect(cell).toBe(cells[index % 4]);
  await expect(page).toHaveURL(/\?a=server&i=8$/);
});

test('small buffers favour the tree, one bucket hides nothing, bad input changes nothing', async ({
  page,
}) => {
  await open(page);
  const buffer = page.getByRole('textbox', { name: 'Buffer S' });
  await buffer.fill('1000');
  await expect(page.locator('.coll-cost .lab-verdict')).toContainText(
    'Fastest here: Binomial tree',
  );
  for (const [typed, why] of [
    ['lots', '“lots” is not a number'],
    ['-5', 'allowed: 1 to'],
  ] as const) {
    await buffer.fill(typed);
    await expect(page.getByText(why)).toBeVisible();
    await expect(cost(page, 'Ring')).toContainText('1.97 KB');
  }
  await page.getByRole('button', { name: 'One bucket for all' }).press('Enter');
  await expect(page.locator('.coll-ddp')).toContainText('1 bucket,');
  await expect(page.locator('.coll-ddp')).toContainText('0 s of it hidden');
});

test('a broken address is named, on a phone, and nothing overflows', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await open(page, '?a=star&r=9&x=bytes', 'zh/');
  await expect(page.locator('.lab-notice code')).toHaveText(['a=star', 'r=9']);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  for (const summary of await page.locator('.lab-table summary').all()) await summary.click();
  await putToWork(page);
  expect(await violations(page)).toEqual([]);
});
