import type { Timetable, TimetablePass } from '~/engines/pipeline/index.ts';
import { memo } from '../kit/memo.ts';

interface Props {
  timetable: Timetable;
  /** Share of a backward pass that is the gradient of the input, when both halves are one pass. */
  inputShare: number;
  /** End of the time axis. */
  until: number;
  dense: boolean;
  /** Makes the ids of the patterns unique on the page. */
  id: string;
  label: string;
}

const ROW = 34;
const BAR = 30;

interface Lane {
  y: number;
  height: number;
}

/** Passes that run together share the row: forward above, backward below. */
function laneOf({ rank, pair }: TimetablePass): Lane {
  const y = rank * ROW;
  if (!pair) return { y, height: BAR };
  return { y: pair === 'first' ? y : y + BAR / 2, height: BAR / 2 };
}

/** Stages × time to scale; what is not covered is the bubble. */
export const Gantt = memo(function Gantt({
  timetable,
  inputShare,
  until,
  dense,
  id,
  label,
}: Props) {
  const x = (time: number): string => `${(100 * time) / until}%`;
  return (
    <svg
      class="pipe-svg"
      width="100%"
      height={timetable.passes.length * ROW}
      role="img"
      aria-label={label}
    >
      <defs>
        <pattern
          id={`${id}-idle`}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" class="pipe-idle-ground" />
          <line y2="6" class="pipe-idle-line" />
        </pattern>
        <pattern id={`${id}-weight`} width="5" height="5" patternUnits="userSpaceOnUse">
          <circle cx="1.5" cy="1.5" r="0.9" class="pipe-dot" />
        </pattern>
      </defs>
      {timetable.passes.map((own, rank) => (
        <g key={rank}>
          <rect
            x="0"
            y={rank * ROW}
            width={x(timetable.total)}
            height={BAR}
            fill={`url(#${id}-idle)`}
          />
          {!dense &&
            own.map((pass) => (
              <Pass
                key={`${pass.kind}${pass.stage}-${pass.microBatch}`}
                pass={pass}
                x={x}
                inputShare={inputShare}
                id={id}
              />
            ))}
        </g>
      ))}
      {dense && <Thin timetable={timetable} until={until} inputShare={inputShare} />}
    </svg>
  );
});

/** Places on the time axis: whole numbers, which are quick to print. */
const PLACES = 100_000;

/** Hundreds of passes: one path for each kind, since a drag redraws them all. */
function Thin({ timetable, until, inputShare }: Pick<Props, 'timetable' | 'until' | 'inputShare'>) {
  const boxes = new Map<string, string[]>();
  const place = (time: number): number => Math.round((PLACES * time) / until);
  const add = (key: string, { y, height }: Lane, start: number, end: number): void => {
    const [from, to] = [place(start), place(end)];
    const box = `M${from} ${y}h${to - from}v${height}h${from - to}z`;
    const same = boxes.get(key);
    if (same) same.push(box);
    else boxes.set(key, [box]);
  };
  for (const pass of timetable.passes.flat()) {
    const { kind, chunk, whole, start, end } = pass;
    const lane = laneOf(pass);
    const turn = whole ? start + (end - start) * inputShare : end;
    const odd = chunk % 2;
    add(`${kind}${odd}`, lane, start, turn);
    if (turn < end) add(`W${odd}`, lane, turn, end);
  }
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height={timetable.passes.length * ROW}
      viewBox={`0 0 ${PLACES} ${timetable.passes.length * ROW}`}
      preserveAspectRatio="none"
    >
      {[...boxes].map(([key, all]) => (
        <path
          key={key}
          d={all.join('')}
          class={`pipe-pass ${KINDS[key[0] as keyof typeof KINDS]}`}
          data-odd={key[1] === '1' ? '' : undefined}
          vector-effect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}

const KINDS = { F: 'forward', B: 'backward', W: 'weight' } as const;

interface PassProps {
  pass: TimetablePass;
  x: (time: number) => string;
  inputShare: number;
  id: string;
}

function Pass({ pass, x, inputShare, id }: PassProps) {
  const { kind, chunk, start, end } = pass;
  const { y, height } = laneOf(pass);
  const length = end - start;
  const half = pass.whole && inputShare < 1;
  const kindClass = KINDS[kind];
  const turn = start + length * inputShare;
  return (
    <>
      <rect
        x={x(start)}
        y={y}
        width={x(length)}
        height={height}
        class={`pipe-pass ${kindClass}`}
        data-odd={chunk % 2 ? '' : undefined}
      />
      {half && (
        <rect x={x(turn)} y={y} width={x(end - turn)} height={height} class="pipe-half weight" />
      )}
      {(half || kind === 'W') && (
        <rect
          x={x(half ? turn : start)}
          y={y}
          width={x(half ? end - turn : length)}
          height={height}
          fill={`url(#${id}-weight)`}
        />
      )}
      <text
        x={x((start + end) / 2)}
        y={y + height / 2 + 5}
        class={`pipe-label ${kindClass}`}
        data-paired={pass.pair ? '' : undefined}
      >
        {pass.microBatch}
      </text>
    </>
  );
}
