import { violations } from './axe.ts';
import { LANGUAGES, PAGE_KINDS } from './kinds.ts';
import { expect, test } from './quiet.ts';

for (const [kind, path] of Object.entries(PAGE_KINDS)) {
  for (const language of LANGUAGES) {
    if (kind === 'not found' && language) continue;
    test(`axe finds nothing in either theme: ${kind}, ${language || 'en/'}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.goto(`/${language}${path}`);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>('main details')) {
          details.open = true;
        }
      });
      expect(await violations(page)).toEqual([]);
      // A theme changes nothing but colours.
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      expect(await violations(page, { rules: ['color-contrast'] })).toEqual([]);
    });
  }
}

for (const [theme, language, queries] of [
  ['light', '', ['loss scaling', 'los scalling', 'qqqqqq']],
  ['dark', 'zh/', ['显存', 'pipelne', '囍囍囍']],
] as const) {
  test(`axe finds nothing in the search: found, misspelt, not found, ${theme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto(`/${language}about/`);
    await page.locator('header [data-search-open]').click();
    for (const query of queries) {
      await page.locator('[data-search] [name=q]').fill(query);
      await page.locator(`[data-search] [data-answered="${query}"]`).waitFor();
      expect(await violations(page, { within: ['[data-search]'] }), query).toEqual([]);
    }
  });
}
