import { oneLanguage } from '../../kit/oneLanguage.ts';

/** Words of the gradient histogram and of the training run. */
export const { words: trainingWords, ready } = oneLanguage({
  en: () => import('./en.ts'),
  zh: () => import('./zh.ts'),
});
