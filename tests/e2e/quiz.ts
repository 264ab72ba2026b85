import type { Page } from '@playwright/test';
import type { StoredEvent } from '../../src/progress/events.ts';
import { expect } from './quiet.ts';

/** The quiz at an address, awake. */
export async function openQuiz(page: Page, address = '/quiz/'): Promise<void> {
  await page.goto(address);
  await page.locator('[data-quiz][data-awake]').waitFor();
}

/** What is on the disk, read past the site's own code. */
export function storedEvents(page: Page): Promise<StoredEvent[]> {
  return page.evaluate(
    () =>
      new Promise<StoredEvent[]>((resolve, reject) => {
        const opening = indexedDB.open('llm-interview-lab');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const all = database.transaction('events').objectStore('events').getAll();
          all.onsuccess = () => {
            database.close();
            resolve(all.result);
          };
        };
      }),
  );
}

export const reviews = (events: readonly StoredEvent[]) =>
  events.filter(({ kind }) => kind === 'review') as unknown as {
    card: string;
    grade: number;
    at: number;
    missed?: string[];
    seed?: number;
  }[];

/** Answers the card that is asked, by keyboard, and leaves it at its grades. */
export async function answerByKeys(page: Page): Promise<void> {
  const card = page.locator('.quiz-card');
  const grades = page.locator('.quiz-grades');
  await card.locator('.quiz-say, .quiz-options, .quiz-number').first().waitFor();
  if (await card.locator('.quiz-say').count()) await page.keyboard.press('Space');
  else if (await card.locator('.quiz-options').count()) await page.keyboard.press('0');
  else {
    await card.locator('input').focus();
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
  }
  await expect(grades).toBeVisible();
}
