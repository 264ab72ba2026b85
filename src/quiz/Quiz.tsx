import { useEffect, useRef, useState } from 'preact/hooks';
import type { Locale } from '../i18n/locale.ts';
import { MIXED, printWanted, readWanted, type Wanted } from './address.ts';
import type { Deck } from './deck.ts';
import { download } from './download.ts';
import { Home } from './Home.tsx';
import type { Journal } from './journal.ts';
import { KeysDialog } from './KeysDialog.tsx';
import { useKeys } from './keys.ts';
import { Mock } from './mock/Mock.tsx';
import { Report } from './mock/Report.tsx';
import { mockWords } from './mock/words.ts';
import { Practice } from './Practice.tsx';
import { drillQueue } from './queue.ts';
import { Review } from './Review.tsx';
import { newSeed, seeded } from './random.ts';
import { StoreNotice } from './StoreNotice.tsx';
import { cardState, studyToday } from './today.ts';
import type { QuizWords } from './words.ts';

interface Props {
  locale: Locale;
  t: QuizWords;
  deck: Deck;
  journal: Journal;
}

interface Screen {
  wanted: Wanted;
  cards: readonly string[];
  /** New for each run, so that it begins afresh. */
  run: number;
}

export function Quiz({ locale, t, deck, journal }: Props) {
  const [, redraw] = useState(0);
  const runs = useRef(0);
  const [screen, setScreen] = useState(() => open(readWanted(location.search, deck)));
  const [keysShown, setKeysShown] = useState(false);

  function open(wanted: Wanted): Screen {
    runs.current += 1;
    return { wanted, cards: queueOf(wanted), run: runs.current };
  }
  function queueOf(wanted: Wanted): readonly string[] {
    if (wanted.mode === 'due') return studyToday(deck, journal, Date.now()).order;
    if (wanted.mode === 'drill') {
      const state = (id: string) => cardState(journal.progress(), id);
      return drillQueue(deck.cards, wanted.filter, state, seeded(newSeed()));
    }
    return wanted.mode === 'cards' ? wanted.cards : [];
  }

  useEffect(() => journal.subscribe(() => redraw((n) => n + 1)), []);
  useEffect(() => {
    const back = (): void => setScreen(open(readWanted(location.search, deck)));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  useKeys({ '?': () => setKeysShown(true) });

  const go = (wanted: Wanted): void => {
    setScreen(open(wanted));
    history.pushState(null, '', location.pathname + printWanted(wanted));
    follow();
    scrollTo({ top: 0 });
  };
  const replace = (wanted: Wanted): void => {
    history.replaceState(null, '', location.pathname + printWanted(wanted));
    follow();
  };
  const home = (): void => go({ mode: 'home' });
  const { wanted, cards, run } = screen;

  return (
    <>
      <StoreNotice t={t} journal={journal} onExport={() => download(journal)} />
      {wanted.mode === 'home' && (
        <Home locale={locale} t={t} deck={deck} journal={journal} filter={{}} onStart={go} />
      )}
      {(wanted.mode === 'due' || wanted.mode === 'drill' || wanted.mode === 'cards') && (
        <Review
          key={run}
          locale={locale}
          t={t}
          deck={deck}
          journal={journal}
          cards={cards}
          onlyDue={wanted.mode === 'due'}
          onEnd={home}
          onDrill={(again) => go({ mode: 'cards', cards: [...again] })}
        />
      )}
      {wanted.mode === 'numeric' && (
        <Practice
          key={run}
          locale={locale}
          t={t}
          deck={deck}
          cards={deck.cards.filter(
            ({ drill }) => drill && (wanted.drill === MIXED || drill === wanted.drill),
          )}
          seed={wanted.seed}
          onDraw={({ drill = MIXED }, seed) =>
            replace(
              wanted.drill === MIXED ? { ...wanted, seed: undefined } : { ...wanted, drill, seed },
            )
          }
          onEnd={home}
        />
      )}
      {wanted.mode === 'mock' && <Mock key={run} {...{ locale, t, deck, journal }} onEnd={home} />}
      {wanted.mode === 'report' && (
        <Report
          {...{ locale, t, deck }}
          m={mockWords(locale)}
          mock={journal.progress().mocks.find(({ id }) => id === wanted.id)}
          onEnd={home}
        />
      )}
      <KeysDialog t={t} open={keysShown} onClose={() => setKeysShown(false)} />
      <button type="button" class="quiz-quiet quiz-keys-open" onClick={() => setKeysShown(true)}>
        <span class="quiz-key" aria-hidden="true">
          ?
        </span>{' '}
        {t.keys}
      </button>
    </>
  );
}

/** The other language opens on the same. */
function follow(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-language-switch]'))
    link.search = location.search;
}
