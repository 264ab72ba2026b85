import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
