import { GRADES, type Grade } from '../progress/events.ts';
import { useKeys } from './keys.ts';
import { type QuizWords, spanWords } from './words.ts';

interface Props {
  t: QuizWords;
  /** How long until the card comes back, for each grade, in ms. */
  intervals: Readonly<Record<Grade, number>>;
  suggested: Grade;
  busy: boolean;
  onGrade: (grade: Grade) => void;
}

/** The four grades with their next intervals, under the thumb on a phone. */
export function Grades({ t, intervals, suggested, busy, onGrade }: Props) {
  useKeys(Object.fromEntries(GRADES.map((grade) => [String(grade), () => busy || onGrade(grade)])));
  return (
    <fieldset class="quiz-bar quiz-grades" aria-busy={busy}>
      <legend class="visually-hidden">{t.gradesLabel}</legend>
      {GRADES.map((grade) => (
        <button
          key={grade}
          type="button"
          data-grade={grade}
          data-suggested={grade === suggested ? '' : undefined}
          aria-keyshortcuts={String(grade)}
          onClick={() => busy || onGrade(grade)}
        >
          <span class="quiz-key" aria-hidden="true">
            {grade}
          </span>
          <span>
            {t.grades[grade]}
            {grade === suggested && <span class="visually-hidden"> ({t.suggested})</span>}
          </span>
          <small>{t.in(spanWords(intervals[grade], t))}</small>
        </button>
      ))}
    </fieldset>
  );
}
