import { type CollectionEntry, getCollection } from 'astro:content';
import type { Locale } from '~/i18n/locale.ts';
import { TOPICS } from '~/schemas/shared.ts';
import { staleLocale } from './stale.ts';
import { textId } from './texts.ts';

export interface Question {
  /** topic/slug */
  key: string;
  topic: string;
  slug: string;
  facts: CollectionEntry<'questions'>['data'];
  text: CollectionEntry<'questionTexts'>['data'];
  entry: CollectionEntry<'questionTexts'>;
  stale: boolean;
}

/** All follow-up questions in one language: by topic, then from screening to senior, then by id. */
export async function questions(locale: Locale): Promise<Question[]> {
  const facts = await getCollection('questions');
  const texts = new Map((await getCollection('questionTexts')).map((entry) => [entry.id, entry]));
  return facts
    .map(({ id: key, data }): Question => {
      const entry = texts.get(textId(key, locale));
      if (!entry) throw new Error(`content/questions/${key}: no text in ${locale}`);
      const [topic = '', slug = ''] = key.split('/');
      const stale = staleLocale(`questions/${key}`, data.agreed) === locale;
      return { key, topic, slug, facts: data, text: entry.data, entry, stale };
    })
    .sort(
      (a, b) =>
        topicOrder(a.topic) - topicOrder(b.topic) ||
        a.facts.level - b.facts.level ||
        (a.facts.id < b.facts.id ? -1 : 1),
    );
}

function topicOrder(topic: string): number {
  return (TOPICS as readonly string[]).indexOf(topic);
}
