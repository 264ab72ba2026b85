import type { Locale } from '~/i18n/locale.ts';
import { type Entry, entries } from './entries.ts';
import { oncePerBuild } from './oncePerBuild.ts';

export interface Topic extends Omit<Entry<'topics'>, 'id'> {
  slug: string;
}

/** All topics in reading order, in one language. */
export const topics = oncePerBuild(
  async (locale: Locale): Promise<readonly Topic[]> =>
    (await entries('topics', locale))
      .map(({ id, ...topic }) => ({ slug: id, ...topic }))
      .sort((a, b) => a.facts.order - b.facts.order),
);
