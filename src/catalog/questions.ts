import type { Locale } from '~/i18n/locale.ts';
import { TOPICS } from '~/schemas/shared.ts';
import { type Entry, entries } from './entries.ts';
import { oncePerBuild } from './oncePerBuild.ts';

export interface Question extends Omit<Entry<'questions'>, 'id'> {
  /** topic/slug */
  key: string;
  topic: string;
  slug: string;
}

/** All follow-up questions in one language: by topic, then from screening to senior, then by id. */
export const questions = oncePerBuild(
  async (locale: Locale): Promise<readonly Question[]> =>
    (await entries('questions', locale))
      .map(({ id: key, ...question }) => {
        const [topic = '', slug = ''] = key.split('/');
        return { key, topic, slug, ...question };
      })
      .sort(
        (a, b) =>
          topicOrder(a.topic) - topicOrder(b.topic) ||
          a.facts.level - b.facts.level ||
          (a.facts.id < b.facts.id ? -1 : 1),
      ),
);

function topicOrder(topic: string): number {
  return (TOPICS as readonly string[]).indexOf(topic);
}
