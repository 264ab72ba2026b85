import { memo } from 'preact/compat';
import type { Timetable, TimetablePass } from '~/engines/pipeline/index.ts';

interface Props {
  timetable: Timetable;
  split: boolean;
  /** Share of a backward pass that is the gradient of the input, when both halves are one pass. */
  inputShare: number;
  p: number;
  /** End of the time axis. */
  until: number;
  dense: boolean;
  /** Makes the ids of the patterns unique on the page. */
  id: string;
  label: string;
}

const ROW = 34;
const BAR = 30;

/** Stages × time to scale; what is not covered is the bubble. */
export const Gantt = memo(function Gantt({
  timetable,
  split,
  inputShare,
  p,
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
                y={rank * ROW}
                x={x}
                chunk={Math.floor(pass.stage / p)}
                inputShare={split ? 1 : inputShare}
                id={id}
              />
            ))}
        </g>
      ))}
      {dense && (
        <Thin timetable={timetable} p={p} until={until} inputShare={split ? 1 : inputShare} />
      )}
    </svg>
  );
});

/** Hundreds of passes: one path for each kind, since a drag redraws them all. */
function Thin({
  timetable,
  p,
  until,
  inputShare,
}: Pick<Props, 'timetable' | 'p' | 'until' | 'inputShare'>) {
  const paths = new Map<string, string>();
  const add = (key: string, rank: number, from: number, to: number): void => {
    const box = `M${from} ${rank * ROW}h${to - from}v${BAR}h${from - to}z`;
    paths.set(key, (paths.get(key) ?? '') + box);
  };
  for (const [rank, own] of timetable.passes.entries()) {
    for (const { kind, stage, start, end } of own) {
      const turn = kind === 'B' ? start + (end - start) * inputShare : end;
      const odd = Math.floor(stage / p) % 2;
      add(`${kind}${odd}`, rank, start, turn);
      if (turn < end) add(`W${odd}`, rank, turn, end);
    }
  }
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height={timetable.passes.length * ROW}
      viewBox={`0 0 ${until} ${timetable.passes.length * ROW}`}
      preserveAspectRatio="none"
    >
      {[...paths].map(([key, d]) => (
        <path
          key={key}
          d={d}
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
  y: number;
  x: (time: number) => string;
  chunk: number;
  inputShare: number;
  id: string;
}

function Pass({ pass, y, x, chunk, inputShare, id }: PassProps) {
  const { kind, start, end } = pass;
  const length = end - start;
  const half = kind === 'B' && inputShare < 1;
  const kindClass = KINDS[kind];
  const turn = start + length * inputShare;
  return (
    <>
      <rect
        x={x(start)}
        y={y}
        width={x(length)}
        height={BAR}
        class={`pipe-pass ${kindClass}`}
        data-odd={chunk % 2 ? '' : undefined}
      />
      {half && (
        <rect x={x(turn)} y={y} width={x(end - turn)} height={BAR} class="pipe-half weight" />
      )}
      {(half || kind === 'W') && (
        <rect
          x={x(half ? turn : start)}
          y={y}
          width={x(half ? end - turn : length)}
          height={BAR}
          fill={`url(#${id}-weight)`}
        />
      )}
      <text x={x((start + end) / 2)} y={y + 20} class={`pipe-label ${kindClass}`}>
        {pass.microBatch}
      </text>
    </>
  );
}
