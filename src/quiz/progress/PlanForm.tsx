import { useState } from 'preact/hooks';
import { daysLeft, interviewMoment } from '../../progress/plan.ts';
import type { Journal } from '../journal.ts';
import { localDay } from '../localDay.ts';
import type { ProgressWords } from './words.ts';

interface Props {
  t: ProgressWords;
  journal: Journal;
}

/** The date of the interview and the minutes of a day. */
export function PlanForm({ t, journal }: Props) {
  const { interview, minutes } = journal.progress().settings;
  const [date, setDate] = useState(interview ?? '');
  const [spare, setSpare] = useState(String(minutes));
  const [error, setError] = useState<{ field: 'date' | 'minutes'; text: string }>();
  const [saved, setSaved] = useState(false);
  const today = localDay(new Date());

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    setSaved(false);
    if (date && (!isDay(date) || date < today)) {
      return setError({ field: 'date', text: t.badDate });
    }
    const wanted = Number(spare.normalize('NFKC'));
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > 600) {
      return setError({ field: 'minutes', text: t.badMinutes });
    }
    setError(undefined);
    await journal.settings({ interview: date || null, minutes: wanted });
    setSaved(true);
  };
  const invalid = (field: 'date' | 'minutes') =>
    error?.field === field
      ? { 'aria-invalid': true as const, 'aria-describedby': 'plan-error' }
      : undefined;

  return (
    <section aria-labelledby="plan">
      <h2 id="plan">{t.planTitle}</h2>
      <form class="quiz-filters" onSubmit={save} noValidate>
        <label>
          {t.date}
          <input
            type="date"
            min={today}
            value={date}
            onInput={({ currentTarget }) => setDate(currentTarget.value)}
            {...invalid('date')}
          />
        </label>
        <label>
          {t.minutes}
          <input
            inputMode="numeric"
            size={4}
            value={spare}
            onInput={({ currentTarget }) => setSpare(currentTarget.value)}
            {...invalid('minutes')}
          />
        </label>
        <button type="submit" class="quiz-primary">
          {t.save}
        </button>
        {interview && (
          <button
            type="button"
            onClick={async () => {
              setDate('');
              await journal.settings({ interview: null });
            }}
          >
            {t.clear}
          </button>
        )}
      </form>
      <p role="status" class={error ? 'quiz-error' : 'quiz-saved'} id="plan-error">
        {error ? error.text : saved ? t.saved : ''}
      </p>
      <p class="lede">
        {interview
          ? `${t.daysLeft(daysLeft(interviewMoment(interview), Date.now()))} ${t.withDate}`
          : t.noDate}
      </p>
    </section>
  );
}

function isDay(day: string): boolean {
  try {
    interviewMoment(day);
    return true;
  } catch {
    return false;
  }
}
