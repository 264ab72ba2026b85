import { endPlaces } from '../kit/endPlaces.ts';
import { Scroll } from '../kit/Scroll.tsx';
import { duration } from './print.ts';

interface Point {
  x: number;
  /** One for each algorithm. */
  seconds: readonly number[];
}

interface Props {
  label: string;
  axis: string;
  names: readonly string[];
  points: readonly Point[];
  now: Point;
  printX: (x: number) => string;
}

const WIDTH = 720;
const HEIGHT = 330;
const BOX = { left: 62, right: 106, top: 12, bottom: 46 };
const LINES = ['ring', 'tree', 'server'] as const;

/** Three lines on logarithmic axes, with where the reader stands. */
export function Curves({ label, axis, names, points, now, printX }: Props) {
  const xs = points.map(({ x }) => x);
  const [minX, maxX] = [xs[0] as number, xs.at(-1) as number];
  const times = points.flatMap(({ seconds }) => seconds).filter((time) => time > 0);
  const low = 10 ** Math.floor(Math.log10(Math.min(...times)) + 1e-9);
  const high = 10 ** Math.ceil(Math.log10(Math.max(...times)) - 1e-9);
  const share = (value: number, from: number, to: number): number =>
    Math.min(1, Math.max(0, Math.log(value / from) / Math.log(to / from)));
  const x = (value: number): number =>
    BOX.left + share(value, minX, maxX) * (WIDTH - BOX.left - BOX.right);
  const y = (value: number): number =>
    HEIGHT - BOX.bottom - share(value, low, high) * (HEIGHT - BOX.top - BOX.bottom);
  const decades = Math.round(Math.log10(high / low));
  const every = Math.ceil(decades / 6);
  const rows = Array.from({ length: Math.floor(decades / every) + 1 }, (_, index) =>
    Number((low * 10 ** (index * every)).toPrecision(3)),
  );
  const ends = endPlaces(points.at(-1)?.seconds.map(y) ?? []);
  return (
    <div class="coll-curves">
      <Scroll label={label}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
          {rows.map((row) => (
            <g key={row}>
              <line
                x1={BOX.left}
                x2={WIDTH - BOX.right}
                y1={y(row)}
                y2={y(row)}
                class="coll-rule"
              />
              <text x={BOX.left - 8} y={y(row) + 4.5} class="coll-tick end">
                {duration(row)}
              </text>
            </g>
          ))}
          {points.map((point, index) =>
            index % 2 === 0 ? (
              <text
                key={point.x}
                x={x(point.x)}
                y={HEIGHT - BOX.bottom + 18}
                class={`coll-tick ${index === 0 ? '' : 'middle'}`}
              >
                {printX(point.x)}
              </text>
            ) : null,
          )}
          <text x={WIDTH - BOX.right} y={HEIGHT - 6} class="coll-tick end">
            {axis}
          </text>
          <line
            x1={x(now.x)}
            x2={x(now.x)}
            y1={BOX.top}
            y2={HEIGHT - BOX.bottom}
            class="coll-now"
          />
          {LINES.map((line, index) => (
            <g key={line}>
              <path
                d={points
                  .map(
                    (point, n) =>
                      `${n === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.seconds[index] as number).toFixed(1)}`,
                  )
                  .join('')}
                class="coll-curve"
                data-line={line}
              />
              <circle
                cx={x(now.x)}
                cy={y(now.seconds[index] as number)}
                r="5"
                class="coll-point"
                data-line={line}
              />
              <text x={WIDTH - BOX.right + 8} y={(ends[index] as number) + 5} class="coll-end">
                {names[index]}
              </text>
            </g>
          ))}
        </svg>
      </Scroll>
    </div>
  );
}
