import type { Page } from '@playwright/test';
import { expect, test } from './quiet.ts';
import { openQuiz } from './quiz.ts';

/** Names of what took the focus but could not be seen, going by Tab through a page. */
async function hiddenStops(page: Page, stops: number): Promise<string[]> {
  const hidden: string[] = [];
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return undefined;
      // What is only there for the keyboard shows its focus on its label or mark.
      const shown =
        focused.closest('label') ??
        focused.closest('.cite')?.querySelector('.cite-mark') ??
        focused;
      const { left, top, width, height } = shown.getBoundingClientRect();
      const isSeen = [0.1, 0.5, 0.9].some((down) =>
        [0.1, 0.5, 0.9].some((across) => {
          const hit = document.elementFromPoint(left + across * width, top + down * height);
          return hit !== null && (shown.contains(hit) || hit.contains(shown));
        }),
      );
      return isSeen ? undefined : focused.outerHTML.slice(0, 120);
    });
    if (name) hidden.push(name);
  }
  return hidden;
}

/** How much of the window's height is taken by what stays while the page scrolls. */
const stuck = (page: Page): Promise<number> =>
  page.evaluate(() => {
    scrollTo(0, document.body.scrollHeight / 2);
    const bars = [...document.querySelectorAll('body *')].filter((element) =>
      ['fixed', 'sticky'].includes(getComputedStyle(element).position),
    );
    const heights = bars
      .map((bar) => bar.getBoundingClientRect())
      .filter(({ width, bottom, top }) => width > innerWidth / 2 && bottom > 0 && top < innerHeight)
      .map(({ height }) => height);
    return heights.reduce((sum, height) => sum + height, 0) / innerHeight;
  });

// A window of 1280 × 1024 at 400% has this many CSS pixels.
test('at 400% nothing sticks over the text, and what has the focus is seen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  for (const [path, stops] of [
    ['/topics/mixed-precision/', 45],
    ['/zh/labs/zero/', 45],
    ['/quiz/?card=ds-013', 25],
  ] as const) {
    if (path.startsWith('/quiz')) {
      await openQuiz(page, path);
      await page.locator('.quiz-options').waitFor();
    } else await page.goto(path);
    expect(await hiddenStops(page, stops), path).toEqual([]);
    expect(await stuck(page), path).toBeLessThan(0.25);
  }
});

test('forced colours: what is chosen, current or filled still differs, and the focus shows', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark', reducedMotion: 'reduce' });
  const style = (selector: string, property: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
  const differ = async (one: string, other: string, property: string): Promise<void> =>
    expect(await style(one, property), `${one} against ${other}`).not.toBe(
      await style(other, property),
    );
  await page.goto('/');
  await differ('.bar .parameters', 'body', 'background-color');
  await differ('.bar .parameters', '.bar .gradients', 'background-color');
  await differ('.sizes label:has(:checked)', '.sizes label', 'background-color');
  await page.goto('/topics/deepspeed/');
  await differ('.depth nav a[aria-current]', '.depth nav a:not([aria-current])', 'border-color');
  await page.keyboard.press('Tab');
  expect(await style(':focus', 'outline-style')).toBe('solid');
  await page.goto('/labs/pipeline/');
  await page.locator('.lab[data-awake]').waitFor();
  await page.getByRole('button', { name: 'GPipe and 1F1B' }).click();
  const pressed = '.lab button[aria-pressed="true"]';
  await differ(pressed, '.lab button[aria-pressed="false"]', 'background-color');
  await differ('.pipe-legend .forward', '.pipe-legend .backward', 'background-color');
  await page.goto('/quiz/sheet/deepspeed/');
  await differ(
    '.sheet-topics a[aria-current]',
    '.sheet-topics a:not([aria-current])',
    'border-color',
  );
});

test('with reduced motion nothing moves', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of ['/', '/topics/deepspeed/', '/labs/zero/']) {
    await page.goto(path);
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) =>
        [undefined, '::before'].flatMap((pseudo) => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(
            element,
            pseudo,
          );
          const still =
            /^[0s, ]*$/.test(transitionDuration) &&
            animationName === 'none' &&
            scrollBehavior === 'auto';
          return still ? [] : [element.outerHTML.slice(0, 80)];
        }),
      ),
    );
    expect(moving, path).toEqual([]);
  }
});

test('a slider that is dragged is read out once, when it rests', async ({ page }) => {
  await page.goto('/labs/zero/');
  await page.locator('.lab[data-awake]').waitFor();
  const said = await page.evaluateHandle(() => {
    const texts: string[] = [];
    new MutationObserver(() => {
      const voice = document.querySelector('body > [role="status"]:last-of-type');
      if (voice?.textContent) texts.push(voice.textContent);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
    return texts;
  });
  const voice = page.locator('body > [role="status"]');
  await expect(voice).toBeEmpty();
  const slider = page.getByRole('slider', { name: 'GPUs in all, slider' });
  for (let step = 0; step < 8; step += 1) await slider.press('ArrowLeft');
  await expect(voice).toContainText('Fits in 32.0 GB');
  expect(new Set(await said.jsonValue()).size).toBe(1);
});
