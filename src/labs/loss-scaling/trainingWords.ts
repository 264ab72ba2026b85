import type { Locale } from '~/i18n/locale.ts';
import type { TrainingWords } from './trainingEn.ts';

const LANGUAGES: Readonly<Record<Locale, () => Promise<{ words: TrainingWords }>>> = {
  en: () => import('./trainingEn.ts'),
  zh: () => import('./trainingZh.ts'),
};
const loaded: Partial<Record<Locale, TrainingWords>> = {};

/** Brings the words of one language. */
export async function readyTraining(locale: Locale): Promise<void> {
  loaded[locale] ??= (await LANGUAGES[locale]()).words;
}

/** Words of the gradient histogram and of the training run. */
export function trainingWords(locale: Locale): TrainingWords {
  const words = loaded[locale];
  if (!words) throw new Error(`the words of ${locale} are not there: ready comes first`);
  return words;
}
