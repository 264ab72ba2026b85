import type { Locale } from '~/i18n/locale.ts';
import { type Entry, entries } from './entries.ts';
import { oncePerBuild } from './oncePerBuild.ts';

export interface Lab extends Omit<Entry<'labs'>, 'id'> {
  slug: string;
}

/** All labs in their order, in one language. */
export const labs = oncePerBuild(
  async (locale: Locale): Promise<readonly Lab[]> =>
    (await entries('labs', locale))
      .map(({ id, ...lab }) => ({ slug: id, ...lab }))
      .sort((a, b) => a.facts.order - b.facts.order),
);
