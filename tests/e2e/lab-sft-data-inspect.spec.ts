import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './quiet.ts';

async function open(page: Page, query = '', language = ''): Promise<Locator> {
  await page.goto(`/${language}labs/sft-data/${query}`);
  await page.locator('.lab[data-awake]').waitFor();
  const part = page.locator('.insp');
  await part.scrollIntoViewIfNeeded();
  await expect(part.locator('.lab-verdict')).toBeVisible();
  return part;
}

async function give(part: Locator, name: string, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await part
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/jsonl', buffer });
}

async function downloaded(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.press('Enter')]);
  return {
    name: download.suggestedFilename(),
    text: await readFile(await download.path(), 'utf8'),
  };
}

const example = (ask: string, answer: string): string =>
  JSON.stringify({
    messages: [
      { role: 'user', content: ask },
      { role: 'assistant', content: answer },
    ],
  });

test('the sample, its findings, settings, and the files to take away, by keyboard', async ({
  page,
}) => {
  const part = await open(page);
  await expect(part.locator('.lab-verdict')).toContainText('28 examples, 10 without a finding');
  await expect(part.locator('.insp-formula')).toContainText('0.565');
  await expect(part).toContainText('2 of 3 items are matched (66.7%), by 2 examples.');
  const broken = part.getByRole('listitem').filter({ hasText: 'Not readable as an example' });
  await broken.locator('summary').press('Enter');
  await expect(broken).toContainText(/unknown role\s+messages\[1\].role\s+“<b>bot<\/b>”/);

  // Fewer bands and more rows find fewer; the address follows.
  await part.getByRole('button', { name: /NeMo Curator/ }).press('Enter');
  await expect(page).toHaveURL(/bands=20&rows=13/);
  await expect(part.locator('.insp-formula')).toContainText('0.177');
  await part.getByRole('textbox', { name: 'Near-duplicate from' }).fill('0.9');
  await expect(
    part.getByRole('listitem').filter({ hasText: 'Near-duplicate' }).first(),
  ).toContainText('1');
  await part.getByRole('button', { name: /any run of 13/ }).press('Enter');
  await expect(part).toContainText('1 of 3 items are matched');

  for (const name of ['Empty turn', 'Order of roles', 'Near-duplicate', 'Overlaps']) {
    await part.getByRole('checkbox', { name }).press('Space');
  }
  await expect(part.locator('.insp-files')).toContainText('23 examples stay, 5 go.');
  const cleaned = await downloaded(page, part.getByRole('button', { name: 'cleaned file' }));
  expect(cleaned.name).toBe('sample.cleaned.jsonl');
  const source = await readFile('src/labs/sft-data/inspect/sample.jsonl', 'utf8');
  const gone = [5, 11, 12, 13, 28];
  expect(cleaned.text).toBe(
    source
      .split(/(?<=\n)/)
      .filter((line, index) => line.trim() !== '' && !gone.includes(index + 1))
      .join(''),
  );
  const report = await downloaded(page, part.getByRole('button', { name: 'Report, JSON' }));
  expect(JSON.parse(report.text)).toMatchObject({ records: 28, kept: 23, settings: { b: 20 } });
});

test('20,000 lines dropped on it show progress and can be cancelled; the report from before stays', async ({
  page,
}) => {
  const part = await open(page);
  /** Made in the page: handing megabytes over to it takes longer than reading them. */
  const drop = (name: string, words: number): Promise<void> =>
    part.locator('.insp-drop').evaluate(
      (box, [name, words]) => {
        const long = Array.from({ length: words }, (_, index) => `word${index}`).join(' ');
        const lines = Array.from({ length: 20_000 }, (_, index) =>
          JSON.stringify({ prompt: `${index}? ${long}`, completion: `${index}!` }),
        );
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([lines.join('\r\n')], name));
        box.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      },
      [name, words] as const,
    );
  await drop('large.jsonl', 150);
  await expect(part.getByRole('progressbar')).toBeVisible();
  await expect(part.getByRole('status').filter({ hasText: 'Reading large.jsonl' })).toBeVisible();
  await part.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(part.getByRole('progressbar')).toBeHidden();
  await expect(part).toContainText('Canceled.');
  await expect(part.locator('.lab-verdict')).toContainText('sample.jsonl: 28 examples');
  await expect(part.getByRole('button', { name: 'Choose a file' })).toBeFocused();

  await drop('short.jsonl', 0);
  await expect(part.locator('.lab-verdict')).toContainText('short.jsonl: 20,000 examples, 20,000');
});

test('hostile text stays text; a list, a broken file and a folder are told plainly', async ({
  page,
}) => {
  const part = await open(page);
  const hostile =
    '<img src=x onerror="document.title=1"><script>document.title=2</script> and more';
  const twice = [example(hostile, 'one two three'), example(`${hostile} yes`, 'one two three')];
  await give(part, '<i>list.json', `[${twice.join(',\n')}, {"__proto__": {"messages": []}}]`);
  await expect(part.locator('.lab-verdict')).toContainText('<i>list.json: 3 examples, 1');
  const broken = part.getByRole('listitem').filter({ hasText: 'Not readable' });
  await broken.locator('summary').click();
  await expect(broken).toContainText(/item 3\s*no known format\s+keys: __proto__/);
  await part.getByText('Near-duplicates side by side').click();
  await expect(part.locator('.insp-pairs')).toContainText(hostile);
  expect(await part.locator('img, script, .insp-pairs i').count()).toBe(0);
  await give(part, 'cut.json', `[${twice[0]}, `);
  await expect(part).toContainText('The list is never closed');
  await give(part, 'pretty.json', JSON.stringify({ messages: [1, 2, 3] }, null, 2));
  await expect(part).toContainText('Most lines are no JSON by themselves');
});

test('on a phone, in Chinese, from a broken address: nothing overflows, axe is content', async ({
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 700 });
  const part = await open(page, '?bands=0&rows=4', 'zh/');
  await expect(page.locator('.lab-notice code')).toHaveText(['bands=0']);
  for (const summary of await part.locator('summary').all()) await summary.click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(await violations(page)).toEqual([]);
});
