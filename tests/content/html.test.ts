import { readFileSync } from 'node:fs';
import { type ConfigData, HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { builtPages } from './pages.ts';

const pages = builtPages('dist');
const config: ConfigData = JSON.parse(readFileSync('.htmlvalidate.json', 'utf8'));

describe('built pages', () => {
  it('are valid HTML', async () => {
    const validator = new HtmlValidate(config);
    const complaints: string[] = [];
    for (const { path, html } of pages) {
      const report = await validator.validateString(html, path);
      for (const { messages } of report.results) {
        complaints.push(
          ...messages.map(
            ({ ruleId, line, column, message }) =>
              `/${path}:${line}:${column} ${ruleId}: ${message}`,
          ),
        );
      }
    }
    expect(complaints).toEqual([]);
  });

  it('hold no formula that failed, no leftover Markdown and no unfilled blank', () => {
    for (const { path, html } of pages) {
      expect(html, path).not.toContain('katex-error');
      const text = html
        .replace(/<(script|style|pre|code|math|svg)\b[\s\S]*?<\/\1>/g, '')
        .replace(/<[^>]+>/g, '');
      expect(
        text.match(/.{0,40}(\*\*|\$\$|\[#|\bundefined\b|\[object|\{n\}).{0,40}/)?.[0],
        path,
      ).toBeUndefined();
    }
  });

  it('draw every formula with markup that the stylesheet knows', () => {
    const css = readFileSync('.astro/katex/deepspeed.css', 'utf8');
    for (const name of ['katex-base', 'katex-mathml', 'katex-strut'])
      expect(css).toContain(`.${name}`);
    const withFormulas = pages.filter(({ html }) => html.includes('class="katex"'));
    expect(withFormulas.length).toBeGreaterThan(10);
    for (const { path, html } of withFormulas) {
      expect(html, path).toContain('katex-base');
      expect(html, path).toContain('data-formulas');
    }
  });

  it('load the formula stylesheet only where a formula stands', () => {
    for (const { path, html } of pages) {
      if (!html.includes('class="katex"')) expect(html, path).not.toContain('data-formulas');
    }
  });

  it('ask no other host for anything', () => {
    for (const { path, html } of pages) {
      const loaded = [
        ...html.matchAll(/<(?:script|img|iframe|source|video|audio)\b[^>]*\ssrc="(https?:[^"]*)"/g),
        ...html.matchAll(
          /<link\b[^>]*rel="(?:stylesheet|preload|icon|modulepreload)"[^>]*href="(https?:[^"]*)"/g,
        ),
      ];
      expect(
        loaded.map(([, url]) => url),
        path,
      ).toEqual([]);
    }
  });
});
