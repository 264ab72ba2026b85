import { INPUTS, TARGETS } from '~/engines/training/problem.ts';
import type { Locale } from '~/i18n/locale.ts';
import { type Runs, snapshotAt } from './runs.ts';
import type { Recipe } from './state.ts';
import { trainingWords } from './words.ts';

const ANSWER_TOP = 1.4;
const curvePath = (values: ArrayLike<number>): string =>
  Array.from(values, (value, index) => {
    const y = Math.min(ANSWER_TOP, Math.max(-ANSWER_TOP, value));
    return `${index === 0 ? 'M' : 'L'}${INPUTS[index]} ${(-y).toFixed(3)}`;
  }).join('');
const TARGET_PATH = curvePath(TARGETS);

interface Props {
  locale: Locale;
  runs: Runs;
  recipes: readonly Recipe[];
  at: number;
}

/** Small pictures of what each network answers, beside what it should. */
export function Answers({ locale, runs, recipes, at }: Props) {
  const t = trainingWords(locale);
  return (
    <div class="lt-answers">
      <h4>{t.fitTitle}</h4>
      <ul>
        {recipes.map((recipe) => {
          const answer = snapshotAt(runs.answers[recipe], at);
          const finite = answer?.values.every(Number.isFinite);
          return (
            <li key={recipe}>
              <svg viewBox="-1 -1.45 2 2.9" role="img" aria-label={t.fitPicture(t.recipes[recipe])}>
                <path class="lt-target" d={TARGET_PATH} />
                {answer && finite && <path data-run={recipe} d={curvePath(answer.values)} />}
              </svg>
              {t.recipes[recipe]}
              {answer && !finite ? ` (${t.diverged})` : ''}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
