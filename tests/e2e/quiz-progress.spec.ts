import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './quiet.ts';
import { answerByKeys, openQuiz, storedEvents } from './quiz.ts';

async function openProgress(page: Page): Promise<void> {
  await page.goto('/progress/');
  await page.locator('[data-progress][data-awake]').waitFor();
}

async function grade(page: Page, card: string, key: string): Promise<void> {
  await openQuiz(page, `/quiz/?card=${card}`);
  await answerByKeys(page);
  await page.keyboard.press(key);
  await expect(page.locator('.quiz-grades')).toHaveCount(0);
}

async function exported(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const stream = await (await download).createReadStream();
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

const importFile = (page: Page, text: string): Promise<void> =>
  page.getByLabel('Import a file').setInputFiles({
    name: 'progress.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });

test('export, wipe and import give the same back; a wipe can be undone', async ({ page }) => {
  await grade(page, 'ds-001', '3');
  await grade(page, 'ds-013', '2');
  await openProgress(page);
  await expect(page.locator('.recall-table')).toContainText('2 /');
  const text = await exported(page);
  await expect(page.locator('.quiz-saved').last()).toContainText('Last export');
  const before = await storedEvents(page);

  await page.getByRole('button', { name: 'Delete everything' }).click();
  const cancel = page.getByRole('button', { name: 'Cancel' });
  const opener = page.getByRole('button', { name: 'Delete everything' });
  await expect(cancel).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(cancel).toHaveCount(0);
  await expect(opener).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(cancel).toBeFocused();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.locator('.recall-table')).toHaveCount(0);
  expect(await storedEvents(page)).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.recall-table')).toBeVisible();
  expect(await storedEvents(page)).toEqual(before);

  // What a chosen file would add follows what is deleted meanwhile.
  await importFile(page, text);
  await expect(page.locator('.notice')).toContainText('Nothing new');
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.locator('.notice')).toContainText('2 new entries; 0 are here already.');
  expect(await violations(page, { within: ['.notice'] })).toEqual([]);
  await page.getByRole('button', { name: 'Add them' }).click();
  await expect(page.locator('.recall-table')).toContainText('2 /');
  const after = await storedEvents(page);
  expect(after).toEqual(before.filter(({ kind }) => kind === 'review'));

  await importFile(page, text);
  await expect(page.locator('.notice')).toContainText('Nothing new');
});

test('a hostile file is refused, its words stand as text, and nothing changes', async ({
  page,
}) => {
  await grade(page, 'ds-001', '3');
  const before = await storedEvents(page);
  await openProgress(page);
  const evil = '<img src=x onerror="document.title=\'owned\'">';
  const event = { id: 'a', at: 1, v: 1, kind: 'review', card: evil, grade: 9, ms: 1 };
  const files = [
    '{',
    '[]',
    evil,
    JSON.stringify({ format: 'llm-interview-lab/progress', schema: 1, events: [event] }),
    `{"format":"llm-interview-lab/progress","schema":1,"events":[{"__proto__":{"x":1}}]}`,
    JSON.stringify({ format: 'llm-interview-lab/progress', schema: 1, events: [], [evil]: 1 }),
  ];
  for (const file of files) {
    await importFile(page, file);
    await expect(page.getByRole('alert')).toContainText('nothing was changed');
    await expect(page.locator('.notice img')).toHaveCount(0);
  }
  await expect(page.getByRole('alert')).toContainText('onerror');
  expect(await page.title()).not.toBe('owned');
  expect(await storedEvents(page)).toEqual(before);
});

test('the interview date is kept, aims the forecast and refuses the past', async ({ page }) => {
  await grade(page, 'ds-001', '3');
  await openProgress(page);
  const date = page.getByLabel('Date');
  await date.fill('2020-01-01');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#plan-error')).toContainText('from today on');
  const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  await date.fill(soon);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#plan-error')).toContainText('Saved');
  await expect(page.locator('.recall-table')).toContainText('on the day');
  await page.reload();
  await expect(date).toHaveValue(soon);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on a filled page of progress, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await grade(page, 'ds-001', '3');
    await grade(page, 'ds-013', '1');
    await openProgress(page);
    await importFile(page, '{');
    await page.locator('.notice').waitFor();
    await page.getByRole('button', { name: 'Delete everything' }).click();
    await page.getByRole('alertdialog').waitFor();
    await page.evaluate(() => {
      for (const details of document.querySelectorAll<HTMLDetailsElement>('main details'))
        details.open = true;
    });
    expect(await violations(page, { within: ['main'] })).toEqual([]);
  });
}
