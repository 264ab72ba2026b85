import { LOCALES, type Locale, localeOf } from './locale.ts';

const BASE = (import.meta.env?.BASE_URL ?? '/').replace(/\/$/, '');

/** href('zh', 'topics/deepspeed/#zero') → '/zh/topics/deepspeed/#zero', below the site's base path. */
export function href(locale: Locale, path = ''): string {
  return `${BASE}${locale === 'en' ? '' : `/${locale}`}/${path}`;
}

/** A file of public/ or the build below the site's base path. */
export function asset(path: string): string {
  return `${BASE}/${path}`;
}

/** The page's path without base and language: '/lab/zh/about/' → 'about/'. */
export function pagePath(pathname: string): string {
  const path = pathname.startsWith(`${BASE}/`) ? pathname.slice(BASE.length) : pathname;
  const bare = path.replace(/^\/+/, '');
  return localeOf(pathname, `${BASE}/`) === 'en' ? bare : bare.replace(/^zh\/?/, '');
}

/** Paths of a route `[...locale]/…` in both languages. */
export function localePaths(): {
  params: { locale: string | undefined };
  props: { locale: Locale };
}[] {
  return LOCALES.map((locale) => ({
    params: { locale: locale === 'en' ? undefined : locale },
    props: { locale },
  }));
}
