import { expect, test } from './quiet.ts';
import { openQuiz, reviews, storedEvents } from './quiz.ts';

test('a review with one thumb: controls at the bottom, large enough, nothing wider than the screen', async ({
  page,
}) => {
  await openQuiz(page, '/zh/quiz/?card=ds-001');
  const reveal = page.getByRole('button', { name: '看答案' });
  await expect(reveal).toBeInViewport({ ratio: 1 });
  await reveal.tap();
  const grades = page.locator('.quiz-grades button');
  await expect(grades).toHaveCount(4);
  const height = page.viewportSize()?.height ?? 0;
  for (const grade of await grades.all()) {
    const box = await grade.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(box?.width).toBeGreaterThanOrEqual(44);
    expect(box?.y).toBeGreaterThan(height * 0.7);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
  }
  await page.locator('.quiz-points label').first().tap();
  await expect(page.locator('.quiz-points input').first()).toBeChecked();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
  await grades.nth(2).tap();
  await page.locator('.quiz-summary').waitFor();
  expect(reviews(await storedEvents(page))).toMatchObject([{ card: 'ds-001', grade: 3 }]);
});
