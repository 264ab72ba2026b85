import { violations } from './axe.ts';
import { expect, test } from './quiet.ts';
import { type answerByKeys, openQuiz, reviews, storedEvents } from './quiz.ts';

test('a mock interview asks on by what was missed, and its report stays in the history', async ({
  page,
}) => {
  await openQuiz(page, '/quiz/?mode=mock');
  for (const topic of ['Pretrained models', 'Parallelism', 'Mixed precision', 'SFT data']) {
    const box = page.locator('.mock-choice label', { hasText: topic });
    if (await box.count()) await box.first().click();
  }
  await page.getByRole('button', { name: 'Begin' }).click();
  const card = page.locator('.quiz-card');
  const asked: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    asked.push((await card.getAttribute('data-card')) ?? '');
    await answerByMock(page);
    if (n === 0) expect(await violations(page, { within: ['main'] })).toEqual([]);
    await page.keyboard.press('n');
    await expect(card).not.toHaveAttribute('data-card', asked[n] ?? '');
  }
  await page.keyboard.press('Escape');
  const report = page.locator('.mock-report');
  await expect(report.getByRole('heading', { name: 'Report of the mock interview' })).toBeFocused();
  await expect(report.locator('.mock-answers > li')).toHaveCount(2);
  await expect(report.locator('.mock-missed li').first()).toBeVisible();
  await expect(report.getByRole('link', { name: 'Read it up' }).first()).toHaveAttribute(
    'href',
    /\/topics\/.+#/,
  );
  expect(await violations(page, { within: ['main'] })).toEqual([]);

  const events = await storedEvents(page);
  expect(
    reviews(events)
      .map(({ card: id }) => id)
      .sort(),
  ).toEqual([...asked].sort());
  expect(events.filter(({ kind }) => kind === 'mock')).toHaveLength(1);
  await page.goto('/progress/');
  await page.getByRole('link', { name: /Mock interview, 15 min/ }).click();
  await expect(report.locator('.mock-answers > li')).toHaveCount(2);
});

async function answerByMock(page: Parameters<typeof answerByKeys>[0]): Promise<void> {
  const card = page.locator('.quiz-card');
  await card.locator('.quiz-say, .quiz-number').first().waitFor();
  if (await card.locator('.quiz-say').count()) await page.keyboard.press('Space');
  else {
    await card.locator('input').fill('1');
    await page.keyboard.press('Enter');
  }
  await page.locator('.quiz-bar').waitFor();
}
