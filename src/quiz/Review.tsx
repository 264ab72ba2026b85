import { useEffect, useState } from 'preact/hooks';
import type { Locale } from '../i18n/locale.ts';
import { NEW_MEMORY } from '../progress/schedule.ts';
import { cardBody } from './body.ts';
import { Card } from './Card.tsx';
import type { Outcome } from './cards/card.ts';
import type { Deck } from './deck.ts';
import { Grades } from './Grades.tsx';
import type { Journal } from './journal.ts';
import { useKeys } from './keys.ts';
import {
  graded,
  type Session,
  skipped,
  startSession,
  summary,
  ungraded,
  without,
} from './queue.ts';
import { newSeed } from './random.ts';
import { useSession } from './useSession.ts';
import type { QuizWords } from './words.ts';

interface Props {
  locale: Locale;
  t: QuizWords;
  deck: Deck;
  journal: Journal;
  cards: readonly string[];
  /** In a review of what is due, a card that another tab answered is not asked again. */
  onlyDue: boolean;
  onEnd: () => void;
  onDrill: (cards: readonly string[]) => void;
}

/** A run through cards: each is graded, and the grade stored, before the next one shows. */
export function Review({ locale, t, deck, journal, cards, onlyDue, onEnd, onDrill }: Props) {
  const [session, setSession] = useState<Session>(() => startSession(cards));
  const [turn, setTurn] = useState(0);
  const [seed, setSeed] = useState(newSeed);
  const [outcome, setOutcome] = useState<{ outcome: Outcome; ms: number }>();
  const [busy, setBusy] = useState(false);
  const [ended, setEnded] = useState(false);
  const [start] = useState(() => Date.now());
  const byId = new Map(deck.cards.map((card) => [card.id, card]));
  const asked = session.waiting[0];
  const card = asked === undefined ? undefined : byId.get(asked);

  const show = (next: Session): void => {
    setSession(next);
    setOutcome(undefined);
    setSeed(newSeed());
    setTurn((n) => n + 1);
  };

  useEffect(() => {
    if (!onlyDue) return;
    return journal.subscribe(() => {
      setSession((now) => {
        const missed = new Set(now.answered.map(({ card: id }) => id));
        return without(now, (id) => !missed.has(id) && journal.answeredSince(id, start));
      });
    });
  }, []);

  // The next page is on its way while this card is thought about.
  const next = session.waiting[1];
  useEffect(() => {
    const key = next && byId.get(next)?.key;
    if (key) cardBody(locale, key).catch(() => {});
  }, [next]);

  const grade = async (value: 1 | 2 | 3 | 4): Promise<void> => {
    if (!card || !outcome || busy) return;
    setBusy(true);
    const { missed, seed: drawn } = outcome.outcome;
    const event = await journal.review(card.id, {
      grade: value,
      ms: outcome.ms,
      ...(missed.length > 0 && { missed }),
      ...(drawn !== undefined && { seed: drawn }),
    });
    show(graded(session, value, event));
    setBusy(false);
  };
  const undo = async (): Promise<void> => {
    const { session: before, undone } = ungraded(session);
    if (!undone || busy) return;
    setBusy(true);
    await journal.undo(undone.event);
    setEnded(false);
    show(before);
    setBusy(false);
  };
  const later = (): void => {
    if (session.waiting.length > 1) show(skipped(session));
  };
  const done = ended || !card;
  useSession(!done);
  useKeys({
    u: undo,
    l: done ? undefined : later,
    Escape: done ? onEnd : () => setEnded(true),
  });

  const total = session.waiting.length + session.answered.length;
  const controls = (
    <div class="quiz-top">
      <progress
        max={Math.max(1, total)}
        value={session.answered.length}
        aria-label={t.asked(session.waiting.length)}
      />
      <span class="quiz-left" aria-live="polite">
        {t.asked(session.waiting.length)}
      </span>
      <button
        type="button"
        class="quiz-quiet"
        onClick={undo}
        disabled={session.answered.length === 0}
        aria-keyshortcuts="u"
      >
        {t.undo}
      </button>
      {!done && (
        <>
          <button
            type="button"
            class="quiz-quiet"
            onClick={later}
            disabled={session.waiting.length < 2}
            aria-keyshortcuts="l"
          >
            {t.skip}
          </button>
          <button
            type="button"
            class="quiz-quiet"
            onClick={() => setEnded(true)}
            aria-keyshortcuts="Escape"
          >
            {t.end}
          </button>
        </>
      )}
    </div>
  );

  if (done) {
    const { cards: count, first, missed } = summary(session);
    return (
      <section class="quiz-summary">
        {session.answered.length > 0 && controls}
        <h2 tabIndex={-1} ref={(heading) => heading?.focus()}>
          {t.sumTitle}
        </h2>
        <p>{count === 0 ? t.sumNone : t.sumCards(count, first)}</p>
        {missed.length > 0 && (
          <>
            <h3>{t.sumMissed}</h3>
            <ul class="plain-list">
              {missed.map((id) => {
                const found = byId.get(id);
                return found && <li key={id}>{found.title}</li>;
              })}
            </ul>
          </>
        )}
        <p class="quiz-actions">
          <button type="button" class="quiz-primary" onClick={onEnd}>
            {t.back}
          </button>
          {missed.length > 0 && (
            <button type="button" onClick={() => onDrill(missed)}>
              {t.again}
            </button>
          )}
        </p>
      </section>
    );
  }

  const record = journal.record(card.id);
  return (
    <>
      {controls}
      <Card
        key={`${card.id} ${turn}`}
        locale={locale}
        t={t}
        card={card}
        topic={deck.topics.find(({ slug }) => slug === card.topic)}
        seed={seed}
        missedLast={record?.missed ?? []}
        onOutcome={(what, ms) => setOutcome({ outcome: what, ms })}
      >
        {outcome && (
          <Grades
            t={t}
            intervals={journal.intervals(record ?? NEW_MEMORY)}
            suggested={outcome.outcome.suggested}
            busy={busy}
            onGrade={grade}
          />
        )}
      </Card>
    </>
  );
}
