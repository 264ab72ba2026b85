import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCALES, type Locale, TEXT_FILE } from '../i18n/locale.ts';

/** Fingerprints of a folder's two texts, as `agreed` records them. */
export type Fingerprints = Readonly<Record<Locale, string>>;

/** First 12 hex digits of a text's SHA-256. */
export function fingerprint(source: string): string {
  return createHash('sha256').update(source.replaceAll('\r\n', '\n')).digest('hex').slice(0, 12);
}

export function fingerprints(folder: string, root = process.cwd()): Fingerprints {
  const of = (locale: Locale): string =>
    fingerprint(readFileSync(join(root, 'content', folder, `${TEXT_FILE[locale]}.mdx`), 'utf8'));
  return { en: of('en'), zh: of('zh') };
}

/**
 * The language that lags behind: exactly one text changed since both were said to agree, so the
 * other is stale. Null when neither changed, or both did, or nothing was recorded yet.
 */
export function staleLocale(
  folder: string,
  agreed: Fingerprints | undefined,
  now: Fingerprints = fingerprints(folder),
): Locale | null {
  if (!agreed) return null;
  const changed = LOCALES.filter((locale) => agreed[locale] !== now[locale]);
  if (changed.length !== 1) return null;
  return changed[0] === 'en' ? 'zh' : 'en';
}
