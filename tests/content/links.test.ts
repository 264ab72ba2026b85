import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attributeValues, builtPages } from './pages.ts';

describe.each([
  { folder: 'dist', base: '/' },
  { folder: 'dist-subpath', base: '/lab/' },
])('links of the site built under $base', ({ folder, base }) => {
  const pages = builtPages(folder);
  const ids = new Map(pages.map(({ path, html }) => [path, new Set(attributeValues(html, 'id'))]));

  it('has pages in both languages, the same ones', () => {
    const paths = pages.map(({ path }) => path).filter((path) => path !== '404.html');
    const english = paths.filter((path) => !/^zh\//.test(path)).sort();
    const chinese = paths
      .filter((path) => /^zh\//.test(path))
      .map((path) => path.slice(3))
      .sort();
    expect(english.length).toBeGreaterThan(40);
    expect(chinese).toEqual(english);
  });

  it('leads every internal link to a page or file that exists, and to an anchor on it', () => {
    const broken = pages.flatMap(({ path, html }) => {
      const links = [...attributeValues(html, 'href'), ...attributeValues(html, 'src')];
      return links.flatMap((link) => {
        const url = new URL(link, `https://here${base}${path}`);
        if (url.host !== 'here' || !url.protocol.startsWith('http')) return [];
        if (!url.pathname.startsWith(base)) return [`/${path}: ${link} leaves the base`];
        const target = decodeURIComponent(url.pathname.slice(base.length));
        const anchors = ids.get(target);
        if (!anchors)
          return existsSync(`${folder}/${target}`) && !target.endsWith('/') && target !== ''
            ? []
            : [`/${path}: ${link}`];
        const anchor = decodeURIComponent(url.hash.slice(1));
        return anchor === '' || anchors.has(anchor) ? [] : [`/${path}: ${link} (no such anchor)`];
      });
    });
    expect(broken).toEqual([]);
  });

  it('names the page and its other language for search engines', () => {
    for (const { path, html } of pages) {
      if (/name="robots" content="noindex"/.test(html)) continue;
      expect(html, path).toMatch(/<link rel="canonical" href="https:\/\//);
      expect(html.match(/hreflang="(en|zh-CN)" href="https/g), path).toHaveLength(2);
      expect(html, path).toMatch(path.startsWith('zh/') ? '<html lang="zh-CN"' : '<html lang="en"');
    }
  });
});
