import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Scroll } from '../../kit/Scroll.tsx';
import { TableHead } from '../../kit/TableHead.tsx';
import { power } from '../values.ts';
import { percent, printed, times } from './print.ts';
import { exponentAt, indexAt, type Runs, stepAt } from './runs.ts';
import type { Recipe } from './state.ts';
import { trainingWords } from './words.ts';

interface Props {
  locale: Locale;
  runs: Runs;
  recipes: readonly Recipe[];
  at: number;
}

/** The runs in numbers at the step looked at. */
export function Reading({ locale, runs, recipes, at }: Props) {
  const t = trainingWords(locale);
  const index = indexAt(at, runs.every);
  const reference = runs.curves.fp32.losses[index] as number;
  const caption = t.readingAt(decimal(stepAt(index, runs.every), 0));
  return (
    <div class="lt-reading">
      <Scroll label={caption}>
        <table>
          <caption>{caption}</caption>
          <TableHead
            cells={[t.run, t.loss, t.against, t.scaleNow, t.skipped, t.zeros, t.swamped]}
          />
          <tbody>
            {recipes.map((recipe) => {
              const curve = runs.curves[recipe];
              const loss = curve.losses[index] as number;
              const scaled = recipe === 'fp16_static' || recipe === 'fp16_dynamic';
              return (
                <tr key={recipe}>
                  <th scope="row">
                    <svg viewBox="0 0 34 10" aria-hidden="true">
                      <path data-run={recipe} d="M1 5L33 5" />
                    </svg>
                    {t.recipes[recipe]}
                  </th>
                  <td>{printed(loss, t.diverged)}</td>
                  <td>{recipe === 'fp32' ? '' : `${times(loss / reference)}×`}</td>
                  <td>{scaled ? power(exponentAt(curve, at)) : '1'}</td>
                  <td>
                    {scaled ? decimal(curve.skipped.filter((step) => step <= at).length, 0) : '–'}
                  </td>
                  <td>{percent(curve.zeroShares[index] as number)}</td>
                  <td>{percent(mean(curve.swampedShares, index + 1))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <p class="lt-note">{t.swampedNote}</p>
    </div>
  );
}

function mean(values: ArrayLike<number>, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += values[i] as number;
  return sum / count;
}
