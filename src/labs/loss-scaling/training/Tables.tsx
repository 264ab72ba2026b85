import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { TableOf } from '../../kit/TableOf.tsx';
import { power } from '../values.ts';
import { printed } from './print.ts';
import { exponentAt, indexAt, type Runs } from './runs.ts';
import { LAST_STEP, RECIPES, STEPS } from './state.ts';
import { trainingWords } from './words.ts';

/** A scale that never rests changes thousands of times; so many rows nobody reads. */
const MOST_CHANGES = 200;

/** The pictures in numbers. */
export function Tables({ locale, runs }: { locale: Locale; runs: Runs }) {
  const t = trainingWords(locale);
  const steps = Array.from({ length: STEPS / 100 + 1 }, (_, index) =>
    Math.min(index * 100, LAST_STEP),
  );
  const curve = runs.curves.fp16_dynamic;
  // What a skipped step does to the scale shows in the step after it.
  const overflows = curve.skipped.map((step) => ({
    step,
    exponent: exponentAt(curve, step + 1),
    what: exponentAt(curve, step + 1) < exponentAt(curve, step) ? t.halved : t.same,
  }));
  const growths = curve.scales
    .filter(([, exponent], index) => exponent > (curve.scales[index - 1]?.[1] ?? Infinity))
    .map(([step, exponent]) => ({ step, exponent, what: t.grew }));
  const changes = [
    { step: 0, exponent: exponentAt(curve, 0), what: t.start },
    ...[...overflows, ...growths].sort((a, b) => a.step - b.step),
  ];
  return (
    <div>
      <TableOf
        locale={locale}
        caption={t.tableOfLosses}
        head={[t.step, ...RECIPES.map((recipe) => t.recipes[recipe])]}
        rows={steps.map((step) => [
          decimal(step, 0),
          ...RECIPES.map((recipe) =>
            printed(runs.curves[recipe].losses[indexAt(step, runs.every)] as number, t.diverged),
          ),
        ])}
      />
      <TableOf
        locale={locale}
        caption={t.tableOfScales(decimal(Math.min(changes.length, MOST_CHANGES), 0))}
        head={[t.step, t.scaleAfter, t.event]}
        rows={changes
          .slice(0, MOST_CHANGES)
          .map(({ step, exponent, what }) => [decimal(step, 0), power(exponent), what])}
      />
    </div>
  );
}
