/** The site's languages: English at the root, Chinese under /zh/. */
export const LOCALES = ['en', 'zh'] as const;
export type Locale = (typeof LOCALES)[number];

/** BCP 47 tags for `lang` and `hreflang`. */
export const LANG: Readonly<Record<Locale, string>> = { en: 'en', zh: 'zh-CN' };

/** File name (without extension) of a text in a content folder. */
export const TEXT_FILE: Readonly<Record<Locale, string>> = { en: 'en', zh: 'zh-CN' };

const BASE = import.meta.env?.BASE_URL ?? '/';

/** The language of a page by its path: localeOf('/zh/topics/x/') → 'zh'. */
export function localeOf(pathname: string, base: string = BASE): Locale {
  const path = pathname.startsWith(base) ? pathname.slice(base.length) : pathname;
  return path.replace(/^\//, '').split('/')[0] === 'zh' ? 'zh' : 'en';
}
