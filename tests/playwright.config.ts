import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../src/commands/chromium.mjs';

const port = 4323;

/** Journeys in a real browser over the built site. */
export default defineConfig({
  testDir: './e2e',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  // Once more for what a busy machine delays; the report calls it flaky, and that is to be mended.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  // Two slow cores shared with a build need the room; nothing here waits for time to pass.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'en-US',
    timezoneId: 'UTC',
    // Tests see the files themselves; offline.spec.ts lets the service worker in.
    serviceWorkers: 'block',
    // A trace of every test doubles its time; a picture of the failure and its log are enough.
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: findChromium(), args: CHROMIUM_ARGS },
  },
  projects: [
    {
      name: 'desktop',
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } },
      testIgnore: /phone/,
    },
    { name: 'phone', use: { ...devices['Pixel 7'] }, testMatch: /phone|reading/ },
  ],
  webServer: {
    command: `node src/commands/serve.ts dist --port ${port}`,
    cwd: '..',
    port,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
