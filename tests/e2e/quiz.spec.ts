import { violations } from './axe.ts';
import { expect, test } from './quiet.ts';
import { answerByKeys, openQuiz, reviews, storedEvents } from './quiz.ts';

test('a session with the keyboard alone: every grade is stored before the next card, and can be taken back', async ({
  page,
}) => {
  await openQuiz(page);
  await page.getByRole('button', { name: 'Start' }).first().press('Enter');
  const card = page.locator('.quiz-card');
  const first = await card.getAttribute('data-card');
  await answerByKeys(page);
  await page.keyboard.press('3');
  await expect(card).not.toHaveAttribute('data-card', first ?? '');
  expect(reviews(await storedEvents(page))).toMatchObject([{ card: first, grade: 3 }]);

  const second = await card.getAttribute('data-card');
  await answerByKeys(page);
  await page.keyboard.press('1');
  await expect(card).not.toHaveAttribute('data-card', second ?? '');
  await page.keyboard.press('u');
  await expect(card).toHaveAttribute('data-card', second ?? '');
  const events = await storedEvents(page);
  expect(events.map(({ kind }) => kind).sort()).toEqual(['review', 'review', 'undo']);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Done' })).toBeFocused();
  await expect(page.locator('.quiz-summary')).toContainText('1 card, 1 at the first try.');
});

test('an open card: hints one by one, key points suggest the grade, missed ones stand first next time', async ({
  page,
}) => {
  await openQuiz(page, '/quiz/?card=ds-001');
  await page.keyboard.press('h');
  await expect(page.locator('.quiz-hint')).toHaveCount(1);
  await expect(page.locator('.quiz-answer')).toHaveCount(0);
  await page.keyboard.press('Space');
  const suggested = page.locator('.quiz-grades [data-suggested]');
  await expect(suggested).toContainText('Again');
  const points = page.locator('.quiz-points li');
  const count = await points.count();
  const last = await points.last().textContent();
  for (let n = 1; n < count; n += 1) {
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
  }
  await expect(points.last().locator('input')).not.toBeChecked();
  await expect(suggested).toContainText('Hard');
  await page.keyboard.press('2');
  await page.locator('.quiz-summary').waitFor();
  const [review] = reviews(await storedEvents(page));
  expect(review?.missed).toHaveLength(1);

  await openQuiz(page, '/quiz/?card=ds-001');
  await page.locator('.quiz-say').waitFor();
  await page.keyboard.press('Space');
  await expect(points.first()).toContainText(last ?? '');
  await expect(points.first()).toContainText('missed last time');
  await expect(page.locator('.quiz-points :checked')).toHaveCount(0);
});

test('a choice explains every option afterwards, and a new take shows nothing of the old one', async ({
  page,
}) => {
  await openQuiz(page, '/quiz/?card=ds-013');
  const options = page.locator('.quiz-options li');
  await expect(page.locator('.quiz-why')).toHaveCount(0);
  await options.getByRole('button', { name: 'It stores a slice of all model states' }).click();
  await expect(page.locator('.quiz-why')).toHaveCount(await options.count());
  await expect(page.locator('.quiz-why .verdict.right')).toHaveCount(1);
  await expect(page.locator('[data-suggested]')).toContainText('Good');
  await page.keyboard.press('1');
  await expect(page.locator('[data-answered]')).toHaveCount(0);
  await expect(page.locator('.quiz-why, [data-state], [data-chosen]')).toHaveCount(0);
  await page.getByRole('button', { name: 'I don’t know' }).click();
  await expect(page.locator('[data-suggested]')).toContainText('Again');
});

test('a calculation draws its numbers by the seed, understands units and shows the drawn solution', async ({
  page,
}) => {
  await openQuiz(page, '/quiz/?numeric=zero-bytes-per-gpu&seed=7');
  const prompt = await page.locator('.quiz-prompt').textContent();
  const field = page.getByLabel('Your answer');
  await field.fill('many');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('not read as a number');
  await field.fill('１ ＴｉＢ');
  await field.press('Enter');
  await expect(page.locator('.quiz-verdict')).toContainText('Wrong');
  const exact = /answer is ([\d.]+ \w+)/.exec(
    (await page.locator('.quiz-verdict').textContent()) ?? '',
  )?.[1];
  await expect(page.locator('.quiz-answer')).not.toBeEmpty();

  await openQuiz(page, '/quiz/?numeric=zero-bytes-per-gpu&seed=7');
  expect(await page.locator('.quiz-prompt').textContent()).toBe(prompt);
  await field.fill(exact ?? '');
  await field.press('Enter');
  await expect(page.locator('.quiz-verdict')).toContainText('Right');
  await page.keyboard.press('n');
  await expect(field).toBeVisible();
  await expect(page).not.toHaveURL(/seed=7$/);
  expect(reviews(await storedEvents(page))).toHaveLength(0);
});

test('a drill holds what fits its filter, and its address leads back to it', async ({ page }) => {
  await openQuiz(page);
  const form = page.locator('.quiz-filters');
  await form.getByLabel('Topic').selectOption('deepspeed');
  await form.getByLabel('Kind').selectOption('choice');
  await form.getByRole('button', { name: 'Start' }).click();
  await expect(page.locator('.quiz-card .eyebrow')).toContainText('choice');
  await expect(page).toHaveURL('/quiz/?mode=drill&topic=deepspeed&kind=choice');
  await page.locator('[data-language-switch]').click();
  await expect(page).toHaveURL('/zh/quiz/?mode=drill&topic=deepspeed&kind=choice');
  await expect(page.locator('.quiz-card .eyebrow')).toContainText('选择');
  await page.goBack();
});

test('formulas, code and sources come with the card, and nothing else is asked for', async ({
  page,
}) => {
  await openQuiz(page, '/quiz/?card=ds-013');
  await page.getByRole('button', { name: 'I don’t know' }).waitFor();
  await page.keyboard.press('0');
  await page.locator('.quiz-why .cite-mark').first().click();
  await expect(page.locator('.quiz-why .cite-note').first()).toBeVisible();
  await openQuiz(page, '/quiz/?numeric=chinchilla-tokens&seed=1');
  await expect(page.locator('.quiz-prompt .katex').first()).toBeVisible();
  await expect(page.locator('link[data-formulas]')).toHaveCount(1);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the states of the quiz, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const check = async (): Promise<void> => {
      expect(await violations(page, { within: ['main'] })).toEqual([]);
    };
    await openQuiz(page);
    await check();
    for (const card of ['ds-001', 'ds-013', 'ds-002']) {
      await openQuiz(page, `/quiz/?card=${card}`);
      await page.locator('.quiz-say, .quiz-options, .quiz-number').first().waitFor();
      await check();
      await answerByKeys(page);
      await expect(page.locator('[data-result]')).toBeFocused();
      await check();
    }
    await page.keyboard.press('?');
    await check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('.quiz-summary').waitFor();
    await check();
  });
}
