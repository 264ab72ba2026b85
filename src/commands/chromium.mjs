import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

// The headless shell is the same engine without a window's machinery: the journeys take half the time in it.
const SYSTEM = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const PLAYWRIGHT_PLACES = [
  'chrome-headless-shell-linux64/chrome-headless-shell',
  'chrome-linux/headless_shell',
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
];

/** Path of a Chromium: CHROMIUM_PATH, Playwright's own, the system's; undefined if there is none. */
export function findChromium() {
  const candidates = [process.env.CHROMIUM_PATH, ...playwrightBuilds(), ...SYSTEM];
  return candidates.find((path) => path && existsSync(path));
}

/** Switches under which it runs headless in a container, as root and without asking the network for anything. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function playwrightBuilds() {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return [];
  const built = readdirSync(cache).sort().reverse();
  return ['chromium_headless_shell-', 'chromium-'].flatMap((kind) =>
    built
      .filter((name) => name.startsWith(kind))
      .flatMap((name) => PLAYWRIGHT_PLACES.map((path) => join(cache, name, path))),
  );
}
