import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { putToWork } from './labs.ts';
import { expect, test } from './quiet.ts';

async function open(page: Page, query = '', language = ''): Promise<void> {
  await page.goto(`/${language}labs/tensor-parallel/${query}`);
  await page.locator('.lab[data-awake]').waitFor();
}

const row = (page: Page, table: string, name: string) =>
  page.locator(`${table} tr`).filter({ has: page.getByRole('rowheader', { name, exact: true }) });

test('opens on the published figures, printed without a script', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/labs/tensor-parallel/');
  await expect(page.locator('.tp-step')).toContainText('all-reduce');
  await expect(page.locator('.tp-result')).toContainText('Z is the one-device result');
  await expect(row(page, '.tp-bars', 'TP + SP, attention core recomputed')).toContainText('107 MB');
  await expect(page.locator('.tp-product')).toHaveText('TP 8 × CP 1 × PP 64 × DP 6 = 3,072 GPUs');
  await expect(page.locator('.tp-groups')).toContainText('0, 8, 16, 24, 32, 40');
  await expect(page.locator('.tp-traffic')).toContainText('over 64 nodes');
  await page.context().close();
});

test('walks forward and backward by keyboard, and shows why the other cut is wrong', async ({
  page,
}) => {
  await open(page, '?r=4&sp=1&i=0');
  const step = page.getByRole('button', { name: 'Step', exact: true });
  const now = page.locator('.tp-step');
  await expect(now).toContainText('Step 1 of 12');
  for (let at = 0; at < 5; at += 1) await step.press('Enter');
  await expect(now).toContainText('reduce-scatter');
  await expect(page.locator('.tp-split')).toContainText('24 numbers forward, 0 backward');
  for (let at = 0; at < 6; at += 1) await step.press('Enter');
  await expect(page.locator('.tp-split')).toContainText('24 numbers forward, 24 backward');
  await expect(page.locator('.tp-result')).toContainText('dX is the one-device result');
  await expect(step).toBeDisabled();
  await page.getByRole('radio', { name: 'MLP cut the wrong way' }).focus();
  await page.keyboard.press('Space');
  await expect(now).toContainText('Extra all-reduce');
  await expect(page.locator('.tp-result')).toContainText('GeLU of a sum is not the sum of GeLUs');
  await expect(page).toHaveURL(/\?k=rows&r=4&i=2$/);
});

test('places GPUs, warns when TP leaves the node, and names what does not fit at the field', async ({
  page,
}) => {
  await open(page);
  const tp = page.getByRole('textbox', { name: 'TP, tensor' });
  await tp.fill('5');
  await expect(page.getByText('TP × CP × PP = 320 does not divide 3072 GPUs')).toBeVisible();
  await expect(page.locator('.tp-product')).toContainText('TP 8 ×');
  await page.getByRole('textbox', { name: 'PP, pipeline' }).fill('32');
  await tp.fill('16');
  await expect(page.locator('.tp-product')).toHaveText('TP 16 × CP 1 × PP 32 × DP 6 = 3,072 GPUs');
  await expect(page.locator('.tp-place')).toContainText('TP 16 leaves the node');
  await page.getByRole('textbox', { name: 'GPU (global rank)' }).fill('17');
  await expect(page.locator('.tp-groups')).toContainText('GPU 17 on node 2');
  await page.locator('[data-gpu="24"]').hover();
  await expect(page.locator('.tp-groups')).toContainText('GPU 24 on node 3');
  await page.mouse.move(0, 0);
  const map = page.getByRole('grid', { name: 'Nodes and groups' });
  await map.focus();
  const active = async (): Promise<string | null> => {
    const id = await map.getAttribute('aria-activedescendant');
    return page.locator(`[id="${id}"]`).getAttribute('aria-label');
  };
  expect(await active()).toBe('GPU 17 on node 2');
  await page.keyboard.press('ArrowRight');
  expect(await active()).toBe('GPU 18 on node 2');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('.tp-groups')).toContainText('GPU 7 on node 0');
  await page.keyboard.press('Escape');
  expect(await active()).toBe('GPU 17 on node 2');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'GPU (global rank)' })).toHaveValue('16');
  await expect(page.getByRole('gridcell', { selected: true })).toHaveAccessibleName(
    'GPU 16 on node 2',
  );
  await page.getByRole('button', { name: /DeepSeek-V3/ }).click();
  await expect(page.locator('.tp-traffic')).toContainText('EP 64');
  await page.getByRole('textbox', { name: 'EP, experts' }).fill('24');
  await expect(page.getByText('EP must divide the 256 experts')).toBeVisible();
});

test('a broken address is named, on a phone, and nothing overflows', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await open(page, '?k=moe&r=8&tp=0', 'zh/');
  await expect(page.locator('.lab-notice code')).toHaveText(['k=moe', 'tp=0']);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  for (const summary of await page.locator('.lab summary').all()) await summary.click();
  await putToWork(page);
  expect(await violations(page)).toEqual([]);
});
