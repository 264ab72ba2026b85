import type { Page } from '@playwright/test';
import { test as plain } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './quiet.ts';

async function open(page: Page, query = '', language = ''): Promise<void> {
  await page.goto(`/${language}labs/loss-scaling/${query}`);
  await page.locator('.lab[data-awake]').waitFor();
}

const row = (page: Page, format: string) =>
  page.locator('.ls-row').filter({ has: page.locator('.ls-name', { hasText: format }) });
const does = (page: Page, scaler: string) =>
  page.locator('.ls-does > div').filter({ has: page.locator('dt', { hasText: scaler }) });

test('opens on the published figures, printed without a script', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/labs/loss-scaling/');
  await expect(row(page, 'FP16')).toContainText('underflow to 0');
  await expect(row(page, 'BF16')).toContainText('2⁻²⁷');
  await expect(does(page, 'DeepSpeed')).toContainText(
    'Attempted loss scale: 4096, reducing to 2048',
  );
  await expect(does(page, 'PyTorch')).toContainText('2¹¹ → 2¹⁰');
  await page.context().close();
});

test('a number by keyboard, by its bits and by presets; the address follows', async ({ page }) => {
  await open(page);
  await page.getByRole('slider', { name: /Magnitude of x/ }).focus();
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowRight');
  await expect(row(page, 'FP16')).toContainText('subnormal');
  await expect(row(page, 'FP16')).toContainText('2⁻²⁴');
  await expect(page).toHaveURL(/\?x=5\.96\d+e-8$/);

  await page.getByRole('button', { name: 'exponent bit 10: 0' }).press('Enter');
  // 2⁻¹⁴ × (1 + 1/1024)
  await expect(page.locator('.ls-formula').first()).toContainText('× (1 + 1/1024)');
  await expect(row(page, 'FP16')).toContainText('normal');

  // Infinity, and from there one of the many codes for NaN.
  await page.getByRole('textbox', { name: 'The number x' }).fill('32768');
  await page.getByRole('button', { name: 'exponent bit 10: 0' }).press('Enter');
  await expect(page.getByText('exponent all ones, mantissa 0')).toBeVisible();
  await page.getByRole('button', { name: 'mantissa bit 0: 0' }).press('Enter');
  await expect(page.getByRole('button', { name: 'mantissa bit 0: 1' })).toBeVisible();
  await expect(row(page, 'BF16')).toContainText('not a number');

  await page.getByRole('button', { name: /^65,025/ }).press('Enter');
  await expect(row(page, 'FP16')).toContainText('65,024');
  await page.getByRole('radio', { name: 'FP8 E4M3' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('heading', { name: 'FP8 E4M3 bit by bit' })).toBeVisible();
  await expect(page.locator('.ls-bits')).toContainText('it becomes NaN');

  await page.getByRole('button', { name: 'Back to the published example' }).press('Enter');
  await expect(page).toHaveURL(/labs\/loss-scaling\/$/);
});

test('an update under half the gap is lost, and FP32 keeps it', async ({ page }) => {
  await open(page);
  const swamp = page.locator('.ls-swamp');
  await expect(swamp.locator('.lab-verdict')).toContainText('1 + 0.0001 = 1 in BF16');
  await expect(swamp).toContainText('The copy first moves after 40 additions, to 1.0078125.');
  await swamp.getByRole('textbox', { name: 'Update Δw' }).fill('0.01');
  await expect(swamp.locator('.lab-verdict')).toContainText('the update arrives');
  await swamp.getByLabel('Kept in').selectOption('fp8_e4m3fn');
  await expect(swamp.locator('.lab-verdict')).toContainText('= 1 in FP8 E4M3');
});

test('a pattern by keyboard and pointer, and what each scaler does with it', async ({ page }) => {
  await open(page);
  const step = (number: number, state: string) =>
    page.getByRole('button', { name: `Step ${number}: ${state}`, exact: true });
  await step(5, 'overflow').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(step(6, 'overflow')).toBeFocused();
  await expect(does(page, 'DeepSpeed')).toContainText('2¹¹ → 2¹⁰');
  await step(6, 'overflow').click();
  await expect(does(page, 'DeepSpeed')).toContainText('takes the step with 2¹¹');
  await page.getByRole('button', { name: 'every step overflows' }).click();
  await expect(does(page, 'DeepSpeed')).toContainText('it raises, and the run ends');
  await expect(does(page, 'DeepSpeed')).toContainText('already at minimum');
  await expect(does(page, 'Megatron')).toContainText('2¹⁶ → 2¹⁵');
  await page.getByRole('button', { name: /the topic/ }).click();
  await expect(does(page, 'DeepSpeed')).toContainText('spends hysteresis, 2 → 1');
  await expect(page.getByText(/DeepSpeed spends hysteresis.*stays 2¹⁶.*skipped/)).toBeVisible();
});

test('what cannot be meant is refused at its field and changes nothing', async ({ page }) => {
  await open(page);
  const x = page.getByRole('textbox', { name: 'The number x' });
  for (const typed of ['NaN', '1e999', '', 'six', '<b>']) {
    await x.fill(typed);
    await expect(x).toHaveAttribute('aria-invalid', 'true');
    await expect(row(page, 'BF16')).toContainText('2⁻²⁷');
  }
  await expect(page.getByText('“<b>” is not a number')).toBeVisible();
  await page.getByText('Parameters, under the frameworks’ own names').click();
  const floor = page.getByRole('textbox', { name: '--min-loss-scale' });
  await floor.fill('2^40');
  await expect(page.getByText('the floor would lie above the start')).toBeVisible();
  const power = page.getByRole('textbox', { name: 'initial_scale_power' });
  await power.fill('-3');
  await expect(page.getByText('allowed: whole numbers from 0 to 2⁶')).toBeVisible();
  await power.fill('8');
  await expect(does(page, 'DeepSpeed')).toContainText('16 → 8');
  await expect(page).toHaveURL(/\?di=8$/);
});

test('a broken address shows the example and says what was wrong', async ({ page }) => {
  await open(page, '?x=1e999&pw=0&o=1.x&f=bf16', 'zh/');
  const notice = page.locator('.lab-notice');
  await expect(notice.locator('code')).toHaveText(['x=1e999', 'o=1.x', 'pw=0']);
  await expect(page.getByRole('heading', { name: '逐位看BF16' })).toBeVisible();
  await expect(row(page, 'FP16')).toContainText('下溢为0');
  // The other language opens on the same state once something changes.
  await page.getByRole('button', { name: '变号' }).click();
  await expect(notice).toHaveCount(0);
  await expect(page.locator('[data-language-switch]').first()).toHaveAttribute('href', /x=-7\.45/);
});

test('on a phone nothing is wider than the screen, and fingers can hit everything', async ({
  browser,
}) => {
  const phone = { viewport: { width: 320, height: 700 }, hasTouch: true, isMobile: true };
  const context = await browser.newContext({ ...phone, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await open(page, '?f=fp32');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('.lab button, .lab select, .lab input[type=text]')]
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return Math.min(width, height) < 44;
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(small).toEqual([]);
  const axis = page.locator('.ls-axis .ls-track');
  await axis.tap({ position: { x: 200, y: 20 } });
  await expect(page).toHaveURL(/x=/);
  await context.close();
});

// The page as it opens is seen by axe with all other kinds of page; here what an answer and a mistake add.
test('axe finds nothing in a notice, an answer and a refused number', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await open(page, '?x=1e999');
  await page.getByRole('button', { name: '8', exact: true }).click();
  await page.getByRole('textbox', { name: 'The number x' }).fill('six');
  const within = ['.lab-notice', '.lab-predict', '.ls-number'];
  expect(await violations(page, { within })).toEqual([]);
});

test('dragging a number takes less than a frame of script', async ({ page }) => {
  await open(page);
  const box = await page.locator('.ls-axis .ls-track').boundingBox();
  if (!box) throw new Error('the axis is not drawn');
  const usual = await page.evaluate(async ({ x, y, width }) => {
    const track = document.elementFromPoint(x + width / 3, y + 10);
    const target = track?.closest('.ls-track');
    if (!target) throw new Error('nothing to drag');
    // Synthetic events cannot capture a pointer.
    target.setPointerCapture = () => {};
    target.hasPointerCapture = () => true;
    const at = (type: string, clientX: number) =>
      target.dispatchEvent(
        new PointerEvent(type, { clientX, clientY: y + 10, button: 0, bubbles: true }),
      );
    at('pointerdown', x + width / 3);
    const times: number[] = [];
    for (let i = 0; i < 40; i += 1) {
      const start = performance.now();
      at('pointermove', x + (width * (i + 5)) / 60);
      // Preact draws in a microtask.
      await null;
      await null;
      times.push(performance.now() - start);
      await new Promise(requestAnimationFrame);
    }
    // The lower quartile: what else runs on the machine only adds.
    return times.sort((a, b) => a - b)[times.length >> 2] ?? NaN;
  }, box);
  expect(usual).toBeLessThan(16);
});

test('the script of the lab is at most 40 kB, and a topic loads none of it', async ({ page }) => {
  const { gzipSync } = await import('node:zlib');
  let asked = false;
  const sizes: Promise<number>[] = [];
  const names: string[] = [];
  page.on('response', (response) => {
    const name = response.url();
    if (!asked) expect(name).not.toMatch(/\/Lab\./);
    // Preact is what search and the quiz run on too.
    const counts = asked && name.endsWith('.js') && !/preact|hooks|jsxRuntime/.test(name);
    if (!counts) return;
    names.push(new URL(name).pathname);
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto('/topics/mixed-precision/', { waitUntil: 'networkidle' });
  // What the page itself fetches when it has nothing else to do is not the lab's.
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  await page.waitForLoadState('networkidle');
  asked = true;
  const opener = page.locator('[data-lab-open="loss-scaling"]');
  await opener.click();
  await page.locator('.lab[data-awake] .ls-rows').waitFor();
  await expect(opener).toHaveCount(0);
  const lab = (await Promise.all(sizes)).reduce((a, b) => a + b, 0);
  expect(lab).toBeGreaterThan(10_000);
  expect(lab, names.join(' ')).toBeLessThan(40_000);
});

// The browser itself complains about the lost request, which the quiet test would not allow.
plain('a lab that cannot be loaded says so, and can be tried again', async ({ page }) => {
  await page.route(/\/_astro\/Lab\./, (route) => route.abort());
  await page.goto('/topics/mixed-precision/');
  await page.locator('[data-lab-open="loss-scaling"]').click();
  const notice = page.locator('[data-lab-failed]');
  await expect(notice).toContainText('could not be loaded');
  await page.unroute(/\/_astro\/Lab\./);
  await notice.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.lab[data-awake] .ls-rows').waitFor();
  await expect(notice).toHaveCount(0);
});
