import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Locale } from '../i18n/locale.ts';
import { href } from '../i18n/routes.ts';
import { type CardBody, cardBody } from './body.ts';
import { Clock } from './Clock.tsx';
import { ChoiceCard } from './cards/ChoiceCard.tsx';
import type { Outcome } from './cards/card.ts';
import { loadDrill } from './cards/drills.ts';
import { Hints } from './cards/Hints.tsx';
import { NumericCard } from './cards/NumericCard.tsx';
import { OpenCard } from './cards/OpenCard.tsx';
import type { DeckCard, DeckTopic } from './deck.ts';
import type { Drill } from './drills/drill.ts';
import { moveFocus, useKeys } from './keys.ts';
import { Part } from './Part.tsx';
import type { QuizWords } from './words.ts';

interface Props {
  locale: Locale;
  t: QuizWords;
  card: DeckCard;
  topic: DeckTopic | undefined;
  seed: number;
  missedLast: readonly string[];
  /** Called once the answer is shown, and again when ticks change it; with the time to the answer. */
  onOutcome: (outcome: Outcome, ms: number) => void;
  /** What stands above the answer, once it shows. */
  beside?: ComponentChildren;
  /** What follows the answer: grades, or the next draw. */
  children?: ComponentChildren;
}

interface Loaded {
  body: CardBody;
  drill: Drill<unknown> | undefined;
}

/** One card, from the question to its answer. Give it a key that changes with the card and the draw. */
export function Card({
  locale,
  t,
  card,
  topic,
  seed,
  missedLast,
  onOutcome,
  beside,
  children,
}: Props) {
  const root = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [loaded, setLoaded] = useState<Loaded>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [hints, setHints] = useState(0);
  const [since] = useState(() => Date.now());
  const [until, setUntil] = useState<number>();
  const answered = until !== undefined;

  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, []);

  // What was pressed to answer is gone: the focus goes on to what came instead.
  useEffect(() => {
    if (!answered) return;
    const result = root.current?.querySelector<HTMLElement>('[data-result]');
    result?.focus({ preventScroll: true });
  }, [answered]);

  useEffect(() => {
    let left = false;
    setFailed(false);
    Promise.all([cardBody(locale, card.key), card.drill ? loadDrill(card.drill) : undefined]).then(
      ([body, drill]) => left || setLoaded({ body, drill }),
      () => left || setFailed(true),
    );
    return () => {
      left = true;
    };
  }, [card.key, attempt]);

  const reveal = (): void => {
    if (!loaded || answered) return;
    setUntil(Date.now());
  };
  const moreHints = (): void => {
    if (loaded && !answered) setHints((n) => Math.min(n + 1, loaded.body.hints.length));
  };
  const press = (key: string): void =>
    root.current?.querySelector<HTMLElement>(`[data-option-key="${key}"]`)?.click();
  useKeys({
    ' ': card.kind === 'open' && !answered ? reveal : undefined,
    h: moreHints,
    j: () => moveFocus(root.current, 1),
    k: () => moveFocus(root.current, -1),
    ...Object.fromEntries(
      answered ? [] : [...'abcdef0'].map((letter) => [letter, () => press(letter)]),
    ),
  });

  const shared = {
    locale,
    t,
    card,
    seed,
    missedLast,
    answered,
    onOutcome: (outcome: Outcome) => onOutcome(outcome, (until ?? Date.now()) - since),
  };
  return (
    <article
      class="quiz-card prose"
      ref={root}
      data-card={card.id}
      data-answered={answered ? '' : undefined}
    >
      <p class="eyebrow">
        <span>{topic?.short}</span>
        <span class="tags">
          <span class="level" data-dots={'●'.repeat(card.level) + '○'.repeat(3 - card.level)}>
            {t.levels[card.level]}
          </span>
          <span>{t.kinds[card.kind]}</span>
        </span>
        <Clock label={t.clock} since={since} until={until} />
      </p>
      <h2 ref={heading} tabIndex={-1}>
        {card.title}
      </h2>
      {failed && (
        <p class="quiz-error" role="alert">
          {t.failed}{' '}
          <button type="button" class="quiz-quiet" onClick={() => setAttempt(attempt + 1)}>
            {t.retry}
          </button>
        </p>
      )}
      {loaded && (
        <>
          {answered && beside}
          {card.kind === 'open' && <OpenCard {...shared} body={loaded.body} hintsTaken={hints} />}
          {card.kind === 'choice' && (
            <ChoiceCard {...shared} body={loaded.body} onAnswer={reveal} />
          )}
          {card.kind === 'numeric' && loaded.drill && (
            <NumericCard
              {...shared}
              body={loaded.body}
              drill={loaded.drill}
              hintsTaken={hints}
              onAnswer={reveal}
            />
          )}
          {!answered && <Hints t={t} hints={loaded.body.hints} shown={hints} onMore={moreHints} />}
          {answered && (
            <>
              {loaded.body.sources && (
                <details class="quiz-sources">
                  <summary>{t.sources}</summary>
                  <Part of={loaded.body.sources} class="sources" />
                </details>
              )}
              <p class="own-page">
                <a href={href(locale, `topics/${card.topic}/#${card.passage}`)}>{t.passage}</a>
                <a href={href(locale, `questions/${card.key}/`)}>{t.ownPage}</a>
              </p>
            </>
          )}
        </>
      )}
      {loaded && !answered && card.kind === 'open' && (
        <div class="quiz-bar">
          <button type="button" class="quiz-primary" onClick={reveal} aria-keyshortcuts="Space">
            {t.reveal}
          </button>
        </div>
      )}
      {answered && children}
    </article>
  );
}
