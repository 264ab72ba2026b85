import { type JSX, render } from 'preact';
import { type Locale, localeOf } from '../i18n/locale.ts';
import { openStore } from '../progress/store.ts';
import type { Deck } from './deck.ts';
import { type Journal, openJournal } from './journal.ts';
import { quizWords } from './words.ts';

interface Awake {
  locale: Locale;
  deck: Deck;
  journal: Journal;
  /** Whether the browser promised to keep what is stored; undefined where it cannot say. */
  persisted: boolean | undefined;
}

/** Fills a place with what needs the deck and the reader's progress; says so when they cannot be had. */
export async function wake(selector: string, view: (awake: Awake) => JSX.Element): Promise<void> {
  const place = document.querySelector<HTMLElement>(selector);
  if (!place) return;
  const locale = localeOf(location.pathname);
  const t = quizWords(locale);
  try {
    const [deck, journal, persisted] = await Promise.all([
      fetch(place.dataset['deck'] ?? '').then((answer) => answer.json() as Promise<Deck>),
      openStore().then(openJournal),
      navigator.storage?.persisted?.().catch(() => undefined),
    ]);
    place.replaceChildren();
    render(view({ locale, deck, journal, persisted }), place);
    place.dataset['awake'] = '';
  } catch (error) {
    console.error(error);
    render(
      <p class="quiz-error" role="alert">
        {t.failed}{' '}
        <button type="button" onClick={() => location.reload()}>
          {t.retry}
        </button>
      </p>,
      place,
    );
  }
}
