import { useEffect, useState } from 'preact/hooks';
import type { Locale } from '../../i18n/locale.ts';
import { href } from '../../i18n/routes.ts';
import { interviewMoment } from '../../progress/plan.ts';
import type { Deck } from '../deck.ts';
import { download } from '../download.ts';
import type { Journal } from '../journal.ts';
import { StoreNotice } from '../StoreNotice.tsx';
import { quizWords } from '../words.ts';
import { Bars } from './Bars.tsx';
import { PlanDays } from './PlanDays.tsx';
import { PlanForm } from './PlanForm.tsx';
import {
  type DayCount,
  forecast,
  hardest,
  recallByTopic,
  reviewsPerDay,
  stabilityBands,
} from './stats.ts';
import type { ProgressWords } from './words.ts';
import { YourData } from './YourData.tsx';

interface Props {
  locale: Locale;
  t: ProgressWords;
  deck: Deck;
  journal: Journal;
  persisted: boolean | undefined;
}

const percent = (share: number | undefined): string =>
  share === undefined ? '–' : `${Math.round(share * 100)}%`;

export function ProgressView({ locale, t, deck, journal, persisted }: Props) {
  const [, redraw] = useState(0);
  useEffect(() => journal.subscribe(() => redraw((n) => n + 1)), []);
  const progress = journal.progress();
  const now = Date.now();
  const { interview } = progress.settings;
  const moment = interview ? interviewMoment(interview) : undefined;
  const recall = recallByTopic(progress, deck, now, moment);
  const hard = hardest(progress, deck, 10);
  const language = locale === 'zh' ? 'zh-CN' : 'en-GB';
  const dayName = (day: number): string =>
    new Date(day).toLocaleDateString(language, {
      month: locale === 'zh' ? 'numeric' : 'short',
      day: 'numeric',
    });
  const dayRows = (days: readonly DayCount[]) =>
    days.map(({ day, count }) => ({ label: dayName(day), value: count, text: String(count) }));
  const short = new Map(deck.topics.map((topic) => [topic.slug, topic.short]));

  return (
    <div class="progress-page">
      <StoreNotice t={quizWords(locale)} journal={journal} onExport={() => download(journal)} />
      <PlanForm t={t} journal={journal} />
      <PlanDays locale={locale} t={t} deck={deck} journal={journal} />
      {progress.reviews.length === 0 ? (
        <section>
          <p>{t.none}</p>
          <p>
            <a href={href(locale, 'quiz/')}>{t.toQuiz}</a>
          </p>
        </section>
      ) : (
        <>
          <section aria-labelledby="recall">
            <h2 id="recall">{t.recallTitle}</h2>
            <div class="scroll">
              <table class="recall-table">
                <thead>
                  <tr>
                    <th scope="col">{t.topic}</th>
                    <th scope="col">{t.seen}</th>
                    <th scope="col">{t.recallNow}</th>
                    {moment !== undefined && <th scope="col">{t.recallThen}</th>}
                  </tr>
                </thead>
                <tbody>
                  {recall.map(({ topic, cards, seen, recall: share, onTheDay }) => (
                    <tr key={topic}>
                      <th scope="row">
                        <a href={href(locale, `topics/${topic}/`)}>{short.get(topic)}</a>
                      </th>
                      <td>
                        {seen} / {cards}
                      </td>
                      <td>
                        <meter min={0} max={1} value={share ?? 0} aria-hidden="true" />{' '}
                        {percent(share)}
                      </td>
                      {moment !== undefined && (
                        <td>
                          <meter min={0} max={1} value={onTheDay ?? 0} aria-hidden="true" />{' '}
                          {percent(onTheDay)}
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
          <section aria-labelledby="forecast">
            <h2 id="forecast">{t.forecastTitle}</h2>
            <Bars
              heads={[t.day, t.cards]}
              rows={dayRows(forecast(progress, now, 14))}
              tableLabel={t.table}
            />
          </section>
          <section aria-labelledby="per-day">
            <h2 id="per-day">{t.reviewsTitle}</h2>
            <Bars
              heads={[t.day, t.reviews]}
              rows={dayRows(reviewsPerDay(progress, now, 30))}
              tableLabel={t.table}
            />
          </section>
          <section aria-labelledby="stability">
            <h2 id="stability">{t.stabilityTitle}</h2>
            <p class="lede">{t.stabilityNote}</p>
            <Bars
              heads={[t.days, t.cards]}
              rows={stabilityBands(progress).map((count, band) => ({
                label: t.bands[band] ?? '',
                value: count,
                text: String(count),
              }))}
              tableLabel={t.table}
            />
          </section>
          <section aria-labelledby="hardest">
            <h2 id="hardest">{t.hardTitle}</h2>
            {hard.length === 0 ? (
              <p>{t.hardNone}</p>
            ) : (
              <ul class="progress-list">
                {hard.map(({ card, missed, of }) => (
                  <li key={card.id}>
                    <a href={href(locale, `quiz/?card=${card.id}`)}>{card.title}</a>
                    <small>{t.hardOf(missed, of)}</small>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <History locale={locale} t={t} journal={journal} />
        </>
      )}
      <YourData locale={locale} t={t} deck={deck} journal={journal} persisted={persisted} />
    </div>
  );
}

/** Days on which something was done, the last first. */
function History({ locale, t, journal }: Pick<Props, 'locale' | 't' | 'journal'>) {
  const { reviews, mocks } = journal.progress();
  const language = locale === 'zh' ? 'zh-CN' : 'en-GB';
  const name = (at: number): string => new Date(at).toLocaleDateString(language);
  const days = new Map<string, { n: number; ms: number }>();
  for (const { at, ms } of reviews) {
    const day = days.get(name(at)) ?? { n: 0, ms: 0 };
    days.set(name(at), { n: day.n + 1, ms: day.ms + ms });
  }
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t.historyTitle}</h2>
      <ul class="progress-list">
        {[...mocks].reverse().map(({ id, at, minutes, answers }) => (
          <li key={id}>
            <a href={href(locale, `quiz/?report=${id}`)}>
              {t.historyMock(minutes, answers.length)}
            </a>
            <small>{name(at)}</small>
          </li>
        ))}
        {[...days]
          .slice(-20)
          .reverse()
          .map(([day, { n, ms }]) => (
            <li key={day}>
              {t.historyReviews(n)}, {t.historyLength(Math.max(1, Math.round(ms / 60_000)))}
              <small>{day}</small>
            </li>
          ))}
      </ul>
    </section>
  );
}
