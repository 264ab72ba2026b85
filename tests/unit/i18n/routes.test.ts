import { describe, expect, it } from 'vitest';
import { en } from '~/i18n/en.ts';
import { formatDate, href, localeOf, pagePath, translator } from '~/i18n/index.ts';
import { zh } from '~/i18n/zh.ts';

describe('languages and addresses', () => {
  it('knows the language of a path, also below a base', () => {
    expect(localeOf('/zh/topics/x/', '/')).toBe('zh');
    expect(localeOf('/topics/zh/', '/')).toBe('en');
    expect(localeOf('/lab/zh/', '/lab/')).toBe('zh');
    expect(localeOf('/zhuanlan/', '/')).toBe('en');
  });

  it('keeps the place when the language changes', () => {
    expect(pagePath('/zh/topics/deepspeed/')).toBe('topics/deepspeed/');
    expect(href('zh', pagePath('/topics/deepspeed/'))).toBe('/zh/topics/deepspeed/');
    expect(href('en', pagePath('/zh/'))).toBe('/');
  });

  it('has words in both languages, with the same blanks to fill', () => {
    const blanks = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(zh[key], key).toBeTruthy();
      expect(blanks(zh[key]), key).toEqual(blanks(en[key]));
    }
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it('fills blanks and dates', () => {
    expect(translator('zh')('topic.followUps', { n: 7 })).toBe('7个追问');
    expect(formatDate('en', '2026-11-24')).toBe('24 November 2026');
    expect(formatDate('zh', '2026-11-24')).toBe('2026年11月24日');
  });
});
