/** Wakes the quiz. */
import { Quiz } from './Quiz.tsx';
import { wake } from './wake.tsx';
import { quizWords } from './words.ts';

wake('[data-quiz]', ({ locale, deck, journal }) => (
  <Quiz locale={locale} t={quizWords(locale)} deck={deck} journal={journal} />
));
