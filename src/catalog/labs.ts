import { type CollectionEntry, getCollection } from 'astro:content';
import type { Locale } from '~/i18n/locale.ts';
import { staleLocale } from './stale.ts';
import { textId } from './texts.ts';

export interface Lab {
  slug: string;
  facts: CollectionEntry<'labs'>['data'];
  text: CollectionEntry<'labTexts'>['data'];
  entry: CollectionEntry<'labTexts'>;
  stale: boolean;
}

/** All labs in their order, in one language. */
export async function labs(locale: Locale): Promise<Lab[]> {
  const facts = await getCollection('labs');
  const texts = new Map((await getCollection('labTexts')).map((entry) => [entry.id, entry]));
  return facts
    .map(({ id, data }): Lab => {
      const entry = texts.get(textId(id, locale));
      if (!entry) throw new Error(`content/labs/${id}: no text in ${locale}`);
      const stale = staleLocale(`labs/${id}`, data.agreed) === locale;
      return { slug: id, facts: data, text: entry.data, entry, stale };
    })
    .sort((a, b) => a.facts.order - b.facts.order);
}
