/**
 * Draws what an installed site looks like: icons from public/favicon.svg and screenshots of the built
 * site, into public/.
 *
 *   node src/commands/app-pictures.ts [folder]
 */
import { readFileSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { serve } from './serve.ts';

const ACCENT = '#3d3fb3';
const ICONS = [
  { name: 'any-192', size: 192, share: 1, ground: 'transparent' },
  { name: 'any-512', size: 512, share: 1, ground: 'transparent' },
  // A system may cut a circle of 80% out of a maskable icon.
  { name: 'maskable-512', size: 512, share: 0.8, ground: ACCENT },
  { name: 'apple-180', size: 180, share: 0.9, ground: ACCENT },
];
const SCREENSHOTS = [
  { name: 'wide', width: 1280, height: 800, path: '' },
  { name: 'narrow', width: 390, height: 844, path: 'quiz/' },
];

const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
const { origin, stop } = await serve(process.argv[2] ?? 'dist', { port: 4328 });
try {
  await drawIcons(browser);
  await takeScreenshots(browser);
} finally {
  await stop();
  await browser.close();
}

async function drawIcons(browser: Browser): Promise<void> {
  const svg = readFileSync('public/favicon.svg').toString('base64');
  const page = await browser.newPage();
  for (const { name, size, share, ground } of ICONS) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<body style="margin:0;display:grid;place-items:center;block-size:100vh;background:${ground}">
       <img src="data:image/svg+xml;base64,${svg}" style="inline-size:${share * 100}%">`,
    );
    await page.screenshot({ path: `public/icons/${name}.png`, omitBackground: true });
  }
  await page.close();
}

async function takeScreenshots(browser: Browser): Promise<void> {
  for (const { name, width, height, path } of SCREENSHOTS) {
    const context = await browser.newContext({
      viewport: { width, height },
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    for (const [locale, folder] of [
      ['en', ''],
      ['zh', 'zh/'],
    ]) {
      await page.goto(`${origin}/${folder}${path}`, { waitUntil: 'networkidle' });
      await page.screenshot({ path: `public/screenshots/${name}-${locale}.png` });
    }
    await context.close();
  }
}
