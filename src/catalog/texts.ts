import { type Locale, TEXT_FILE } from '~/i18n/locale.ts';
import { type ParsedText, parseText } from '~/markdown/parseText.ts';

const parsedByBody = new Map<string, ParsedText>();

/** The outline of an entry's text; parsed once per build. */
export function outline(body: string | undefined): ParsedText {
  const source = body ?? '';
  const known = parsedByBody.get(source);
  if (known) return known;
  const parsed = parseText(source);
  parsedByBody.set(source, parsed);
  return parsed;
}

/** Id of a text in its collection: textId('mixed-precision', 'zh') → 'mixed-precision/zh-CN'. */
export function textId(key: string, locale: Locale): string {
  return `${key}/${TEXT_FILE[locale]}`;
}

/**
 * Minutes to read a text, from its length: 220 English words or 400 Chinese characters a minute,
 * code and formulas at the same pace.
 */
export function readingMinutes(body: string | undefined, locale: Locale): number {
  const plain = (body ?? '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\[#[^\]]*\]/g, ' ')
    .replace(/[|#*`$_-]+/g, ' ');
  const han = plain.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = plain.match(/[A-Za-z][\w'’-]*/g)?.length ?? 0;
  const minutes = locale === 'zh' ? han / 400 + words / 250 : words / 220;
  return Math.max(1, Math.round(minutes));
}
