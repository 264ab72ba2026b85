import { getCollection } from 'astro:content';
import type { Locale } from '~/i18n/locale.ts';
import { NAMES_END } from '~/search/passages.ts';
import { outline } from './texts.ts';

/**
 * Other words by which readers look for a page: its own aliases, and for each glossary term that the
 * text marks, the term's names in both languages. Indexed with the title, never shown.
 */
export async function wordsFor(
  locale: Locale,
  aliases: readonly string[],
  body: string | undefined,
  topic: string,
): Promise<string> {
  const used = new Set(
    outline(body)
      .elements.filter(({ name }) => name === 'Term')
      .map(({ attributes }) => String(attributes['id'])),
  );
  const terms = (await getCollection('glossary')).filter(
    ({ data }) => used.has(data.id) && data.topic === topic,
  );
  const words = terms.flatMap(({ data }) => [data.en, data.zh, ...data.aliases]);
  const names = [...new Set([...aliases, ...words])].join(locale === 'zh' ? '，' : ', ');
  return `${names} ${NAMES_END}`;
}
