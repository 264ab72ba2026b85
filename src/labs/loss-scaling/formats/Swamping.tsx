import { FORMATS, roundTo, spacing } from '~/engines/floats/index.ts';
import { Choice } from '../../kit/Choice.tsx';
import type { PartProps } from '../../kit/lab.ts';
import { TableOf } from '../../kit/TableOf.tsx';
import { Verdict } from '../../kit/Verdict.tsx';
import { Entry } from '../Entry.tsx';
import {
  ADDITIONS,
  EXPLORED,
  type Explored,
  type FormatState,
  UPDATES,
  WEIGHTS,
} from '../state.ts';
import { plain, short, typed } from '../values.ts';
import { labWords } from '../words.ts';
import { NAMES } from './rounding.ts';

/** The value after each addition, from none on. */
interface Sums {
  readonly own: readonly number[];
  readonly master: readonly number[];
  readonly copy: readonly number[];
}

/** The same additions with and without a master copy, one by one; the engine's `accumulate` gives only the last. */
export function sums({
  weight,
  update,
  additions,
  kept,
}: Pick<FormatState, 'weight' | 'update' | 'additions' | 'kept'>): Sums {
  const own = [roundTo(kept, weight)];
  const master = [roundTo('fp32', weight)];
  const ownUpdate = roundTo(kept, update);
  const wideUpdate = roundTo('fp32', update);
  for (let n = 1; n <= additions; n += 1) {
    own.push(roundTo(kept, (own[n - 1] as number) + ownUpdate));
    master.push(roundTo('fp32', (master[n - 1] as number) + wideUpdate));
  }
  return { own, master, copy: master.map((value) => roundTo(kept, value)) };
}

export function Swamping({ locale, state, set }: PartProps<FormatState>) {
  const t = labWords(locale);
  const { weight, update, additions, kept } = state;
  const name = NAMES[kept];
  const { own, master, copy } = sums(state);
  const held = own[0] as number;
  const first = own[1] ?? held;
  const halfGap = spacing(kept, weight) / 2;
  const fits = Number.isFinite(held);
  const arrives = fits && first !== held;
  const arrived = own.filter((value, n) => n > 0 && value !== own[n - 1]).length;
  const moved = copy.findIndex((value) => value !== copy[0]);
  const between =
    ([min, max]: readonly [number, number], take: (value: number) => void, whole = false) =>
    (value: number): string | undefined => {
      if (value < min || value > max || (whole && !Number.isInteger(value))) {
        return (whole ? t.wholeOutside : t.outside)(short(min), short(max));
      }
      take(value);
      return undefined;
    };
  return (
    <div class="ls-swamp">
      <h4>{t.swampTitle}</h4>
      <div class="lab-panel">
        <Entry
          label={t.weight}
          shown={typed(weight)}
          notANumber={t.notANumber}
          onNumber={between(WEIGHTS, (value) => set({ weight: value }))}
        />
        <Entry
          label={t.update}
          shown={typed(update)}
          notANumber={t.notANumber}
          onNumber={between(UPDATES, (value) => set({ update: value }))}
        />
        <Entry
          label={t.additions}
          shown={typed(additions)}
          notANumber={t.notANumber}
          onNumber={between(ADDITIONS, (value) => set({ additions: value }), true)}
        />
        <Choice<Explored>
          label={t.kept}
          value={kept}
          options={EXPLORED.map((value) => ({ value, label: NAMES[value] }))}
          onChange={(value) => set({ kept: value })}
        />
      </div>
      <Verdict good={arrives}>
        {!fits
          ? t.swampOverflow(plain(weight), name)
          : roundTo(kept, update) === 0
            ? t.swampZero(plain(update), name)
            : arrives
              ? t.swampArrives(plain(held), plain(update), plain(first), name, short(halfGap))
              : t.swampLost(plain(held), plain(update), name, short(halfGap))}
      </Verdict>
      {fits && (
        <>
          <p class="ls-formula">
            Δw = {plain(update)} {update > halfGap ? '>' : update < halfGap ? '<' : '='}{' '}
            {short(halfGap)} = {t.half}
          </p>
          <Chart label={t.swampChart} series={[own, copy, master]} />
          <ul class="ls-lines">
            <li data-line="own">{t.lineOwn(name)}</li>
            <li data-line="copy">{t.lineCopy(name)}</li>
            <li data-line="master">{t.lineMaster}</li>
          </ul>
          <p>
            {t.swampResult(
              plain(additions),
              plain(own.at(-1) as number),
              plain(arrived),
              plain(master.at(-1) as number),
              plain(copy.at(-1) as number),
            )}{' '}
            {moved > 0 && t.firstMove(plain(moved), plain(copy[moved] as number))}
          </p>
          <TableOf
            locale={locale}
            caption={t.swampTable}
            head={t.swampHead}
            rows={told(additions).map((n) => [
              plain(n),
              plain(own[n] as number),
              plain(master[n] as number),
              plain(copy[n] as number),
            ])}
          />
        </>
      )}
    </div>
  );
}

/** Some twenty places, the ends among them. */
function told(last: number): number[] {
  const every = Math.max(1, Math.ceil(last / 20));
  const places = Array.from({ length: Math.floor(last / every) + 1 }, (_, i) => i * every);
  return places.at(-1) === last ? places : [...places, last];
}

const WIDTH = 600;
const HEIGHT = 180;
const LINES = ['own', 'copy', 'master'] as const;

function Chart({ label, series }: { label: string; series: readonly (readonly number[])[] }) {
  const all = series.flat().filter(Number.isFinite);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const span = high - low || Math.abs(low) * FORMATS.fp32.epsilon || 1;
  const y = (value: number): number =>
    HEIGHT - 8 - ((HEIGHT - 16) * (Math.min(value, high) - low)) / span;
  const path = (values: readonly number[], stairs: boolean): string => {
    const step = WIDTH / (values.length - 1);
    return values
      .map((value, n) => {
        const at = `${(n * step).toFixed(1)} ${y(value).toFixed(1)}`;
        if (n === 0) return `M${at}`;
        return stairs ? `H${(n * step).toFixed(1)}V${y(value).toFixed(1)}` : `L${at}`;
      })
      .join('');
  };
  return (
    <figure class="ls-chart">
      <span class="ls-chart-high">{plain(high)}</span>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {series.map((values, index) => {
          const line = LINES[index] as (typeof LINES)[number];
          return <path key={line} data-line={line} d={path(values, line !== 'master')} />;
        })}
      </svg>
      <span class="ls-chart-low">{plain(low)}</span>
    </figure>
  );
}
