import { oneLanguage } from '../kit/oneLanguage.ts';

export type { Words } from './en.ts';

export const { words: labWords, ready } = oneLanguage({
  en: () => import('./en.ts'),
  zh: () => import('./zh.ts'),
});
