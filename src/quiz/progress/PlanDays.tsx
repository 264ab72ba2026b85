import type { Locale } from '../../i18n/locale.ts';
import { planAhead } from '../../progress/plan.ts';
import type { Deck } from '../deck.ts';
import type { Journal } from '../journal.ts';
import { planCards, secondsSpent } from '../today.ts';
import type { ProgressWords } from './words.ts';

interface Props {
  locale: Locale;
  t: ProgressWords;
  deck: Deck;
  journal: Journal;
}

const MOST_DAYS = 31;

/** What each day to the interview holds. Nothing without a date. */
export function PlanDays({ locale, t, deck, journal }: Props) {
  const progress = journal.progress();
  const now = Date.now();
  const cards = planCards(deck, progress);
  const days = planAhead(cards, progress.settings, now, secondsSpent(progress, now), MOST_DAYS);
  if (days.length === 0) return null;
  const language = locale === 'zh' ? 'zh-CN' : 'en-GB';
  const name = (at: number): string =>
    new Date(at).toLocaleDateString(language, {
      weekday: 'short',
      month: locale === 'zh' ? 'numeric' : 'short',
      day: 'numeric',
    });
  return (
    <section aria-labelledby="plan-days">
      <h2 id="plan-days">{t.planDaysTitle}</h2>
      <p class="lede">{t.planDaysNote}</p>
      <div class="scroll">
        <table class="plan-days">
          <thead>
            <tr>
              <th scope="col">{t.day}</th>
              <th scope="col">{t.planNew}</th>
              <th scope="col">{t.planAgain}</th>
              <th scope="col">{t.planMinutes}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ at, fresh, again, seconds }, i) => (
              <tr key={at}>
                <th scope="row">{i === 0 ? t.today : name(at)}</th>
                <td>{fresh}</td>
                <td>{again}</td>
                <td>{Math.round(seconds / 60)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
