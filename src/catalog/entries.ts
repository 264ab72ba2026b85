import { type CollectionEntry, getCollection } from 'astro:content';
import type { Locale } from '~/i18n/locale.ts';
import { staleLocale } from './stale.ts';
import { textId } from './texts.ts';

/** The collections whose entries have facts in one file and a text in each language. */
const TEXTS = { topics: 'topicTexts', questions: 'questionTexts', labs: 'labTexts' } as const;
type Kind = keyof typeof TEXTS;

export interface Entry<K extends Kind> {
  /** Folder under content/<kind>. */
  id: string;
  facts: CollectionEntry<K>['data'];
  text: CollectionEntry<(typeof TEXTS)[K]>['data'];
  entry: CollectionEntry<(typeof TEXTS)[K]>;
  /** True when the other language changed after this one. */
  stale: boolean;
}

/** Facts joined with their texts in one language. */
export async function entries<K extends Kind>(kind: K, locale: Locale): Promise<Entry<K>[]> {
  const facts = await getCollection(kind);
  const texts = new Map((await getCollection(TEXTS[kind])).map((text) => [text.id, text]));
  return facts.map(({ id, data }) => {
    const entry = texts.get(textId(id, locale)) as CollectionEntry<(typeof TEXTS)[K]> | undefined;
    if (!entry) throw new Error(`content/${kind}/${id}: no text in ${locale}`);
    const stale = staleLocale(`${kind}/${id}`, data.agreed) === locale;
    return { id, facts: data, text: entry.data, entry, stale };
  });
}
