/**
 * Builds the site with hundreds and thousands of questions more, in both languages, in a folder of its
 * own, without anything that an earlier build left behind, and fails when the largest takes more than
 * five minutes or 4 GB, when a page of the largest costs more than one of the smallest, or when its search
 * takes 200 ms or more from a query to its page.
 *
 *   npm run bench:build                 with 500 and with 2,000 questions
 *   npm run bench:build -- 250 1000     with as many as you say
 *   npm run bench:build -- 2000 --keep  and leaves the folder there, to be looked at
 *
 * Memory and processor time are those of the build and all its children, read from /proc (Linux).
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { type Copied, writeManyQuestions } from './manyQuestions.ts';
import { packedSite, type Query, searchSpeed } from './searchSpeed.ts';

const ALLOWED = { seconds: 300, gigabytes: 4, growth: 1.1, searchMs: 200 } as const;
const LOOK_MS = 500;
/** Linux counts processor time in hundredths of a second, memory in pages of 4 KiB. */
const TICKS = 100;
const PAGE_BYTES = 4096;
const COPIED = ['content', 'public', 'src', 'astro.config.mjs', 'package.json', 'tsconfig.json'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false } },
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [500, 2000];
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
  throw new RangeError(`questions: ${positionals.join(' ')}; allowed: whole numbers from 1`);
}
sizes.sort((a, b) => a - b);

interface Built {
  pages: number;
  seconds: number;
  /** Of all processes on all cores; NaN where there is no /proc. */
  cpuSeconds: number;
  peakBytes: number;
}

const failures: string[] = [];
const built: Built[] = [];
console.log('questions  pages  seconds  cpu s  cpu ms/page  peak MB');
for (const size of sizes) {
  const root = mkdtempSync(join(tmpdir(), 'bench-build-'));
  try {
    copyProject(root);
    const copied = writeManyQuestions(root, size);
    const result = await build(root);
    built.push(result);
    console.log(
      String(size).padStart(9),
      String(result.pages).padStart(6),
      result.seconds.toFixed(0).padStart(8),
      result.cpuSeconds.toFixed(0).padStart(6),
      perPage(result).toFixed(1).padStart(12),
      (result.peakBytes / 1e6).toFixed(0).padStart(8),
    );
    if (size === sizes.at(-1)) await measureSearch(join(root, 'dist'), copied);
  } finally {
    if (values.keep) console.log(root);
    else rmSync(root, { recursive: true });
  }
}
const [smallest, largest] = [built[0]!, built.at(-1)!];
if (largest.seconds > ALLOWED.seconds)
  failures.push(`${largest.seconds.toFixed(0)} s, of ${ALLOWED.seconds}`);
if (largest.peakBytes > ALLOWED.gigabytes * 1e9)
  failures.push(`${(largest.peakBytes / 1e9).toFixed(1)} GB, of ${ALLOWED.gigabytes}`);
const growth = perPage(largest) / perPage(smallest);
if (growth > ALLOWED.growth)
  failures.push(`a page costs ${growth.toFixed(2)} times as much among more, of ${ALLOWED.growth}`);
for (const failure of failures) console.error(`over budget: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

function perPage({ cpuSeconds, pages }: Built): number {
  return (cpuSeconds * 1000) / pages;
}

/** Looks for copies by the name that stands in their title alone. */
async function measureSearch(folder: string, copied: readonly Copied[]): Promise<void> {
  const { origin, stop } = await packedSite(folder, 4332);
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
  try {
    for (const lang of ['en', 'zh'] as const) {
      const queries = copied.map(
        ({ key, name }): Query => ({ q: name, lang, page: `questions/${key}`, kind: 'title' }),
      );
      const { typeMs, nextMs, kib, requests } = await searchSpeed(browser, origin, queries, lang);
      console.log(
        `search ${lang}: ${typeMs.toFixed(0)} ms to the page, ${nextMs.toFixed(0)} ms a further letter,`,
        `${kib.toFixed(0)} KiB, ${requests} requests`,
      );
      if (typeMs >= ALLOWED.searchMs)
        failures.push(`search in ${lang} takes ${typeMs.toFixed(0)} ms, of ${ALLOWED.searchMs}`);
    }
  } finally {
    await browser.close();
    await stop();
  }
}

/** Without caches: packages are links, what builds keep among them is not there. */
function copyProject(root: string): void {
  for (const name of COPIED) cpSync(name, join(root, name), { recursive: true });
  mkdirSync(join(root, 'node_modules'));
  for (const name of readdirSync('node_modules')) {
    if (name.startsWith('.') && name !== '.bin') continue;
    symlinkSync(join(process.cwd(), 'node_modules', name), join(root, 'node_modules', name));
  }
}

async function build(root: string): Promise<Built> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'node_modules/astro/bin/astro.mjs'), 'build'], {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', OUT_DIR: './dist' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => log.push(part));
  child.stderr.on('data', (part: Buffer) => log.push(part));
  let cpuSeconds = Number.NaN;
  let peakBytes = Number.NaN;
  const look = setInterval(() => {
    const now = useOf(child.pid!);
    if (!now) return;
    cpuSeconds = Math.max(now.cpuSeconds, cpuSeconds || 0);
    peakBytes = Math.max(now.bytes, peakBytes || 0);
  }, LOOK_MS);
  const code = await new Promise<number | null>((done) => {
    child.on('close', done);
  });
  clearInterval(look);
  const seconds = (performance.now() - started) / 1000;
  writeFileSync(join(root, 'build.log'), Buffer.concat(log));
  if (code !== 0) throw new Error(`the build failed:\n${Buffer.concat(log)}`);
  const pages = readdirSync(join(root, 'dist'), { recursive: true }).filter((name) =>
    String(name).endsWith('.html'),
  ).length;
  return { pages, seconds, cpuSeconds, peakBytes };
}

/** What a process and all below it use now; undefined where /proc cannot tell. */
function useOf(root: number): { cpuSeconds: number; bytes: number } | undefined {
  const below = new Map<number, { parent: number; ticks: number; pages: number }>();
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const stat = statOf(name);
      if (stat) below.set(Number(name), stat);
    }
  } catch {
    return undefined;
  }
  const isBelow = (pid: number): boolean =>
    pid === root || (below.has(pid) && isBelow(below.get(pid)!.parent));
  const own = [...below].filter(([pid]) => isBelow(pid)).map(([, stat]) => stat);
  if (own.length === 0) return undefined;
  const sum = (of: (stat: { ticks: number; pages: number }) => number): number =>
    own.reduce((total, stat) => total + of(stat), 0);
  return {
    cpuSeconds: sum(({ ticks }) => ticks) / TICKS,
    bytes: sum(({ pages }) => pages) * PAGE_BYTES,
  };
}

/** Own time and that of children that ended; a process that ended meanwhile is undefined. */
function statOf(pid: string): { parent: number; ticks: number; pages: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const ticks = fields.slice(11, 15).reduce((total, value) => total + value, 0);
    return { parent, ticks, pages: fields[21] ?? 0 };
  } catch {
    return undefined;
  }
}
