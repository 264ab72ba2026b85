import { superscript } from '~/format/number.ts';
import { power } from '../values.ts';
import { type Line, path } from './Plot.tsx';
import { type Curve, indexAt, type Runs, samplesOf, stepAt } from './runs.ts';
import { LAST_STEP, type Recipe } from './state.ts';

/** Points of a line are this many steps apart, whatever the runs hold: no screen shows more. */
const DRAWN_EVERY = 5;

/** Lines and ticks of the pictures, from the runs. */
export function pictures(runs: Runs, recipes: readonly Recipe[]) {
  const every = Math.max(DRAWN_EVERY, runs.every);
  const steps = Array.from({ length: samplesOf(every) }, (_, index) => stepAt(index, every));
  const lines = (
    names: readonly Recipe[],
    values: (curve: Curve) => ArrayLike<number>,
    height: (value: number) => number,
  ): Line[] =>
    names.map((recipe) => ({
      key: recipe,
      d: path(
        steps.map((step) => [
          step,
          height(values(runs.curves[recipe])[indexAt(step, runs.every)] as number),
        ]),
      ),
    }));

  const finite = recipes
    .flatMap((recipe) => Array.from(runs.curves[recipe].losses))
    .filter((loss) => loss > 0 && Number.isFinite(loss));
  // A spike's own loss, near 10⁷, would press all else to the floor: it runs out of the picture.
  const top = finite.some((loss) => loss > 1) ? 1 : 0;
  const foot = Math.min(-2, Math.floor(Math.log10(Math.min(...finite, 1e-2))));
  const lossHeight = (loss: number) => {
    if (!Number.isFinite(loss)) return Number.NaN;
    return Math.min(1, Math.max(0, (Math.log10(loss) - foot) / (top - foot)));
  };
  const decades = Array.from({ length: top - foot + 1 }, (_, index) => foot + index);

  const scaled = recipes.filter((recipe) => recipe === 'fp16_static' || recipe === 'fp16_dynamic');
  const exponents = scaled.flatMap((recipe) =>
    runs.curves[recipe].scales.map(([, exponent]) => exponent),
  );
  const low = Math.floor(Math.min(0, ...exponents) / 8) * 8;
  const high = Math.max(16, Math.ceil(Math.max(0, ...exponents) / 8) * 8);
  const marks = Array.from({ length: (high - low) / 8 + 1 }, (_, index) => low + index * 8);
  const thinned = marks.filter((_, index) => marks.length < 5 || index % 2 === 0);
  const scaleHeight = (exponent: number) => (exponent - low) / (high - low);

  return {
    loss: lines(recipes, ({ losses }) => losses, lossHeight),
    lossTicks: decades.map((decade) => ({
      at: (decade - foot) / (top - foot),
      label: `10${superscript(decade)}`,
    })),
    scale: scaled.map((recipe) => ({
      key: recipe,
      d: staircase(runs.curves[recipe].scales, scaleHeight),
    })),
    scaleTicks: thinned.map((exponent) => ({ at: scaleHeight(exponent), label: power(exponent) })),
    zeros: lines(
      recipes,
      ({ zeroShares }) => zeroShares,
      (share) => share,
    ),
  };
}

/** Level until the next change. */
function staircase(scales: Curve['scales'], height: (exponent: number) => number): string {
  return path(
    scales.flatMap(([step, exponent], index) => [
      [step, height(exponent)] as const,
      [scales[index + 1]?.[0] ?? LAST_STEP, height(exponent)] as const,
    ]),
  );
}
