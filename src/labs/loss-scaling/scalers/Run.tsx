import type { ScalerState } from '../state.ts';
import { short, whole } from '../values.ts';
import type { Words } from '../words.ts';
import type { Moment } from './moments.ts';
import { SCALERS, type Shown } from './params.ts';

const HEIGHT = 64;
const EDGE = 6;

interface Props {
  t: Words['scalers'];
  policy: Shown;
  list: readonly Moment[];
  state: ScalerState;
  onAt: (column: number) => void;
}

/** The scale over the steps, as a staircase of powers of two. */
export function Run({ t, policy, list, state, onAt }: Props) {
  const { columns, perColumn, overflows, at } = state;
  const { title } = SCALERS[policy];
  const alive = list.filter(({ kind }) => kind !== 'ended');
  const start = (list[0] as Moment).before;
  const end = (alive.at(-1) as Moment).after;
  const exponents = alive.flatMap(({ before, after }) => [log2(before), log2(after)]);
  const high = Math.max(...exponents);
  // Two levels at least, so that one halving is not drawn as a cliff.
  const low = Math.min(...exponents, high - 2);
  const y = (scale: number): number =>
    EDGE + ((HEIGHT - 2 * EDGE) * (high - log2(scale))) / (high - low);
  let path = `M0 ${y(start).toFixed(1)}`;
  for (const { step, before, after } of alive) {
    if (after !== before) path += `H${(step + 1) / perColumn}V${y(after).toFixed(1)}`;
  }
  path += `H${alive.length / perColumn}`;
  const ended = alive.at(-1)?.kind === 'raised';
  const skipped = alive.filter(({ overflow }) => overflow).length;
  return (
    <>
      <p class="ls-run">
        <b>{title}</b>
        <span>
          {t.summary(short(start), short(end), whole(skipped))}
          {ended && <em>{t.endedAt(whole(alive.length - 1))}</em>}
        </span>
      </p>
      <div
        class="ls-scale"
        onPointerDown={({ currentTarget, clientX }) => {
          const box = currentTarget.getBoundingClientRect();
          const column = Math.floor(((clientX - box.left) / box.width) * columns);
          onAt(Math.min(Math.max(column, 0), columns - 1));
        }}
      >
        <svg
          viewBox={`0 0 ${columns} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t.chart(title, short(start), short(end))}
        >
          {overflows.map((column) => (
            <rect
              key={column}
              class="ls-overflow"
              x={column}
              y="0"
              width={1 / Math.min(perColumn, 8)}
              height={HEIGHT}
            />
          ))}
          <rect class="ls-chosen" x={at} y="0" width="1" height={HEIGHT} />
          <path d={path} />
          {ended && <path class="ls-end" d={`M${alive.length / perColumn} 0V${HEIGHT}`} />}
        </svg>
      </div>
      <p class="ls-levels" aria-hidden="true">
        <span>{short(2 ** high)}</span>
        <span>{short(2 ** low)}</span>
      </p>
    </>
  );
}

/** Zero only where the scale fell out of FP32. */
const log2 = (scale: number): number => Math.log2(Math.max(scale, 2 ** -150));
