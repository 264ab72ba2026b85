import { expect, test } from './quiet.ts';
import { answerByKeys, openQuiz, reviews, storedEvents } from './quiz.ts';

test('killed in the middle of a review and opened again: graded cards stay graded', async ({
  context,
  page,
}) => {
  await openQuiz(page, '/quiz/?mode=due');
  const card = page.locator('.quiz-card');
  const first = (await card.getAttribute('data-card')) ?? '';
  await answerByKeys(page);
  await page.keyboard.press('4');
  await expect(card).not.toHaveAttribute('data-card', first);
  const second = (await card.getAttribute('data-card')) ?? '';
  await answerByKeys(page);
  await page.close({ runBeforeUnload: false });

  const again = await context.newPage();
  await openQuiz(again, '/quiz/?mode=due');
  await expect(again.locator('.quiz-card')).toHaveAttribute('data-card', second);
  expect(reviews(await storedEvents(again))).toMatchObject([{ card: first, grade: 4 }]);
});

test('two tabs grade at once: both grades count, in both tabs', async ({ context, page }) => {
  await openQuiz(page, '/quiz/?card=ds-001');
  const other = await context.newPage();
  await openQuiz(other, '/quiz/?card=ds-013');
  await answerByKeys(page);
  await answerByKeys(other);
  await Promise.all([page.keyboard.press('3'), other.keyboard.press('1')]);
  await expect(page.locator('.quiz-grades')).toHaveCount(0);
  await expect(other.locator('.quiz-grades')).toHaveCount(0);
  const graded = reviews(await storedEvents(page)).map(({ card, grade }) => `${card} ${grade}`);
  expect(graded.sort()).toEqual(['ds-001 3', 'ds-013 1']);
  await page.goto('/progress/');
  await expect(page.locator('.recall-table')).toContainText('2 /');
});

test('a clock that is set back does not turn reviews around', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-11-24T12:00:00Z') });
  await openQuiz(page, '/quiz/?card=ds-001');
  await answerByKeys(page);
  await page.keyboard.press('3');
  await page.locator('.quiz-summary').waitFor();
  await page.clock.setSystemTime(new Date('2026-11-20T12:00:00Z'));
  await openQuiz(page, '/quiz/?card=ds-001');
  await answerByKeys(page);
  await page.keyboard.press('1');
  await expect(page.locator('.quiz-grades')).toHaveCount(0);
  const [first, second] = reviews(await storedEvents(page)).sort((a, b) => a.at - b.at);
  expect(first).toMatchObject({ grade: 3 });
  expect(second).toMatchObject({ grade: 1 });
  expect(second!.at).toBeGreaterThan(first!.at);
  await page.goto('/progress/');
  await expect(page.locator('.progress-list').first()).toContainText('missed 1 of 2');
});

test('a database deleted beneath the quiz is made anew, with everything in it', async ({
  page,
}) => {
  await openQuiz(page, '/quiz/?card=ds-013');
  await answerByKeys(page);
  await page.keyboard.press('1');
  await expect(page.locator('.quiz-grades')).toHaveCount(0);
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('llm-interview-lab');
        deleting.onsuccess = resolve;
        deleting.onerror = reject;
      }),
  );
  await answerByKeys(page);
  await page.keyboard.press('3');
  await page.locator('.quiz-summary').waitFor();
  await expect(page.locator('.quiz-problem')).toHaveCount(0);
  expect(
    reviews(await storedEvents(page))
      .map(({ grade }) => grade)
      .sort(),
  ).toEqual([1, 3]);
});

test('a full disk is told, the review goes on and can be exported', async ({ page }) => {
  await openQuiz(page, '/quiz/?card=ds-001');
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await answerByKeys(page);
  await page.keyboard.press('3');
  await page.locator('.quiz-summary').waitFor();
  await expect(page.locator('.quiz-problem')).toContainText('storage is full');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export progress' }).click();
  const stream = await (await download).createReadStream();
  let text = '';
  for await (const chunk of stream) text += chunk;
  expect(JSON.parse(text).events).toMatchObject([{ kind: 'review', card: 'ds-001', grade: 3 }]);
});

test('without a database the quiz works from memory and says so', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new DOMException('no', 'SecurityError');
      },
    });
  });
  await openQuiz(page, '/quiz/?card=ds-001');
  await expect(page.locator('.quiz-problem')).toContainText('stay in this tab');
  await answerByKeys(page);
  await page.keyboard.press('3');
  await page.locator('.quiz-summary').waitFor();
  await expect(page.locator('.quiz-summary')).toContainText('1 card, 1 at the first try.');
});

test('marks and states stand where a question is listed', async ({ page }) => {
  await page.goto('/questions/deepspeed/what-each-stage-shards/');
  await page.getByRole('button', { name: 'To revisit' }).click();
  await expect(page.getByRole('button', { name: 'To revisit' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await openQuiz(page, '/quiz/?card=ds-013');
  await answerByKeys(page);
  await page.keyboard.press('1');
  await expect(page.locator('.quiz-grades')).toHaveCount(0);
  await page.goto('/questions/');
  const state = (slug: string) => page.locator('tr', { has: page.locator(`a[href$="/${slug}/"]`) });
  await expect(state('which-describes-zero-3')).toContainText('missed');
  await expect(state('what-each-stage-shards')).toContainText('to revisit');
  await page.getByLabel('State').selectOption('missed');
  await expect(page.locator('tbody tr:visible')).toHaveCount(1);
  await page.goto('/topics/deepspeed/');
  await expect(page.locator('#ask-which-describes-zero-3 > summary')).toContainText('missed');
  await page.goto('/');
  await expect(page.locator('.readiness').nth(3)).toContainText('1 of');
  await openQuiz(page, '/quiz/?mode=drill&only=marked');
  await expect(page.locator('.quiz-card')).toHaveAttribute('data-card', 'ds-001');
});

test('the question sheet opens all, and closes all', async ({ page }) => {
  await page.goto('/quiz/sheet/deepspeed/');
  const open = page.locator('.sheet-question[open]');
  await expect(open).toHaveCount(0);
  await page.getByRole('button', { name: 'Open all' }).click();
  await expect(open).toHaveCount(await page.locator('.sheet-question').count());
  await page.getByRole('button', { name: 'Close all' }).click();
  await expect(open).toHaveCount(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the quiz says so and leads to the question sheet, whose answers fold', async ({ page }) => {
    await page.goto('/quiz/');
    await expect(page.getByText('The quiz needs JavaScript.')).toBeVisible();
    await page.getByRole('link', { name: 'Question sheet' }).click();
    await page.locator('.question-sheet h2 a').first().click();
    const question = page.locator('.sheet-question').first();
    await question.locator('> summary').click();
    await expect(question.locator('> div')).toBeVisible();
  });
});
