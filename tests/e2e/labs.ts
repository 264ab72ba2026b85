import type { Page } from '@playwright/test';
import { expect } from './quiet.ts';

/** Brings a lab to the states that axe does not see on opening: in the dark, a prediction answered, a number refused, the player running. */
export async function putToWork(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.locator('.lab-predict button').first().click();
  await page.locator('.lab-predict b').first().waitFor();
  const player = page.locator('.lab-player');
  if (await player.count()) {
    const play = player.first().getByRole('button').nth(2);
    await play.click();
    await expect(play).toHaveAttribute('aria-pressed', 'true');
  }
  const field = page.locator('.lab-number input[type="text"]').first();
  await field.fill('x');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  // Half under the head of the page, a target counts as too small.
  await page.evaluate(() => scrollTo(0, 0));
}
