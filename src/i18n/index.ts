import { type Dictionary, en, type Key } from './en.ts';
import type { Locale } from './locale.ts';
import { zh } from './zh.ts';

export * from './locale.ts';
export * from './routes.ts';
export type { Key };

const DICTIONARIES: Readonly<Record<Locale, Dictionary>> = { en, zh };

export type Translate = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** translator('en')('topic.followUps', { n: 7 }) → '7 follow-ups'. */
export function translator(locale: Locale): Translate {
  return (key, values = {}) =>
    DICTIONARIES[locale][key].replace(/\{(\w+)\}/g, (mark, name: string) =>
      String(values[name] ?? mark),
    );
}

/** formatDate('zh', '2026-11-24') → '2026年11月24日'. */
export function formatDate(locale: Locale, isoDate: string): string {
  const date = new Date(`${isoDate}T00:00:00Z`);
  return date.toLocaleDateString(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
