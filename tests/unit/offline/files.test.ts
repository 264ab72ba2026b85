import { describe, expect, it } from 'vitest';
import {
  addressOf,
  fitting,
  groupOf,
  type KeptFile,
  listed,
  MOST_DOWNLOAD,
  wanted,
} from '~/offline/files.ts';

const core = new Set(['offline/index.html', '_astro/page.js']);
const file = (path: string, group: KeptFile['group']): KeptFile => ({ path, group, hash: '' });
const FILES = [
  file('offline/', 'core'),
  file('_astro/lab.js', 'site'),
  file('about/', 'en'),
  file('zh/about/', 'zh'),
  file('anki/deck.apkg', 'asked'),
];
const paths = (files: readonly KeptFile[]): string[] => files.map(({ path }) => path);

describe('which files are kept for whom', () => {
  it.each([
    ['about/index.html', 10, 'en'],
    ['topics/deepspeed/index.html', 900_000, 'en'],
    ['zh/index.html', 10, 'zh'],
    ['offline/index.html', 10, 'core'],
    ['_astro/page.js', 10, 'core'],
    ['_astro/lab.css', 10, 'site'],
    ['_astro/tokenizer.json', 2_000_000, 'asked'],
    ['quiz/deck-zh.json', 10, 'zh'],
    ['search/words-zh.json', 10, 'site'],
    ['pagefind/fragment/zh-cn_1.pf_fragment', 10, 'site'],
    ['anki/deck-en.txt', 10, 'asked'],
    ['screenshots/wide-en.png', 10, 'asked'],
    ['404.html', 10, undefined],
    ['_headers', 10, undefined],
    ['sw.js', 10, undefined],
    ['sitemap-0.xml', 10, undefined],
  ])('%s (%i bytes): %s', (path, bytes, group) => {
    expect(groupOf(path, bytes, core)).toBe(group);
  });

  it('gives a first visit the shell and its own language', () => {
    const wish = { files: FILES, locales: ['zh' as const], kept: new Set<string>() };
    expect(paths(wanted({ ...wish, saveData: false }))).toEqual([
      'offline/',
      '_astro/lab.js',
      'zh/about/',
    ]);
    expect(paths(wanted({ ...wish, saveData: true }))).toEqual(['offline/']);
  });

  it('gives a new version what the one before kept, but what was asked for once', () => {
    const kept = new Set(['about/', 'anki/deck.apkg', 'gone/']);
    expect(paths(wanted({ files: FILES, locales: [], kept, saveData: true }))).toEqual([
      'offline/',
      'about/',
    ]);
  });
});

describe('a site too large to be kept whole', () => {
  const page = (file: string, packed: number, group: KeptFile['group'] = 'en') => ({
    file,
    group,
    packed,
  });
  const files = [
    page('topics/deepspeed/index.html', 50_000),
    page('questions/index.html', 90_000),
    page('questions/deepspeed/what-each-stage-shards/index.html', 15_000),
    page('pagefind/fragment/en_1.pf_fragment', 3_000, 'site'),
    page('pagefind/pagefind-entry.json', 100, 'site'),
    page('zh/questions/deepspeed/what-each-stage-shards/index.html', 15_000, 'zh'),
  ];

  it('keeps questions as they are opened, all else unasked', () => {
    expect(fitting(files)).toEqual(files);
    const large = [...files, page('labs/zero/index.html', MOST_DOWNLOAD)];
    const asked = fitting(large).flatMap(({ file: path, group }) =>
      group === 'asked' ? path : [],
    );
    expect(asked).toEqual([files[2], files[3], files[5]].map((one) => one?.file));
  });
});

describe('addresses', () => {
  it('are those under which a host serves the files', () => {
    expect(['index.html', 'zh/about/index.html', 'a/b.json'].map(addressOf)).toEqual([
      '',
      'zh/about/',
      'a/b.json',
    ]);
  });

  it('are listed below the base, without query and fragment; others are not', () => {
    const base = 'https://x.org/lab/';
    expect(listed('https://x.org/lab/zh/search/?q=1#a', base)).toBe('zh/search/');
    expect(listed('https://x.org/lab/', base)).toBe('');
    expect(listed('https://x.org/elsewhere/', base)).toBeUndefined();
    expect(listed('https://y.org/lab/', base)).toBeUndefined();
    expect(listed('https://x.org/lab/%E0%A4%A', base)).toBeUndefined();
  });
});
