import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HEADERS, PAGE_POLICY } from '~/security/policy.ts';

const directive = (name: string): string[] =>
  PAGE_POLICY.split('; ')
    .map((one) => one.split(' '))
    .find(([first]) => first === name)
    ?.slice(1) ?? [];

describe('the security policy', () => {
  it('lets no script run but files of the site and the one inline script it knows', () => {
    expect(directive('default-src')).toEqual(["'none'"]);
    expect(directive('script-src').map((source) => source.replace(/sha256-.*'/, "hash'"))).toEqual([
      "'self'",
      "'hash'",
      "'wasm-unsafe-eval'",
    ]);
    expect(directive('require-trusted-types-for')).toEqual(["'script'"]);
    expect(PAGE_POLICY).not.toMatch(/https?:|'unsafe-eval'|\*/);
    expect(PAGE_POLICY.match(/\S+ 'unsafe-inline'/g)).toEqual(["style-src-attr 'unsafe-inline'"]);
  });

  it('adds to the header what a page cannot say, within the line that Cloudflare Pages reads', () => {
    expect(HEADERS['Content-Security-Policy']).toBe(`${PAGE_POLICY}; frame-ancestors 'none'`);
    for (const [name, value] of Object.entries(HEADERS)) {
      expect(`  ${name}: ${value}`.length).toBeLessThan(2000);
    }
  });

  it.each([
    ['nginx.conf', 2],
    ['Caddyfile', 1],
  ])('stands as it is in the example for %s', (name, times) => {
    const example = readFileSync(`.github/hosting/${name}`, 'utf8');
    for (const [header, value] of Object.entries(HEADERS)) {
      expect(example.split(`${header} "${value}"`).length - 1, header).toBe(times);
    }
  });
});
