import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { putToWork } from './labs.ts';
import { expect, test } from './quiet.ts';

async function open(page: Page, query = '', language = ''): Promise<void> {
  await page.goto(`/${language}labs/models/${query}`);
  await page.locator('.lab[data-awake]').waitFor();
}

const card = (page: Page) => page.locator('.atlas-card');

test('opens on GPT-3 under Chinchilla, printed without a script', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/labs/models/');
  const verdict = page.locator('.lab-verdict');
  await expect(verdict).toContainText('GPT-3 has 1.7 tokens per parameter: 175B on 300B.');
  await expect(verdict).toContainText('3.15×10²³ FLOPs would go into 50.2B parameters on 1.05T');
  await expect(page.locator('.atlas-laws').getByRole('row', { name: /Kaplan/ })).toContainText(
    '312B',
  );
  await expect(card(page)).toContainText('175B');
  await page.context().close();
});

test('filters combine, tell what each would leave, stand in the address, and are cleared', async ({
  page,
}) => {
  await open(page);
  const left = page.locator('.atlas-filters output');
  await expect(left).toHaveText('69 of 69 models, 60 of them in the picture');
  await page.getByLabel('Domain').selectOption('language');
  await page.getByLabel('Architecture').selectOption({ label: 'encoder-decoder (2)' });
  await expect(left).toHaveText('2 of 69 models, 2 of them in the picture');
  await expect(card(page).getByRole('heading')).toHaveText('T5');
  await expect(page).toHaveURL(/field=language&arch=encoder-decoder/);
  await page.getByLabel('Weights').selectOption({ label: 'closed (0)' });
  await expect(page.getByText('No model meets all of these')).toBeVisible();
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await expect(left).toHaveText('69 of 69 models, 60 of them in the picture');
});

test('by keyboard and by pointer: details, comparison, masks, laws', async ({ page }) => {
  await open(page);
  const shown = page.getByRole('radio', { checked: true });
  await shown.focus();
  await page.keyboard.press('ArrowDown');
  await expect(card(page).getByRole('heading')).toHaveText('ELECTRA');
  await card(page).getByRole('button', { name: 'Compare' }).press('Enter');
  const compare = page.locator('.atlas-compare table');
  await expect(compare.getByRole('columnheader')).toHaveText([
    'GPT-3',
    'Chinchilla',
    'Llama 3.1',
    'ELECTRA',
  ]);
  await expect(compare.getByRole('rowheader', { name: 'differs Architecture' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(compare.getByRole('rowheader', { name: 'the same Architecture' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove Chinchilla' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Remove Llama 3.1' })).toBeFocused();

  // ResNet stands alone at the lower left.
  const picture = page.locator('.atlas-scatter');
  const { width = 0 } = (await picture.boundingBox()) ?? {};
  await picture.click({ position: { x: (89 / 980) * width, y: (508 / 980) * width } });
  await expect(card(page).getByRole('heading')).toHaveText('ResNet');

  // From mark to mark: the next by date, the next larger; Enter goes to the details, Escape back.
  const marks = page.getByRole('listbox');
  await marks.focus();
  const marked = async (): Promise<string | null> => {
    const id = await marks.getAttribute('aria-activedescendant');
    return page.locator(`[id="${id}"]`).getAttribute('aria-label');
  };
  expect(await marked()).toContain('ResNet, 2015-12');
  await page.keyboard.press('ArrowRight');
  expect(await marked()).toContain('DenseNet, 2016-08');
  await page.keyboard.press('ArrowUp');
  expect(await marked()).toContain('ResNet');
  await page.keyboard.press('End');
  const newest = (await marked())?.split(',')[0] ?? '';
  await page.keyboard.press('Enter');
  await expect(card(page).getByRole('heading')).toBeFocused();
  await expect(card(page).getByRole('heading')).toContainText(newest);
  await page.keyboard.press('Escape');
  await expect(marks).toBeFocused();

  const input = page.getByRole('textbox', { name: 'Of these, input p' });
  await input.fill('5');
  await expect(page.locator('.atlas-mask').filter({ hasText: 'Prefix LM' })).toContainText(
    '31 of 36 pairs',
  );
  await input.fill('6');
  await expect(page.getByText('at most 5, so that a position is left to write')).toBeVisible();

  await page.getByLabel('Compute of').selectOption('Chinchilla');
  await expect(page.locator('.lab-verdict')).toContainText('stands where this law would put it');
  const flops = page.getByRole('textbox', { name: 'Compute C, FLOPs' });
  await flops.fill('lots');
  await expect(page.getByText('“lots” is not a number')).toBeVisible();
  await flops.fill('1e21');
  await expect(page.locator('.lab-verdict')).toContainText('2.86B parameters');
  await expect(page).toHaveURL(/run=none/);
});

test('a broken address is named, on a phone, and nothing overflows', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await open(page, '?field=audio&model=gpt-9&run=chinchilla&n=99', 'zh/');
  await expect(page.locator('.lab-notice code')).toHaveText(['field=audio', 'model=gpt-9', 'n=99']);
  await expect(page.locator('.lab-verdict')).toContainText('Chinchilla每参数20词元');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await putToWork(page);
  expect(await violations(page, { within: ['.lab'] })).toEqual([]);
});
