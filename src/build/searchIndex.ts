import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { close, createIndex } from 'pagefind';
import { LANG, LOCALES, type Locale } from '../i18n/locale.ts';
import { type SearchWords, wordsFile } from '../search/words.ts';
import { smallChunks } from './smallChunks.ts';

/** Pagefind's own interfaces and its worker: the site has its own interface and searches without one. */
const UNUSED = [
  'pagefind-ui.js',
  'pagefind-ui.css',
  'pagefind-modular-ui.js',
  'pagefind-modular-ui.css',
  'pagefind-component-ui.js',
  'pagefind-component-ui.css',
  'pagefind-highlight.js',
  'pagefind-worker.js',
];

/** What is no text of its author: formulas, drawings, and labels of the interface. */
const UNSEARCHED = [
  '.katex',
  'svg',
  '.cite',
  '.figure-table',
  '.term-note',
  '.verdict',
  '.testing b',
  '.say .hint',
  ...['.why', '.hint-box', '.answer', '.key-points'].map((fold) => `${fold} summary`),
];

/** Stands before the content of each of Pagefind's files, so that it sees whether a host unpacked it. */
const SIGNATURE = Buffer.from('pagefind_dcd');

/** Indexes the built pages: one index per language, formulas left out, the hyphens of ZeRO-3 kept. */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const site = fileURLToPath(dir);
        const folder = join(site, 'pagefind');
        const { index, errors } = await createIndex({
          excludeSelectors: UNSEARCHED,
          includeCharacters: '-',
        });
        if (!index) throw new Error(`search index: ${errors.join('; ')}`);
        const added = await index.addDirectory({ path: site });
        const written = await index.writeFiles({ outputPath: folder });
        const failed = [...added.errors, ...written.errors];
        if (failed.length > 0) throw new Error(`search index: ${failed.join('; ')}`);
        await close();
        for (const file of UNUSED) rmSync(join(folder, file), { force: true });
        pollFaster(join(folder, 'pagefind.js'));
        const sizes = LOCALES.map(
          (locale) => `${locale} in ${cutFiner(folder, LANG[locale].toLowerCase())} chunks`,
        );
        for (const locale of LOCALES) addFacts(site, locale);
        logger.info(`${added.page_count} pages indexed, ${sizes.join(', ')}`);
      },
    },
  };
}

/** Pagefind's runtime looks every 50 ms whether it is ready; a reader who types at once waits for that look. */
function pollFaster(file: string): void {
  const script = readFileSync(file, 'utf8');
  const slow = 'await asyncSleep(50)';
  if (!script.includes(slow)) throw new Error(`search index: ${file} has no ${slow}`);
  writeFileSync(file, script.replaceAll(slow, 'await asyncSleep(4)'));
}

interface PagefindEntry {
  languages: Record<string, { hash: string }>;
}

function cutFiner(folder: string, language: string): number {
  const entryFile = join(folder, 'pagefind-entry.json');
  const entry = JSON.parse(readFileSync(entryFile, 'utf8')) as PagefindEntry;
  const facts = entry.languages[language];
  if (!facts) throw new Error(`search index: no pages in ${language}`);
  const old = join(folder, `pagefind.${facts.hash}.pf_meta`);
  const chunkFile = (name: string): string => join(folder, 'index', `${name}.pf_index`);
  const { meta, chunks } = smallChunks(
    unpacked(old),
    (name) => unpacked(chunkFile(name)),
    language,
  );
  rmSync(old);
  for (const name of readdirSync(join(folder, 'index'))) {
    if (name.startsWith(`${language}_`)) rmSync(join(folder, 'index', name));
  }
  for (const [name, bytes] of chunks) writeFileSync(chunkFile(name), packed(bytes));
  facts.hash = `${language}_${createHash('sha256').update(meta).digest('hex').slice(0, 10)}`;
  writeFileSync(join(folder, `pagefind.${facts.hash}.pf_meta`), packed(meta));
  writeFileSync(entryFile, JSON.stringify(entry));
  return chunks.size;
}

function unpacked(file: string): Buffer {
  const bytes = gunzipSync(readFileSync(file));
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) {
    throw new Error(`${file}: not a file of Pagefind`);
  }
  return bytes.subarray(SIGNATURE.length);
}

function packed(bytes: Uint8Array): Buffer {
  return gzipSync(Buffer.concat([SIGNATURE, bytes]), { level: 9 });
}

/** Tells a language's words where its pages stand in the index. */
function addFacts(site: string, locale: Locale): void {
  const folder = join(site, 'pagefind');
  const language = LANG[locale].toLowerCase();
  const entry = readFileSync(join(folder, 'pagefind-entry.json'), 'utf8');
  const { hash } = (JSON.parse(entry) as PagefindEntry).languages[language] ?? {};
  if (!hash) throw new Error(`search index: no pages in ${language}`);
  const root = locale === 'en' ? '/' : `/${locale}/`;
  const ids = new Map(
    readdirSync(join(folder, 'fragment'))
      .filter((name) => name.startsWith(`${language}_`))
      .map((name): [string, string] => {
        const text = unpacked(join(folder, 'fragment', name)).toString();
        const { url } = JSON.parse(text) as { url: string };
        return [url.replace(root, ''), name.replace('.pf_fragment', '')];
      }),
  );
  const file = join(site, wordsFile(locale));
  const words = JSON.parse(readFileSync(file, 'utf8')) as SearchWords;
  words.index = {
    tag: createHash('sha256').update(entry).digest('hex').slice(0, 10),
    meta: `pagefind.${hash}.pf_meta`,
  };
  for (const page of words.pages) {
    const id = ids.get(page.path);
    if (!id) throw new Error(`search index: ${root}${page.path} is not in it`);
    page.id = id;
  }
  writeFileSync(file, JSON.stringify(words));
}
