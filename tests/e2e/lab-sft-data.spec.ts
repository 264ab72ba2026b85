import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { putToWork } from './labs.ts';
import { expect, test } from './quiet.ts';

async function open(page: Page, query = '', language = ''): Promise<void> {
  await page.goto(`/${language}labs/sft-data/${query}`);
  await page.locator('.lab[data-awake]').waitFor();
}

const trained = (page: Page) => page.locator('.sft-text mark');

test('opens on the published rows, printed without a script', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/labs/sft-data/');
  await expect(page.locator('.sft-share')).toContainText('14 of 65 tokens bear loss, 21.5%.');
  await expect(trained(page)).toHaveText([
    'MinHash with LSH.',
    '<|im_end|>',
    'Hash the normalised text.',
    '<|im_end|>',
  ]);
  const best = page.locator('.sft-compare tr[data-drawn]');
  await expect(best).toContainText('1 − 10/(3 × 4) = 16.7%');
  await page.context().close();
});

test('a conversation is edited by keyboard; its text stays text', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Add a message' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Text of message 5' })).toBeFocused();
  await page.keyboard.type('<b>Why?</b> <|im_end|>');
  await expect(page.locator('.sft-text')).toContainText('<b>Why?</b> <|im_end|>');
  await expect(page.getByRole('heading', { name: '2 traps here' })).toBeVisible();
  await page.getByRole('button', { name: 'Up: message 5' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Up: message 4' })).toBeFocused();
  await page.getByRole('radio', { name: 'DeepSeek-R1' }).check();
  await page.getByRole('textbox', { name: 'Text of message 2' }).fill('<think>a</think>b');
  await expect(trained(page).first()).toHaveText('b');
  await expect(page.locator('.sft-trapped > .sft-traps')).toContainText('The reasoning is gone');
  // The address is written when the typing pauses.
  await expect(page).toHaveURL(/think/);
  await page.reload();
  await expect(trained(page).first()).toHaveText('b');
});

test('tokens come from this site when they are asked for', async ({ page }) => {
  await open(page, '?chat=["u","red%3F","a","\\nred"]');
  await expect(page.locator('.sft-trapped')).toContainText('The boundary falls inside a token');
  await page.getByRole('button', { name: 'Count tokens (2.0 MB)' }).click();
  await expect(page.locator('.sft-chips [data-straddles]')).toHaveCount(1, { timeout: 30_000 });
  await page.getByRole('radio', { name: 'Llama 3', exact: true }).check();
  await expect(page.locator('.sft-tokens')).toContainText('Llama 3’s tokenizer is not shipped');
});

test('lengths that cannot be meant are refused; apart, no example sees another', async ({
  page,
}) => {
  await open(page);
  const lengths = page.getByRole('textbox', { name: 'Lengths in tokens' });
  await lengths.fill('5, two');
  await expect(page.getByText('Whole numbers from 1 to 131,072')).toBeVisible();
  await expect(page.locator('.sft-compare tr[data-drawn]')).toContainText('16.7%');
  await lengths.fill('3x4');
  await expect(page.locator('.sft-compare tr[data-drawn]')).toContainText('0.0%');
  await page.getByRole('button', { name: 'TRL’s pack_dataset' }).click();
  await expect(page.locator('.sft-attention')).toContainText('3 of 10 pairs');
  await page.getByRole('checkbox', { name: 'Keep the examples apart' }).check();
  await expect(page.locator('.sft-attention')).toContainText('3 pairs are not computed');
  await expect(page).toHaveURL(/\?apart=1$/);
});

test('a broken address is named, on a phone, and nothing overflows', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await open(page, '?template=gpt&n=0&chat=[]', 'zh/');
  await expect(page.locator('.lab-notice code')).toHaveText(['template=gpt', 'chat=[]', 'n=0']);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await putToWork(page);
  expect(await violations(page)).toEqual([]);
});
