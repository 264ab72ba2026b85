import { existsSync } from 'node:fs';

// Debian's and Ubuntu's place of WebKitGTK's own browser, by the machine's architecture.
const MACHINE = { x64: 'x86_64', arm64: 'aarch64' }[process.arch] ?? process.arch;
const WEBKIT = `/usr/lib/${MACHINE}-linux-gnu/webkit2gtk-4.1`;

const first = (paths) => paths.find((path) => path && existsSync(path));
const onPath = (command) =>
  first((process.env.PATH ?? '').split(':').map((folder) => `${folder}/${command}`));

/** Path of a Firefox: FIREFOX_PATH or the system's; undefined if there is none. */
export function findFirefox() {
  return first([
    process.env.FIREFOX_PATH,
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ]);
}

/** Paths of WebKitGTK's browser and its driver; undefined unless both and a screen without a monitor are there. */
export function findWebKit() {
  const browser = first([`${WEBKIT}/MiniBrowser`]);
  // Debian puts the driver on the path, Ubuntu beside the browser.
  const driver = onPath('WebKitWebDriver') ?? first([`${WEBKIT}/WebKitWebDriver`]);
  return browser && driver && onPath('xvfb-run') ? { browser, driver } : undefined;
}
