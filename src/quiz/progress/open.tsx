/** Wakes the page of progress. */

import { wake } from '../wake.tsx';
import { ProgressView } from './ProgressView.tsx';
import { progressWords } from './words.ts';

wake('[data-progress]', ({ locale, ...awake }) => (
  <ProgressView locale={locale} t={progressWords(locale)} {...awake} />
));
