import AxeBuilder from '@axe-core/playwright';
import { LANGUAGES, PAGE_KINDS } from './kinds.ts';
import { expect, test } from './quiet.ts';

for (const [kind, path] of Object.entries(PAGE_KINDS)) {
  for (const language of LANGUAGES) {
    if (kind === 'not found' && language) continue;
    for (const theme of ['light', 'dark'] as const) {
      test(`axe finds nothing: ${kind}, ${language || 'en/'} ${theme}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await page.goto(`/${language}${path}`);
        await page.evaluate(() => {
          for (const details of document.querySelectorAll<HTMLDetailsElement>('main details')) {
            details.open = true;
          }
        });
        const axe = new AxeBuilder({ page });
        // A theme changes nothing but colours.
        if (theme === 'dark') axe.withRules(['color-contrast']);
        else
          axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
        const { violations } = await axe.analyze();
        const found = violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary ?? ''}`,
        );
        expect(found).toEqual([]);
      });
    }
  }
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing: search dialog with results, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto('/about/');
    await page.locator('header [data-search-open]').click();
    await page.locator('[data-search] [name=q]').fill('loss scaling');
    await page.locator('[data-search] [data-answered="loss scaling"]').waitFor();
    const { violations } = await new AxeBuilder({ page }).include('[data-search]').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
  });
}
