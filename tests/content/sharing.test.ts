import { existsSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Head, readHead } from '~/build/share/heads.ts';
import { builtPages } from './pages.ts';

const LARGEST_IMAGE_BYTES = 40_000;

describe.each([
  { folder: 'dist', base: '/' },
  { folder: 'dist-subpath', base: '/lab/' },
])('what other sites read of the site built under $base', ({ folder, base }) => {
  const heads = builtPages(folder).flatMap(({ path }) => {
    const head = readHead(`${folder}/${path.endsWith('.html') ? path : `${path}index.html`}`);
    return head ? [{ path, ...head }] : [];
  });
  const origin = new URL(heads[0]!.canonical).origin;
  const read = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');
  const fileOf = (url: string): string => {
    expect(url.startsWith(`${origin}${base}`), url).toBe(true);
    return `${folder}/${url.slice(`${origin}${base}`.length)}`;
  };

  it('each page names its address, its languages, its title and one image of its own', () => {
    for (const head of heads) {
      expect(head.canonical, head.path).toBe(`${origin}${base}${head.path}`);
      expect(head.alternates.map(({ language }) => language)).toEqual(['en', 'zh-CN', 'x-default']);
      expect(head.title, head.path).not.toBe('');
      expect(head.description, head.path).not.toBe('');
    }
    expect(new Set(heads.map(({ image }) => image)).size).toBe(heads.length);
  });

  it('each image is a small PNG of the size its page states', async () => {
    for (const { image } of heads) {
      const file = fileOf(image);
      const { format, width, height } = await sharp(file).metadata();
      expect({ format, width, height }, file).toEqual({ format: 'png', width: 1200, height: 630 });
      expect(readFileSync(file).length, file).toBeLessThanOrEqual(LARGEST_IMAGE_BYTES);
    }
  });

  it('the sitemap lists every page once, with every language, all of which exist', () => {
    const map = read('sitemap.xml');
    const listed = [...map.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url = '']) => url);
    expect(listed.toSorted()).toEqual(heads.map(({ canonical }) => canonical).toSorted());
    const alternates = [...map.matchAll(/hreflang="[^"]+" href="([^"]*)"/g)];
    expect(alternates).toHaveLength(listed.length * 3);
    for (const [, url = ''] of alternates)
      expect(existsSync(`${fileOf(url)}index.html`), url).toBe(true);
    expect(read('robots.txt')).toContain(`Sitemap: ${origin}${base}sitemap.xml\n`);
  });

  it.each([
    { feed: 'feed.xml', language: 'en' },
    { feed: 'zh/feed.xml', language: 'zh-CN' },
  ])('$feed is an Atom feed of pages that state when they were checked', ({ feed, language }) => {
    const xml = read(feed);
    const updated = [...xml.matchAll(/<updated>([^<]*)<\/updated>/g)].map(([, day = '']) => day);
    for (const day of updated) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}T00:00:00Z$/);
    expect(updated.slice(1)).toEqual(updated.slice(1).toSorted().toReversed());
    expect(updated[0]).toBe(updated[1]);
    for (const name of ['id', 'title', 'updated', 'author']) {
      expect(xml.slice(0, xml.indexOf('<entry>')), name).toContain(`<${name}>`);
    }
    const entries = xml.split('<entry>').slice(1);
    const dated = heads.filter((head) => head.language === language && head.modified);
    expect(entries.length).toBe(Math.min(200, dated.length));
    const known = new Map(dated.map((head): [string, Head] => [head.canonical, head]));
    for (const entry of entries) {
      const id = /<id>([^<]*)<\/id>/.exec(entry)?.[1] ?? '';
      expect(entry).toContain(`<updated>${known.get(id)?.modified}T00:00:00Z</updated>`);
      expect(entry).toMatch(/<title>[^<]+<\/title><link rel="alternate"/);
      expect(entry).toMatch(/<summary>[^<]+<\/summary>/);
    }
    expect(new Set(entries.map((entry) => /<id>([^<]*)/.exec(entry)?.[1])).size).toBe(
      entries.length,
    );
  });
});
