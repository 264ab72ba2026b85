import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { groupsFor, type KeptFile } from '../../src/offline/files.ts';
import { builtPages } from './pages.ts';

const FOLDERS = ['dist', 'dist-subpath'];

/** Attributes by which a page loads something; a link to read elsewhere loads nothing. */
const LOADS =
  /<(?:script|img|source|video|audio|iframe|embed|object|track|input|use|image)\b[^>]*?\s(?:src|srcset|data|poster|href|xlink:href)="([^"]*)"|<link\b(?=[^>]*\srel="(?!canonical"|alternate"))[^>]*\shref="([^"]*)"/g;

describe.each(FOLDERS)('%s', (folder) => {
  const pages = builtPages(folder);

  it('states the policy in every page before anything loads, with the hash of each inline script', () => {
    for (const { path, html } of pages) {
      const policy =
        /<meta charset="utf-8">\s*<meta http-equiv="content-security-policy" content="([^"]*)"/i
          .exec(html)?.[1]
          ?.replaceAll('&#39;', "'");
      expect(policy, path).toBeDefined();
      for (const [, attributes = '', script = ''] of html.matchAll(
        /<script([^>]*)>([\s\S]*?)<\/script>/g,
      )) {
        if (script === '' || /type="application\/ld\+json"/.test(attributes)) continue;
        const hash = createHash('sha256').update(script).digest('base64');
        expect(policy, `${path}: ${script.slice(0, 80)}`).toContain(`'sha256-${hash}'`);
      }
      expect(html, path).not.toMatch(/<style|\son[a-z]+="|href="javascript:/i);
    }
  });

  it('loads nothing from another host', () => {
    const foreign = pages.flatMap(({ path, html }) =>
      [...html.matchAll(LOADS)]
        .map(([, source, link]) => source ?? link ?? '')
        .filter((address) => /^(?:[a-z][a-z+.-]*:)?\/\//i.test(address))
        .map((address) => `${path} loads ${address}`),
    );
    const assets = readdirSync(join(folder, '_astro')).filter((name) => /\.(?:css|js)$/.test(name));
    const reached = assets.flatMap((name) => {
      const text = readFileSync(join(folder, '_astro', name), 'utf8');
      const loads = name.endsWith('.css')
        ? /(?:url\(\s*["']?|@import\s+["'])((?:https?:)?\/\/[^"')\s]+)/g
        : /(?:\b(?:fetch|import|importScripts|Worker|sendBeacon|WebSocket|EventSource)\(\s*["'`]|\bfrom\s*["']|\.src\s*=\s*["'`])((?:(?:https?|wss?):)?\/\/[^"'`]+)/g;
      return [...text.matchAll(loads)].map(([, address]) => `${name} loads ${address}`);
    });
    expect([...foreign, ...reached]).toEqual([]);
  });
});

describe('sw.js', () => {
  it('keeps within the budget that the README states, and lists every page', () => {
    const script = readFileSync('dist/sw.js', 'utf8');
    const { files } = JSON.parse(/^const SITE=(.*);$/m.exec(script)?.[1] ?? '') as {
      files: KeptFile[];
    };
    const kept = new Set(files.map(({ path }) => path));
    const missing = builtPages('dist').filter(({ path }) => path !== '404.html' && !kept.has(path));
    expect(missing.map(({ path }) => path)).toEqual([]);
    const unkept = files.filter(({ group, path }) => group === 'asked' && path.endsWith('/'));
    expect(unkept, 'pages that are kept only once they were opened').toEqual([]);
    const [, download, device] =
      /at most (\d+) MB to download and (\d+) MB on the device/.exec(
        readFileSync('README.md', 'utf8'),
      ) ?? [];
    for (const locale of ['en', 'zh'] as const) {
      const groups = groupsFor([locale]);
      const bytes = files
        .filter(({ group }) => groups.has(group))
        .map(({ path }) => readFileSync(join('dist', path.replace(/(^|\/)$/, '$1index.html'))));
      const sum = (sizes: number[]): number => sizes.reduce((a, b) => a + b, 0) / 1e6;
      expect(sum(bytes.map(({ length }) => length))).toBeLessThan(Number(device));
      expect(sum(bytes.map((one) => Math.min(one.length, gzipSync(one).length)))).toBeLessThan(
        Number(download),
      );
    }
  });
});

describe('licenses.txt', () => {
  it('names what the site ships, each with its licence', () => {
    const text = readFileSync('dist/licenses.txt', 'utf8');
    for (const name of ['preact', 'pagefind', 'katex', 'ts-fsrs', 'idb', 'workbox-precaching']) {
      expect(text).toMatch(
        new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\\n(?:MIT|ISC|Apache-2\\.0)\\n`, 'm'),
      );
    }
    expect(text).not.toMatch(/^(?:vite|astro|playwright|lighthouse) \d/m);
  });
});

describe('package-lock.json', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { resolved?: string; integrity?: string }>;
  };

  it('has the hash of every package, and sends no install elsewhere than to the registry', () => {
    const registry = 'https://registry.npmjs.org/';
    const loose = Object.entries(packages).filter(
      ([path, { resolved = registry, integrity = '' }]) =>
        path !== '' && !(resolved.startsWith(registry) && /^sha512-/.test(integrity)),
    );
    expect(loose.map(([path]) => path)).toEqual([]);
  });
});
