import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { putToWork } from './labs.ts';
import { expect, test } from './quiet.ts';

async function open(page: Page, query = '', language = ''): Promise<void> {
  await page.goto(`/${language}labs/pipeline/${query}`);
  await page.locator('.lab[data-awake]').waitFor();
}

const bubble = (page: Page, name: string) =>
  page.locator('.pipe-bubble').filter({ has: page.getByRole('heading', { name, exact: true }) });

test('opens on the published figures, printed without a script', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/labs/pipeline/');
  await expect(page.locator('.lab-verdict')).toContainText('ZB-H1 takes 27, 1F1B 33: 18.2% less.');
  await expect(bubble(page, '1F1B')).toContainText('37.5%');
  await expect(bubble(page, 'ZB-H1')).toContainText('12.5%');
  await page.context().close();
});

test('presets, steps and schedules by keyboard; the address follows', async ({ page }) => {
  await open(page);
  const stage = page.locator('.pipe-moment ul').first().getByRole('listitem').first();
  await expect(stage).toContainText('waits: B0 needs B0 of stage 1, there at 10');
  await page.getByRole('button', { name: 'Step', exact: true }).press('Enter');
  await expect(page).toHaveURL(/\?t=6$/);
  await page.getByRole('button', { name: /GPipe and 1F1B/ }).press('Enter');
  await expect(page.locator('.lab-verdict')).toContainText('take equally long, 33');
  await expect(page.locator('.lab-verdict')).toContainText(
    '4 micro-batches under 1F1B instead of 8',
  );
  await page.getByRole('button', { name: /145.6B/ }).press('Enter');
  await expect(bubble(page, 'Interleaved 1F1B')).toContainText('7.3%');
  await page.getByRole('button', { name: /Zero-bubble paper/ }).press('Enter');
  await expect(page).toHaveURL(/labs\/pipeline\/$/);
  await page.getByRole('slider', { name: /Micro-batches/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.lab-verdict')).toContainText('ZB-H1 takes 30, 1F1B 36');
});

test('what cannot be meant is refused at its field and changes nothing', async ({ page }) => {
  await open(page, '?b=interleaved');
  const m = page.getByRole('textbox', { name: 'Micro-batches m' });
  for (const [typed, why] of [
    ['six', '“six” is not a number'],
    ['0', 'allowed: 1 to 64'],
    ['6', 'interleaving needs a multiple of 4'],
  ] as const) {
    await m.fill(typed);
    await expect(page.getByText(why)).toBeVisible();
    await expect(bubble(page, 'Interleaved 1F1B')).toContainText('18.8%');
  }
  await page.getByRole('textbox', { name: 'Sending between stages' }).fill('0.5');
  await expect(bubble(page, '1F1B').first()).toContainText('The formula leaves sending out');
});

test('a broken address is named, on a phone, and nothing overflows', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await open(page, '?a=chimera&p=1e9&m=12', 'zh/');
  await expect(page.locator('.lab-notice code')).toHaveText(['a=chimera', 'p=1e9']);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await page.locator('.lab-table summary').click();
  await putToWork(page);
  expect(await violations(page)).toEqual([]);
});
