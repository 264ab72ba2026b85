import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { build } from 'vite';
import { LOCALES, type Locale } from '../i18n/locale.ts';
import {
  addressOf,
  fitting,
  groupOf,
  groupsFor,
  type KeptFile,
  MOST_DOWNLOAD,
} from '../offline/files.ts';
import { notePackages } from './licenses.ts';

/** Writes the service worker, with the hash of every file of the build in it. */
export function keepOffline(): AstroIntegration {
  return {
    name: 'keep-offline',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const sizes = await writeServiceWorker(fileURLToPath(dir));
        if (sizes.some(({ whole }) => !whole)) {
          const most = megabytes(MOST_DOWNLOAD);
          logger.warn(`more than ${most} MB in all: a question is kept once it was opened`);
        }
        for (const { locale, download, device } of sizes) {
          logger.info(
            `${locale}: ${megabytes(download)} MB to download, ${megabytes(device)} MB kept`,
          );
        }
      },
    },
  };
}

export interface KeptSize {
  locale: Locale;
  /** Bytes on the way, compressed with gzip as the slowest hosts do, of all that a reader of this language is given. */
  download: number;
  /** Bytes of the same on the device. */
  device: number;
  /** Bytes on the way for one who has the other language. */
  more: number;
  /** False when questions are kept only once they were opened. */
  whole: boolean;
}

/** Stamps each page with the version, prints the sizes where a page states them, and writes `sw.js`. */
export async function writeServiceWorker(folder: string): Promise<KeptSize[]> {
  const names = filesIn(folder);
  const core = coreFiles(folder);
  const all = names.flatMap((file) => {
    const bytes = readFileSync(join(folder, file));
    const group = groupOf(file, bytes.length, core);
    // What is kept only when asked for counts in no size.
    const packed = group === 'asked' ? 0 : packedBytes(bytes);
    return group ? [{ file, group, bytes, packed }] : [];
  });
  const listed: readonly (typeof all)[number][] = fitting(all);
  const sizes = LOCALES.map((locale): KeptSize => {
    const groups = groupsFor([locale]);
    const given = listed.filter(({ group }) => groups.has(group));
    return {
      locale,
      download: sum(given.map(({ packed }) => packed)),
      device: sum(given.map(({ bytes }) => bytes.length)),
      more: sum(given.filter(({ group }) => group === locale).map(({ packed }) => packed)),
      whole: listed === all,
    };
  });
  const version = sha256(
    listed.map(({ file, bytes }) => `${file} ${sha256(unstamped(bytes, file))}`).join('\n'),
  ).slice(0, 12);
  const files = listed.map(({ file, group, bytes }): KeptFile => {
    if (!file.endsWith('.html')) return { path: file, group, hash: integrity(bytes) };
    const page = stamped(bytes.toString(), version, sizes);
    writeFileSync(join(folder, file), page);
    return { path: addressOf(file), group, hash: integrity(page) };
  });
  const site = JSON.stringify({ version, files });
  writeFileSync(join(folder, 'sw.js'), `const SITE=${site};\n${await workerCode()}`);
  return sizes;
}

const STAMP = /^(\s*<!doctype html>\s*<html[^>]*?)(?: data-version="[^"]*")?>/i;

function stamped(html: string, version: string, sizes: readonly KeptSize[]): string {
  if (!STAMP.test(html)) throw new Error('keep-offline: a page without <html> at its beginning');
  return html
    .replace(STAMP, `$1 data-version="${version}">`)
    .replace(/%(en|zh)-(download|device|more)%/g, (_, locale: Locale, what: keyof KeptSize) => {
      const size = sizes.find((one) => one.locale === locale);
      return megabytes(Number(size?.[what]));
    });
}

function unstamped(bytes: Buffer, file: string): Buffer | string {
  return file.endsWith('.html') ? bytes.toString().replace(STAMP, '$1>') : bytes;
}

/** The pages that say one is offline, and the styles and scripts they name. */
function coreFiles(folder: string): Set<string> {
  const pages = ['offline/index.html', 'zh/offline/index.html'];
  const named = pages.flatMap((page) =>
    [
      ...readFileSync(join(folder, page), 'utf8').matchAll(
        /"[^"]*?(_astro\/[\w.-]+\.(?:css|js))"/g,
      ),
    ].map(([, file = '']) => file),
  );
  return new Set([...pages, ...named, 'favicon.svg']);
}

async function workerCode(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [notePackages()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('../offline/worker.ts', import.meta.url)),
        output: { format: 'iife' },
      },
    },
  });
  const [{ output }] = [built].flat() as { output: { type: string; code?: string }[] }[] as [
    { output: { type: string; code?: string }[] },
  ];
  const code = output.find(({ type }) => type === 'chunk')?.code;
  if (!code) throw new Error('keep-offline: the service worker was not bundled');
  return code;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .sort();
}

/** Pagefind's files are packed already; to pack them again changes nothing. */
const packedBytes = (bytes: Buffer): number => Math.min(bytes.length, gzipSync(bytes).length);
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const integrity = (data: string | Buffer): string =>
  `sha256-${createHash('sha256').update(data).digest('base64')}`;
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
