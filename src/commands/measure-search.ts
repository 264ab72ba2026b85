/**
 * Measures the search as a reader meets it, in a real browser and through the site's own dialog, and
 * fails over budget: bytes and time until the first right result, time of the next keystroke, the
 * same on a slow link, and whether queries that name a page find it first.
 *
 *   npm run measure:search                    serves dist/ itself
 *   npm run measure:search -- http://…        measures a running site
 */
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { fresh, packedSite, pathOf, type Query, searchSpeed } from './searchSpeed.ts';

const BUDGET = { typeMs: 150, nextMs: 50, kib: 120, slowMs: 1600 } as const;
const LANGUAGES = ['en', 'zh'] as const;

const queries = JSON.parse(
  readFileSync(new URL('../../tests/e2e/data/queries.json', import.meta.url), 'utf8'),
) as Query[];
const given = process.argv[2];
const served = given ? undefined : await packedSite('dist', 4331);
const origin = (given ?? served?.origin ?? '').replace(/\/$/, '');
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
const failures: string[] = [];

try {
  console.log(
    'medians            open→ ms  type→ ms  next ms  KiB (most)  requests  slow: type→ ms',
  );
  for (const lang of LANGUAGES) await measure(lang);
  console.log('\nnamed outright     first  of');
  for (const lang of LANGUAGES) await rankNamed(lang);
} finally {
  await browser.close();
  await served?.stop();
}
for (const failure of failures) console.error(`over budget: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);

async function measure(lang: Query['lang']): Promise<void> {
  const result = await searchSpeed(browser, origin, queries, lang);
  console.log(
    lang.padEnd(18),
    result.openMs.toFixed(0).padStart(8),
    result.typeMs.toFixed(0).padStart(9),
    result.nextMs.toFixed(0).padStart(8),
    `${result.kib.toFixed(0)} (${result.mostKib.toFixed(0)})`.padStart(11),
    result.requests.toFixed(0).padStart(9),
    result.slowMs.toFixed(0).padStart(15),
  );
  for (const [name, most] of Object.entries(BUDGET)) {
    const value = result[name as keyof typeof BUDGET];
    if (value > most) failures.push(`${lang}: ${name} is ${value.toFixed(0)}, of ${most}`);
  }
}

async function rankNamed(lang: Query['lang']): Promise<void> {
  const named = queries.filter((query) => query.lang === lang && query.kind === 'title');
  let first = 0;
  const context = await fresh(browser, origin, lang, async (page) => {
    await page.keyboard.press('/');
    for (const query of named) {
      await page.locator('[data-search] [name=q]').fill(query.q);
      await page.locator(`[data-answered=${JSON.stringify(query.q)}]`).waitFor();
      const path = await page.locator('.search-title').first().getAttribute('href');
      if (path?.split('?')[0]?.endsWith(pathOf(query))) first += 1;
      else failures.push(`${lang}: “${query.q}” finds ${path} first, not ${pathOf(query)}`);
    }
  });
  await context.close();
  console.log(lang.padEnd(18), String(first).padStart(5), String(named.length).padStart(3));
}
