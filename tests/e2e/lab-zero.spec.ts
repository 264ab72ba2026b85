import { expect, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';

async function open(page: Page, query = '', language = ''): Promise<void> {
  await page.goto(`${language}labs/zero/${query}`);
  await page.locator('.lab[data-awake]').waitFor();
}

const answer = (page: Page) => page.locator('.zero-answer');
const perStage = (page: Page) => page.locator('.zero-table td:first-of-type');

test('opens on Figure 1 of the paper, printed without a script', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto('labs/zero/');
  await expect(perStage(page)).toHaveText(['120.0 GB', '31.4 GB', '16.6 GB', '1.9 GB']);
  await expect(page.locator('.zero-table td:nth-of-type(3)')).toHaveText(['2Ψ', '2Ψ', '2Ψ', '3Ψ']);
  await page.context().close();
});

test('a stage by keyboard: pieces leave, the verdict and the address follow', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: '2', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(answer(page)).toContainText('1.9 GB');
  await expect(page.locator('.lab-verdict')).toContainText('30.1 GB free');
  await expect(page.locator('.zero-pieces')).toContainText('parameters 1/64');
  await expect(page).toHaveURL(/\?stage=3$/);
  await page.keyboard.press('ArrowRight');
  await expect(answer(page)).toContainText('120.0 GB');
  await expect(page.locator('.lab-verdict')).toContainText('88.0 GB over');
  await page.getByRole('button', { name: 'Back to the published example' }).press('Enter');
  await expect(page).toHaveURL(/labs\/zero\/$/);
  await expect(answer(page)).toContainText('16.6 GB');
});

test('what cannot be meant is refused at its field and changes nothing', async ({ page }) => {
  await open(page);
  const gpus = page.getByRole('textbox', { name: 'GPUs in all' });
  for (const [typed, message] of [
    ['0', 'allowed: 1 to 65,536'],
    ['lots', '“lots” is not a number'],
    ['2.5', 'a whole number'],
    ['1e999', 'is not a number'],
  ] as const) {
    await gpus.fill(typed);
    await expect(gpus).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('.lab-error', { hasText: message })).toBeVisible();
    await expect(answer(page)).toContainText('16.6 GB');
  }
  await gpus.fill('128');
  await expect(answer(page)).toContainText('15.8 GB');
  await page.getByText('Accounting, optimizer').click();
  await page.getByRole('textbox', { name: 'Tensor-parallel degree' }).fill('3');
  await expect(page.getByText('128 GPUs cannot be split into groups of 3 × 1')).toBeVisible();
  await expect(answer(page)).toContainText('15.8 GB');
});

test('a broken address shows the example and says what was wrong', async ({ page }) => {
  await open(page, '?n=-4&stage=9&m=llama3-8b&x=%3Cb%3E');
  const notice = page.locator('.lab-notice');
  await expect(notice).toContainText('n=-4');
  await expect(notice).toContainText('stage=9');
  await expect(page.getByRole('combobox', { name: 'Model', exact: true })).toHaveValue('llama3-8b');
  await expect(page.locator('.zero-controls')).toContainText('8,030,261,248');
});

test('the language link keeps the state', async ({ page }) => {
  await open(page, '?stage=3&n=512&gpu=h100');
  await page.getByRole('radio', { name: '1', exact: true }).check({ force: true });
  await expect(page).toHaveURL(/stage=1/);
  await page.locator('[data-language-switch]').first().click();
  await page.locator('.lab[data-awake]').waitFor();
  await expect(page).toHaveURL(/\/zh\/labs\/zero\/\?stage=1&n=512&gpu=h100$/);
  await expect(page.getByRole('textbox', { name: 'GPU总数' })).toHaveValue('512');
});

test('the step is walked to its end: 3Ψ sent under stage 3', async ({ page }) => {
  await open(page, '?stage=3');
  const next = page.getByRole('button', { name: 'Step', exact: true });
  await next.click();
  await expect(page.locator('.zero-now')).toHaveText('All-gather the weights of block 1');
  for (let i = 0; i < 60 && (await next.isEnabled()); i += 1) await next.click();
  await expect(page.locator('.zero-counts')).toContainText('3Ψ of 3Ψ');
  await page.getByText('The same as a table').first().click();
  await expect(page.locator('.lab-table tbody tr').last()).toContainText('3Ψ');
});

test('the configuration follows the choice, and a reader’s own sets the lab', async ({ page }) => {
  await open(page, '?stage=3&oo=cpu');
  const printed = page.locator('.zero-code pre').first();
  const config = JSON.parse((await printed.textContent()) ?? '');
  expect(config.zero_optimization).toEqual({ stage: 3, offload_optimizer: { device: 'cpu' } });
  await page.getByText('Read your own DeepSpeed configuration').click();
  const box = page.getByRole('textbox', { name: 'DeepSpeed JSON' });
  const set = page.getByRole('button', { name: 'Set the lab to it' });
  await box.fill(
    '{ "zero_optimization": { "stage": 2, "stagee": 1 }, "bf16": { "enabled": true } }',
  );
  await set.click();
  await expect(page.locator('.zero-import')).toContainText('zero_optimization.stagee');
  await expect(page.getByRole('radio', { name: '2', exact: true })).toBeChecked();
  await box.fill('{ "zero_optimization": ');
  await set.click();
  await expect(page.locator('.zero-import')).toContainText('not valid JSON');
  await expect(page.getByRole('radio', { name: '2', exact: true })).toBeChecked();
});

test('dragging at 4,096 GPUs redraws the whole lab in time', async ({ page }) => {
  await open(page, '?n=4096&m=llama3-70b&act=1&buckets=1&map=params');
  const ms = await page.evaluate(async () => {
    const slider = document.querySelector<HTMLInputElement>('.zero-controls input[type=range]');
    if (!slider) throw new Error('no slider');
    const times: number[] = [];
    for (let i = 0; i < 40; i += 1) {
      slider.value = String(960 - 2 * i);
      const start = performance.now();
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      // Preact draws in a microtask.
      await Promise.resolve();
      await Promise.resolve();
      times.push(performance.now() - start);
      await new Promise(requestAnimationFrame);
    }
    return times.sort((a, b) => a - b)[20] as number;
  });
  // Map and solvers are redrawn with each move. A frame is 16 ms; CI's cores are slow and shared.
  expect(ms).toBeLessThan(32);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 320, height: 700 } });

  test('nothing is wider than the screen, and axe finds nothing', async ({ page }) => {
    for (const [language, scheme] of [
      ['', 'dark'],
      ['zh/', 'light'],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await open(page, '?stage=3&n=4096&act=1&m=own', language);
      for (const summary of await page.locator('.lab summary').all()) await summary.click();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over).toBeLessThanOrEqual(0);
      expect(await violations(page)).toEqual([]);
    }
  });
});
