import { LANGUAGES, PAGE_KINDS } from './kinds.ts';
import { expect, test } from './quiet.ts';

for (const [kind, path] of Object.entries(PAGE_KINDS)) {
  test(`the ${kind} page fits windows from 320 px on, in both languages`, async ({ page }) => {
    for (const language of LANGUAGES) {
      await page.goto(`/${language}${path}`.replace('/zh/404.html', '/404.html'));
      for (const width of [320, 390, 768, 1440]) {
        await page.setViewportSize({ width, height: 844 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wider, `${language}${path} at ${width} px`).toBeLessThanOrEqual(0);
      }
    }
  });
}
