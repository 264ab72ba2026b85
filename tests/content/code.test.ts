import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContent } from '~/content-check/readContent.ts';

const content = readContent(process.cwd());
const blocks = [...content.topics, ...content.questions, ...content.labs].flatMap(({ texts }) =>
  Object.values(texts).flatMap(({ file, parsed }) =>
    parsed.code.map(({ lang, value, line }) => ({ place: `${file}:${line}`, lang, value })),
  ),
);
const LANGUAGES = ['python', 'json', 'bash', 'text', 'jinja', 'console', 'log', 'diff'];

function python(): string | undefined {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return 'python3';
  } catch {
    return undefined;
  }
}

describe('code in the texts', () => {
  it('names a language that is highlighted', () => {
    expect(
      blocks
        .filter(({ lang }) => !LANGUAGES.includes(lang ?? ''))
        .map(({ place, lang }) => `${place}: ${lang}`),
    ).toEqual([]);
  });

  it('is JSON where it says so', () => {
    const json = blocks.filter(({ lang }) => lang === 'json');
    expect(json.length).toBeGreaterThan(0);
    for (const { place, value } of json) expect(() => JSON.parse(value), place).not.toThrow();
  });

  it.runIf(python())('compiles where it says Python', () => {
    const snippets = blocks.filter(({ lang }) => lang === 'python');
    expect(snippets.length).toBeGreaterThan(5);
    const folder = mkdtempSync(join(tmpdir(), 'snippets-'));
    try {
      for (const [index, { place, value }] of snippets.entries()) {
        const file = join(folder, `snippet${index}.py`);
        writeFileSync(file, value);
        expect(
          () => execFileSync('python3', ['-m', 'py_compile', file], { stdio: 'pipe' }),
          place,
        ).not.toThrow();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is the same in both languages but for its comments', () => {
    const bare = (value: string): string =>
      value
        .replace(/#.*$/gm, '')
        .replace(/[ \t]+$/gm, '')
        .replace(/(["'])(?:(?=(\\?))\2[^\n])*?\1/g, '""');
    for (const {
      texts: { en, zh },
      key,
    } of [...content.topics, ...content.questions]) {
      const of = (text: typeof en): string[] =>
        (text?.parsed.code ?? [])
          .filter(({ lang }) => lang === 'python' || lang === 'json')
          .map(({ value }) => bare(value));
      expect(of(zh), key).toEqual(of(en));
    }
  });
});
