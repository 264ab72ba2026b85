import { describe, expect, it } from 'vitest';
import { tokenColours } from '~/build/share/colours.ts';
import { feed } from '~/build/share/feed.ts';
import type { Head } from '~/build/share/heads.ts';
import { lettersOf } from '~/build/share/letters.ts';
import { balancedLines, pieces } from '~/build/share/lines.ts';
import { sitemap } from '~/build/share/sitemap.ts';

const head: Head = {
  language: 'en',
  title: 'Is <b> & "c" safe?',
  description: 'x < y',
  canonical: 'https://host/lab/a/?x&y',
  alternates: [{ language: 'zh-CN', url: 'https://host/lab/zh/a/' }],
  image: '',
  siteName: '',
  section: 'Topic & more',
  topic: 'topic',
  modified: '2026-11-24',
};

describe('lines of a title', () => {
  it('break between words, and in Chinese between words too', () => {
    expect(pieces('Which GPU holds what?', 'en')).toEqual(['Which ', 'GPU ', 'holds ', 'what?']);
    expect(pieces('ZeRO-3 costs 1.5×, why?', 'en')).toContain('ZeRO-3 ');
    const parts = pieces('用FP16训练，为什么？', 'zh-CN');
    expect(parts.join('')).toBe('用FP16训练，为什么？');
    expect(parts).toContain('FP16');
    for (const part of parts) expect(part).not.toMatch(/^[，？]/);
    expect(pieces('先看“全参”与（可选的）LoRA', 'zh-CN').some((part) => /[“（]$/.test(part))).toBe(
      false,
    );
  });

  it('are as few as fit and about as long as each other', () => {
    const width = (line: string): number => 20 * line.length;
    const lines = balancedLines(pieces('aaaa bbbb cccc dddd e', 'en'), 400, width);
    expect(lines).toEqual(['aaaa bbbb', 'cccc dddd e']);
  });
});

describe('letters', () => {
  it('sets Han characters one em wide, adds an eighth before Latin, and keeps English quotes narrow', async () => {
    const letters = await lettersOf('实验ZeRO’s', 640);
    expect(letters.width('实验', 100)).toBeCloseTo(200, 1);
    expect(letters.width('实Z', 100) - letters.width('Z', 100)).toBeCloseTo(112.5, 1);
    expect(letters.width('’', 100)).toBeLessThan(40);
    expect(letters.paths('Z', 100, 10, 20)).toMatch(/^<path transform="translate\(10 20\) /);
  });

  it('names a sign that the font lacks', async () => {
    await expect(lettersOf('\u{13000}', 640)).rejects.toThrow('U+13000');
  });
});

describe('colours', () => {
  it('are the light side of the tokens', () => {
    const colour = tokenColours(
      '--a: light-dark(oklch(1 0 0), oklch(0 0 0));--b: light-dark(oklch(0.628 0.2577 29.23), x)',
    );
    expect(colour('a')).toBe('#ffffff');
    expect(colour('b')).toMatch(/^#f[ef]0[0-2]0[0-2]$/);
    expect(() => colour('c')).toThrow('--c');
  });
});

describe('XML', () => {
  it('escapes whatever a title or an address holds', () => {
    const words = {
      title: 'A & B',
      subtitle: '',
      author: 'x',
      home: 'h',
      self: 's',
      language: 'en',
    };
    const atom = feed(
      [head, { ...head, canonical: 'https://host/old', modified: '2025-01-01' }],
      words,
    );
    expect(atom).toContain('<title>Is &lt;b&gt; &amp; &quot;c&quot; safe?</title>');
    expect(atom).toContain('<updated>2026-11-24T00:00:00Z</updated>\n<author>');
    expect(atom.indexOf('x&amp;y</id>')).toBeLessThan(atom.indexOf('host/old'));
    expect(sitemap([head])).toContain(
      '<loc>https://host/lab/a/?x&amp;y</loc><lastmod>2026-11-24</lastmod>',
    );
  });

  it('makes no feed of pages without a date', () => {
    const words = {
      title: '',
      subtitle: '',
      author: '',
      home: '',
      self: 'feed.xml',
      language: 'en',
    };
    expect(() => feed([{ ...head, modified: '' }], words)).toThrow('feed.xml');
  });
});
