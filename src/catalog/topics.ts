import { type CollectionEntry, getCollection } from 'astro:content';
import type { Locale } from '~/i18n/locale.ts';
import { staleLocale } from './stale.ts';
import { textId } from './texts.ts';

export interface Topic {
  slug: string;
  facts: CollectionEntry<'topics'>['data'];
  text: CollectionEntry<'topicTexts'>['data'];
  entry: CollectionEntry<'topicTexts'>;
  /** True when the other language changed after this one. */
  stale: boolean;
}

/** All topics in reading order, in one language. */
export async function topics(locale: Locale): Promise<Topic[]> {
  const facts = await getCollection('topics');
  const texts = new Map((await getCollection('topicTexts')).map((entry) => [entry.id, entry]));
  return facts
    .map(({ id, data }): Topic => {
      const entry = texts.get(textId(id, locale));
      if (!entry) throw new Error(`content/topics/${id}: no text in ${locale}`);
      const stale = staleLocale(`topics/${id}`, data.agreed) === locale;
      return { slug: id, facts: data, text: entry.data, entry, stale };
    })
    .sort((a, b) => a.facts.order - b.facts.order);
}
