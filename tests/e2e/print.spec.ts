import { expect, type Page, test } from '@playwright/test';
import { extractTextItems, getDocumentProxy } from 'unpdf';

/** Width of an A4 page between the margins of print.css, in CSS pixels. */
const A4_WIDTH = Math.floor(((210 - 2 * 16) / 25.4) * 96);

for (const { folder, language } of [
  { folder: '', language: 'English' },
  { folder: 'zh/', language: 'Chinese' },
]) {
  test(`the cheat sheet in ${language} is one page, of A4 and of Letter`, async ({ page }) => {
    await page.goto(`/${folder}quiz/cheat-sheet/`);
    const { lines, outside, controls } = await onPaper(page);
    expect({ outside, controls }).toEqual({ outside: [], controls: [] });
    for (const format of ['A4', 'Letter'] as const) {
      const pages = await pdfPages(page, format);
      expect(pages.length, format).toBe(1);
      expect(missing(lines, pages)).toEqual([]);
    }
  });

  test(`a topic's full text in ${language} is all on paper, nothing cut or torn apart`, async ({
    page,
  }) => {
    await page.goto(`/${folder}topics/deepspeed/`);
    const { lines, outside, controls } = await onPaper(page);
    expect(lines.length).toBeGreaterThan(200);
    expect({ outside, controls }).toEqual({ outside: [], controls: [] });
    const kept = await markWhatStaysTogether(page);
    const pages = await pdfPages(page);
    expect(pages.length).toBeLessThanOrEqual(26);
    expect(missing(lines, pages)).toEqual([]);
    const torn = kept
      .map(({ what, from, to }) => ({ what, on: [pageOf(pages, from), pageOf(pages, to)] }))
      .filter(({ on: [first, last] }) => first !== last);
    expect(torn).toEqual([]);
    expect(kept.length).toBeGreaterThan(50);
  });

  test(`a question in ${language} prints its answer, hints and sources with their addresses`, async ({
    page,
  }) => {
    await page.goto(`/${folder}questions/deepspeed/what-each-stage-shards/`);
    const { lines, outside, controls } = await onPaper(page);
    expect({ outside, controls }).toEqual({ outside: [], controls: [] });
    const pages = await pdfPages(page);
    expect(pages.length).toBeLessThanOrEqual(2);
    expect(missing(lines, pages)).toEqual([]);
    expect(pages.join('')).toContain('https://arxiv.org/abs/1910.02054');
  });
}

test('a browser without the rule that unfolds paper unfolds the page while it prints', async ({
  page,
}) => {
  await page.addInitScript(() => {
    CSS.supports = () => false;
  });
  await page.goto('/questions/deepspeed/what-each-stage-shards/');
  await page.locator('[data-hint]').nth(1).locator('summary').click();
  const open = () => page.locator('main details[open]').count();
  const before = await open();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(page.locator('main details:not([open])')).toHaveCount(0);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(await open()).toBe(before);
});

/** The text of each page, without spaces: where a line breaks does not matter. */
async function pdfPages(page: Page, format: 'A4' | 'Letter' = 'A4'): Promise<string[]> {
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ format })));
  const { items } = await extractTextItems(pdf);
  return items.map((texts) => bare(texts.map(({ str }) => str).join('')));
}

/** Signs whose glyph a font shares with a character; a PDF may name either. NFKC knows most radicals. */
const TWINS = '‒∼〜⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳';
const CHARACTERS = '–~~民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟';

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(new RegExp(`[${TWINS}]`, 'g'), (one) => CHARACTERS[TWINS.indexOf(one)] ?? one)
    .replaceAll(/[\s\u2060\u00ad]+/g, '');

const missing = (lines: readonly string[], pages: readonly string[]): string[] => {
  const text = pages.join('').replaceAll(/@\d+@/g, '');
  return lines.filter((line) => !text.includes(bare(line)));
};

const pageOf = (pages: readonly string[], mark: string): number =>
  pages.findIndex((text) => text.includes(mark));

/** What the page has to say on paper, what of it would stand outside, and what is of no use there. */
async function onPaper(
  page: Page,
): Promise<{ lines: string[]; outside: string[]; controls: string[] }> {
  await page.setViewportSize({ width: A4_WIDTH, height: 1000 });
  await page.emulateMedia({ media: 'print' });
  return page.evaluate((width) => {
    const main = document.querySelector('main') as HTMLElement;
    const shown = (element: Element): boolean =>
      element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';
    // A set formula is many boxes, and a line of text that holds one is told in pieces around it.
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const lines: string[] = [];
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement as Element;
      if (parent.closest('.katex, math, script, style, .visually-hidden')) continue;
      const line = (texts.currentNode.textContent ?? '').trim();
      // Folded text has no box on the screen and one on paper, so it is told by what it is, not by its box.
      const folded = parent.closest('details:not([open])') !== null;
      const dropped = (element: Element | null): boolean =>
        element !== null &&
        (getComputedStyle(element).display === 'none' || dropped(element.parentElement));
      if (line && (folded ? !dropped(parent) : shown(parent))) lines.push(line);
    }
    const describe = (element: Element): string =>
      `${element.tagName}.${element.className}: ${(element.textContent ?? '').trim().slice(0, 40)}`;
    const all = [...main.querySelectorAll('*')].filter(shown);
    return {
      lines,
      outside: all
        .filter((element) => !element.closest('.visually-hidden, .katex-mathml'))
        .filter(
          (element) =>
            element.getBoundingClientRect().right > width + 1 ||
            (getComputedStyle(element).overflowX !== 'visible' &&
              element.scrollWidth > element.clientWidth + 1),
        )
        .map(describe),
      controls: [...document.querySelectorAll('nav, button, select, textarea, input')]
        .filter((element) => shown(element) && !element.closest('.key-points'))
        .map(describe),
    };
  }, A4_WIDTH);
}

/** Marks by which the PDF tells on which page begin and end stand of what has to be on one. */
async function markWhatStaysTogether(
  page: Page,
): Promise<{ what: string; from: string; to: string }[]> {
  return page.evaluate(() => {
    let count = 0;
    const mark = (parent: Element | null | undefined, place: 'prepend' | 'append'): string => {
      // Ends unlike it begins: a number between two marks must not look like a third.
      const text = `@${++count}#`;
      const element = document.createElement('span');
      element.style.fontSize = '1px';
      element.textContent = text;
      parent?.[place](element);
      return text;
    };
    const paper = (297 - 2 * 18) * (96 / 25.4);
    const fits = (element: Element): boolean => {
      const { height } = element.getBoundingClientRect();
      return height > 0 && height < paper;
    };
    const whole = [...document.querySelectorAll('main :is(table, pre, .pitfall)')]
      .filter(fits)
      .map((element) => {
        const ends = element.matches('table') ? [...element.querySelectorAll('th, td')] : [element];
        return {
          what: (element.textContent ?? '').trim().slice(0, 40),
          from: mark(ends[0], 'prepend'),
          to: mark(ends.at(-1), 'append'),
        };
      });
    // A heading and the first line of what it heads.
    const headings = [...document.querySelectorAll('main :is(h2, h3)')].flatMap((heading) => {
      if (heading.getClientRects().length === 0) return [];
      const next = (heading.closest('summary') ?? heading).nextElementSibling;
      const text = next?.matches('p') ? next : next?.querySelector('p, li, th, summary');
      if (!text) return [];
      return [
        {
          what: (heading.textContent ?? '').trim().slice(0, 40),
          from: mark(heading, 'append'),
          to: mark(text, 'prepend'),
        },
      ];
    });
    return [...whole, ...headings];
  });
}
