/**
 * Measures what each kind of page loads, compressed with brotli as hosts do, and fails over budget.
 *
 *   npm run budget                    bytes, requests and layout shift of every page kind
 *   npm run budget -- --lighthouse    the same and Lighthouse (mobile) on the reading pages
 *
 * Needs a built dist/.
 */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { serve } from './serve.ts';

interface PageKind {
  path: string;
  /** At most this many KiB in all, brotli; fonts included. */
  totalKiB: number;
  /** Of that, scripts, gzip; SCRIPT_KIB unless given. A lab on its own page wakes at once. */
  scriptKiB?: number;
}

/** Scripts before the reader does anything, KiB gzip. */
const SCRIPT_KIB = 10;

const PAGES: PageKind[] = [
  { path: '', totalKiB: 50 },
  { path: 'topics/pretrained-models/', totalKiB: 50 },
  { path: 'topics/parallelism/', totalKiB: 50 },
  { path: 'topics/mixed-precision/', totalKiB: 50 },
  { path: 'topics/deepspeed/', totalKiB: 50 },
  { path: 'topics/sft-data/', totalKiB: 50 },
  { path: 'questions/', totalKiB: 50 },
  { path: 'questions/deepspeed/what-each-stage-shards/', totalKiB: 50 },
  { path: 'labs/', totalKiB: 50 },
  { path: 'labs/zero/', totalKiB: 80, scriptKiB: 40 },
  { path: 'labs/pipeline/', totalKiB: 80, scriptKiB: 40 },
  { path: 'labs/collectives/', totalKiB: 80, scriptKiB: 40 },
  { path: 'labs/sft-data/', totalKiB: 80, scriptKiB: 40 },
  { path: 'labs/models/', totalKiB: 80, scriptKiB: 40 },
  { path: 'labs/tensor-parallel/', totalKiB: 80, scriptKiB: 40 },
  { path: 'labs/loss-scaling/', totalKiB: 80, scriptKiB: 50 },
  { path: 'quiz/', totalKiB: 100, scriptKiB: 50 },
  { path: 'progress/', totalKiB: 100, scriptKiB: 45 },
  { path: 'quiz/sheet/deepspeed/', totalKiB: 50 },
  { path: 'quiz/cheat-sheet/', totalKiB: 50 },
  { path: 'glossary/', totalKiB: 50 },
  { path: 'references/', totalKiB: 50 },
  { path: 'about/', totalKiB: 50 },
  { path: 'search/', totalKiB: 50 },
];

/** The median of these, since a busy machine moves a single run. */
const LIGHTHOUSE_RUNS = 3;
const LIGHTHOUSE_CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

const executablePath = findChromium();
const { origin, stop } = await serve('dist', { port: 4329 });
const failures: string[] = [];

try {
  await measureBytes();
  if (process.argv.includes('--lighthouse')) await measureLighthouse();
} finally {
  await stop();
}
for (const failure of failures) console.error(`over budget: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);

async function measureBytes(): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  console.log('KiB, brotli (script: gzip)');
  console.log('page'.padEnd(58), 'html   css  font script  total  requests  CLS');
  for (const locale of ['', 'zh/']) {
    for (const { path, totalKiB, scriptKiB = SCRIPT_KIB } of PAGES) {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        serviceWorkers: 'block',
      });
      const page = await context.newPage();
      const sizes: Record<string, number> = {
        document: 0,
        stylesheet: 0,
        font: 0,
        script: 0,
        total: 0,
      };
      let requests = 0;
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== origin)
          failures.push(`/${locale}${path} asks ${request.url()}`);
      });
      const pending: Promise<void>[] = [];
      page.on('response', (response) => {
        pending.push(
          response.body().then((body) => {
            const type = response.request().resourceType();
            const packed = type === 'font' ? body.length : brotliCompressSync(body).length;
            sizes[type] = (sizes[type] ?? 0) + (type === 'script' ? gzipSync(body).length : packed);
            sizes['total'] = (sizes['total'] ?? 0) + packed;
            requests += 1;
          }),
        );
      });
      await page.goto(`${origin}/${locale}${path}`, { waitUntil: 'networkidle' });
      const shift = await page.evaluate(layoutShift);
      await Promise.all(pending);
      await context.close();
      const kib = (bytes = 0): string => (bytes / 1024).toFixed(1).padStart(5);
      console.log(
        `/${locale}${path}`.padEnd(58),
        [sizes['document'], sizes['stylesheet'], sizes['font'], sizes['script'], sizes['total']]
          .map(kib)
          .join(' '),
        String(requests).padStart(6),
        shift.toFixed(4).padStart(9),
      );
      const name = `/${locale}${path}`;
      if ((sizes['total'] ?? 0) > totalKiB * 1024)
        failures.push(`${name} loads ${kib(sizes['total'])} KiB of ${totalKiB}`);
      if ((sizes['script'] ?? 0) > scriptKiB * 1024)
        failures.push(`${name} runs ${kib(sizes['script'])} KiB of script, of ${scriptKiB}`);
      if (shift > 0) failures.push(`${name} shifts its layout by ${shift}`);
    }
  }
  await browser.close();
}

function layoutShift(): Promise<number> {
  return new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        sum += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 300);
  });
}

async function measureLighthouse(): Promise<void> {
  const { default: lighthouse } = await import('lighthouse');
  const { launch } = await import('chrome-launcher');
  console.log(`\nLighthouse, mobile${' '.repeat(42)}`, LIGHTHOUSE_CATEGORIES.join('  '));
  for (const path of [
    'topics/mixed-precision/',
    'zh/topics/mixed-precision/',
    'topics/deepspeed/',
    '',
    'questions/',
  ]) {
    const runs: number[][] = [];
    for (let run = 0; run < LIGHTHOUSE_RUNS; run++) {
      const chrome = await launch({
        chromePath: executablePath,
        chromeFlags: ['--headless=new', ...CHROMIUM_ARGS],
      });
      const result = await lighthouse(`${origin}/${path}`, {
        port: chrome.port,
        logLevel: 'error',
      });
      await chrome.kill();
      const categories = result?.lhr.categories ?? {};
      runs.push(
        LIGHTHOUSE_CATEGORIES.map((name) => Math.round((categories[name]?.score ?? 0) * 100)),
      );
    }
    const scores = LIGHTHOUSE_CATEGORIES.map(
      (_, i) => runs.map((run) => run[i] ?? 0).sort((a, b) => a - b)[LIGHTHOUSE_RUNS >> 1] ?? 0,
    );
    console.log(
      `/${path}`.padEnd(60),
      scores.map((score, i) => String(score).padStart(LIGHTHOUSE_CATEGORIES[i]!.length)).join('  '),
    );
    scores.forEach((score, i) => {
      if (score < 100) failures.push(`/${path} scores ${score} in ${LIGHTHOUSE_CATEGORIES[i]}`);
    });
  }
}
