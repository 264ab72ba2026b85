import { create } from 'fontkit';
import { expect, test } from './quiet.ts';

const TOPICS = ['pretrained-models', 'parallelism', 'mixed-precision', 'deepspeed', 'sft-data'];

/** Characters of each font in a stylesheet that carries its fonts, by `family style weight`. */
function glyphs(css: string): Map<string, Set<number>> {
  const faces = css.matchAll(
    /font-family:(KaTeX_\w+);font-style:(\w+);font-weight:(\d+);src:url\(data:font\/woff2;base64,([^)]*)\)/g,
  );
  return new Map(
    [...faces].map(([, family, style, weight, data = '']) => {
      const font = create(Buffer.from(data, 'base64'));
      if (!('characterSet' in font)) throw new Error('a collection of fonts');
      return [`${family} ${style} ${weight}`, new Set(font.characterSet)];
    }),
  );
}

for (const topic of TOPICS) {
  test(`each sign of each formula of ${topic} has its glyph in the font that draws it`, async ({
    page,
    request,
  }) => {
    await page.goto(`/topics/${topic}/`);
    const sheet = await page.locator('link[data-formulas]').getAttribute('href');
    const fonts = glyphs(await (await request.get(sheet!)).text());
    const drawn = await page.evaluate(() => {
      const uses = new Set<string>();
      for (const formula of document.querySelectorAll('.katex-html')) {
        const walker = document.createTreeWalker(formula, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const style = getComputedStyle(node.parentElement!);
          const family = style.fontFamily.split(',')[0]!.replaceAll('"', '');
          for (const sign of node.textContent ?? '') {
            uses.add(JSON.stringify([`${family} ${style.fontStyle} ${style.fontWeight}`, sign]));
          }
        }
      }
      return [...uses];
    });
    expect(drawn.length).toBeGreaterThan(5);
    const missing = drawn
      .map((use) => JSON.parse(use) as [string, string])
      // Han in a formula comes from the reader's own font; a zero-width space draws nothing.
      .filter(([, sign]) => !/\p{Script=Han}|\u200b|\s/u.test(sign))
      .filter(([font, sign]) => !fonts.get(font)?.has(sign.codePointAt(0)!));
    expect(missing).toEqual([]);
  });
}
