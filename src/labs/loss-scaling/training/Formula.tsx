import { roundTo } from '~/engines/floats/index.ts';
import { BATCH_TOKENS } from '~/engines/training/problem.ts';
import { decimal, scientific } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { power } from '../values.ts';
import { exponentAt, indexAt, type Runs } from './runs.ts';
import { trainingWords } from './words.ts';

/** Why the unscaled run stops and the scaled one does not, with the numbers they have now. */
export function Formula({ locale, runs, at }: { locale: Locale; runs: Runs; at: number }) {
  const t = trainingWords(locale);
  const index = indexAt(at, runs.every);
  return (
    <div class="lt-formula">
      <h4>{t.formula}</h4>
      <p>{t.formulaWhy}</p>
      {(['fp16', 'fp16_static', 'fp16_dynamic'] as const).map((recipe) => {
        const curve = runs.curves[recipe];
        const error = Math.sqrt(curve.losses[index] as number);
        const exponent = exponentAt(curve, at);
        const gradient = (2 * error * 2 ** exponent) / BATCH_TOKENS;
        const kept = roundTo('fp16', gradient);
        const fate = kept === 0 ? 'underflow' : Number.isFinite(kept) ? 'normal' : 'overflow';
        return (
          <p key={recipe}>
            <span>{t.recipes[recipe]}</span>2 · {significant(error)} ·{' '}
            {exponent === 0 ? '1' : power(exponent)} / 2²⁴ = {significant(gradient)} {t.becomes}{' '}
            <b data-fate={fate}>{significant(kept)}</b>
          </p>
        );
      })}
    </div>
  );
}

function significant(value: number): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : '∞';
  if (value >= 1e5 || value < 1e-3) return scientific(value, 1);
  return value >= 100 ? decimal(value, 0) : String(Number(value.toPrecision(2)));
}
