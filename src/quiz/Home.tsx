import { useState } from 'preact/hooks';
import type { Locale } from '../i18n/locale.ts';
import { href } from '../i18n/routes.ts';
import { MIXED, type Wanted } from './address.ts';
import type { Deck } from './deck.ts';
import type { Journal } from './journal.ts';
import { mockWords } from './mock/words.ts';
import { type Filter, fits, ONLY } from './queue.ts';
import { cardState, studyToday } from './today.ts';
import { type QuizWords, spanWords } from './words.ts';

interface Props {
  locale: Locale;
  t: QuizWords;
  deck: Deck;
  journal: Journal;
  filter: Filter;
  onStart: (wanted: Wanted) => void;
}

/** Where a session is chosen: what is due today, a drill, a calculation. */
export function Home({ locale, t, deck, journal, filter: first, onStart }: Props) {
  const [filter, setFilter] = useState(first);
  const m = mockWords(locale);
  const now = Date.now();
  const ids = deck.cards.map(({ id }) => id);
  const { order, due, fresh, minutes } = studyToday(deck, journal, now);
  const state = (id: string) => cardState(journal.progress(), id);
  const fitting = deck.cards.filter((card) => fits(card, filter, state)).length;
  const next = journal.nextDue(ids, now);
  const numeric = deck.cards.filter(({ drill }) => drill);

  const set = <K extends keyof Filter>(name: K, value: string): void => {
    const { [name]: _, ...rest } = filter;
    const typed = name === 'level' ? Number(value) : value;
    setFilter(value ? { ...rest, [name]: typed } : rest);
  };
  const select = (
    name: keyof Filter,
    label: string,
    options: readonly (readonly [string, string])[],
  ) => (
    <label>
      {label}
      <select
        value={String(filter[name] ?? '')}
        onChange={({ currentTarget }) => set(name, currentTarget.value)}
      >
        <option value="">{t.all}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={String(filter[name] ?? '') === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );

  return (
    <div class="quiz-home">
      <section class="quiz-today" aria-labelledby="quiz-today">
        <h2 id="quiz-today">{t.dueTitle}</h2>
        {order.length > 0 ? (
          <>
            <p class="quiz-count">
              {due.length > 0 && <b>{t.due(due.length)}</b>}
              {fresh.length > 0 && <b>{t.fresh(fresh.length)}</b>}
              <span>{t.minutes(minutes)}</span>
            </p>
            <button type="button" class="quiz-primary" onClick={() => onStart({ mode: 'due' })}>
              {t.start}
            </button>
          </>
        ) : (
          <p class="quiz-count">
            <b>{t.nothingDue}</b>
            {next !== undefined && (
              <span>
                {t.nextDue(
                  spanWords(next - now, t) === t.now ? t.now : t.in(spanWords(next - now, t)),
                )}
              </span>
            )}
          </p>
        )}
        <p>
          <a href={href(locale, 'progress/')}>{t.progressLink}</a>
        </p>
      </section>

      <section aria-labelledby="quiz-drill">
        <h2 id="quiz-drill">{t.drillTitle}</h2>
        <p class="lede">{t.drillLede}</p>
        <form
          class="quiz-filters"
          onSubmit={(event) => {
            event.preventDefault();
            if (fitting > 0) onStart({ mode: 'drill', filter });
          }}
        >
          {select(
            'topic',
            t.topic,
            deck.topics.map(({ slug, short }) => [slug, short] as const),
          )}
          {select(
            'level',
            t.level,
            ([1, 2, 3] as const).map((level) => [String(level), t.levels[level]] as const),
          )}
          {select(
            'kind',
            t.kind,
            (['open', 'choice', 'numeric'] as const).map((kind) => [kind, t.kinds[kind]] as const),
          )}
          {select(
            'only',
            t.only,
            ONLY.map((only) => [only, t.onlyNames[only]] as const),
          )}
          <button type="submit" disabled={fitting === 0}>
            {t.start}
          </button>
          <output>{fitting > 0 ? t.cards(fitting) : t.noCards}</output>
        </form>
      </section>

      <section aria-labelledby="quiz-mock">
        <h2 id="quiz-mock">{m.title}</h2>
        <p class="lede">{m.lede}</p>
        <button type="button" onClick={() => onStart({ mode: 'mock' })}>
          {t.start}
        </button>
      </section>

      <section aria-labelledby="quiz-numeric">
        <h2 id="quiz-numeric">{t.numericTitle}</h2>
        <p class="lede">{t.numericLede}</p>
        <button
          type="button"
          onClick={() => onStart({ mode: 'numeric', drill: MIXED, seed: undefined })}
        >
          {t.anyNumeric}
        </button>
        <details>
          <summary>{t.pickNumeric}</summary>
          <ul class="quiz-drills">
            {numeric.map(({ id, title, drill = '' }) => (
              <li key={id}>
                <button
                  type="button"
                  class="quiz-quiet"
                  onClick={() => onStart({ mode: 'numeric', drill, seed: undefined })}
                >
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </details>
      </section>
      <p class="own-page">
        <a href={href(locale, 'quiz/sheet/')}>{t.sheet}</a>
        <a href={href(locale, 'quiz/cheat-sheet/')}>{t.cheat}</a>
      </p>
    </div>
  );
}
