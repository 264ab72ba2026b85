import { LANGUAGES, PAGE_KINDS } from './kinds.ts';
import { expect, test } from './quiet.ts';

/** Phones, a tablet, a desktop, and a window of 1280 × 1024 at 200% and 400%. */
const WINDOWS = [
  [390, 844],
  [640, 512],
  [768, 844],
  [1440, 844],
  [320, 256],
] as const;

/** A reader's own spacing, which nothing may be lost by: WCAG 2.2, 1.4.12. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`;

for (const [kind, path] of Object.entries(PAGE_KINDS)) {
  test(`the ${kind} page fits windows from 320 px on, in both languages`, async ({ page }) => {
    for (const language of LANGUAGES) {
      await page.goto(`/${language}${path}`.replace('/zh/404.html', '/404.html'));
      const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      for (const [width, height] of WINDOWS) {
        await page.setViewportSize({ width, height });
        expect(await wider(), `${language}${path} at ${width} px`).toBeLessThanOrEqual(0);
      }
      await page.evaluate((spacing) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(spacing);
        document.adoptedStyleSheets.push(sheet);
      }, SPACING);
      expect(await wider(), `${language}${path} spaced out`).toBeLessThanOrEqual(0);
    }
  });
}
