import type { Locale } from '~/i18n/locale.ts';

/** Words in two files, of which a reader loads one: `ready` brings a language, `words` has it from then on. */
export function oneLanguage<Words>(
  files: Readonly<Record<Locale, () => Promise<{ words: Words }>>>,
): { ready: (locale: Locale) => Promise<void>; words: (locale: Locale) => Words } {
  const here: Partial<Record<Locale, Words>> = {};
  return {
    async ready(locale) {
      here[locale] ??= (await files[locale]()).words;
    },
    words(locale) {
      const words = here[locale];
      if (!words) throw new Error(`the words of ${locale} are not there: ready comes first`);
      return words;
    },
  };
}
