import { oneLanguage } from '../../kit/oneLanguage.ts';

export type { Words as InspectWords } from './en.ts';

export const { words: inspectWords, ready } = oneLanguage({
  en: () => import('./en.ts'),
  zh: () => import('./zh.ts'),
});
