/**
 * Installs what is missing before `npm start` and `npm test`: dependencies, with --tests a Chromium and
 * a Chinese font, with --browsers Firefox and WebKit. Plain JavaScript without dependencies, since it runs first and on any Node from 20 on.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { findChromium } from './chromium.mjs';
import { findFirefox, findWebKit } from './engines.mjs';

const say = (text) => console.log(`prepare: ${text}`);
const run = (command, args, options = {}) =>
  execFileSync(command, args, { stdio: 'inherit', ...options });

installDependencies();
if (process.argv.includes('--tests')) {
  installChromium();
  installChineseFont();
}
if (process.argv.includes('--browsers')) {
  installEngine('Firefox', findFirefox, ['firefox-esr']);
  installEngine('WebKit', findWebKit, ['webkit2gtk-driver', 'xvfb']);
}

function installDependencies() {
  const mark = 'node_modules/.installed-lock';
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  say('installing dependencies (npm ci)');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  try {
    run('npm', ['ci', ...quiet]);
  } catch {
    // A registry without some other platform's binaries makes npm ci doubt the lock file; install keeps to it all the same.
    say('npm ci failed; trying npm install');
    run('npm', ['install', '--no-save', ...quiet]);
  }
  writeFileSync(mark, lock);
}

function installChromium() {
  const found = findChromium();
  if (found) {
    say(`browser tests use ${found}`);
    return;
  }
  say('no Chromium found; trying Playwright’s own');
  try {
    run('npx', ['playwright', 'install', 'chromium'], { timeout: 240_000 });
  } catch {
    say('Playwright’s download failed; trying apt');
    try {
      apt('chromium-headless-shell');
    } catch {
      apt('chromium');
    }
  }
  if (!findChromium()) {
    console.error('prepare: no Chromium. Install one and set CHROMIUM_PATH to it.');
    process.exit(1);
  }
}

function installEngine(name, find, packages) {
  if (!find()) {
    say(`no ${name} that can be driven; trying apt`);
    try {
      apt(...packages);
    } catch {
      // Said below, with what would help.
    }
  }
  if (find()) {
    say(`${name} is there for its journeys`);
    return;
  }
  console.error(`prepare: no ${name}. Debian's packages: ${packages.join(' ')}`);
  process.exit(1);
}

function installChineseFont() {
  let fonts = '';
  try {
    fonts = execFileSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  } catch {
    // No fontconfig: nothing to ask, and apt brings it with the font.
  }
  if (fonts.trim() || process.platform !== 'linux') return;
  say('no Chinese font; trying apt');
  try {
    apt('fonts-noto-cjk');
  } catch {
    say('no Chinese font could be installed; Chinese text shows as boxes in screenshots');
  }
}

function apt(...names) {
  if (process.getuid?.() !== 0) throw new Error(`not root: install ${names.join(' ')} by hand`);
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
