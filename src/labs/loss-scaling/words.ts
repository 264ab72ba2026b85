import type { Locale } from '~/i18n/locale.ts';
import type { Words } from './en.ts';
import { readyTraining } from './trainingWords.ts';

export type { Words };

const LANGUAGES: Readonly<Record<Locale, () => Promise<{ words: Words }>>> = {
  en: () => import('./en.ts'),
  zh: () => import('./zh.ts'),
};
const loaded: Partial<Record<Locale, Words>> = {};

/** Brings the words of one language: nobody loads the other one's. */
export async function ready(locale: Locale): Promise<void> {
  const [{ words }] = await Promise.all([LANGUAGES[locale](), readyTraining(locale)]);
  loaded[locale] = words;
}

export function labWords(locale: Locale): Words {
  const words = loaded[locale];
  if (!words) throw new Error(`the words of ${locale} are not there: ready comes first`);
  return words;
}
