import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { LAST_STEP } from './state.ts';

export interface Line {
  readonly key: string;
  /** Made by `path`. */
  readonly d: string;
}

interface Props {
  /** What the picture shows, for who does not see it. */
  label: string;
  title: string;
  ticks: readonly { readonly at: number; readonly label: string }[];
  lines: readonly Line[];
  /** Drawn in full up to this step and faintly beyond it. */
  at: number;
  tall?: boolean;
  /** Steps without the numbers under them, for all but the lowest of a stack of plots. */
  bare?: boolean;
  children?: ComponentChildren;
}

const STEP_TICKS = [0, 500, 1000, 1500, 2000];

/** Lines over training steps. The drawing stretches to its box, so words and marks stand on it as HTML. */
export function Plot({ label, title, ticks, lines, at, tall, bare, children }: Props) {
  const clip = useId();
  const drawn = lines.map(({ key, d }) => <path key={key} data-run={key} d={d} />);
  return (
    <figure class="lt-plot" data-tall={tall ? '' : undefined}>
      <figcaption>{title}</figcaption>
      <div class="lt-plot-frame">
        {ticks.map(({ at: height, label: text }) => (
          <span key={text} class="lt-plot-level" style={{ insetBlockEnd: `${height * 100}%` }}>
            {text}
          </span>
        ))}
        <svg
          viewBox={`0 0 ${LAST_STEP} 100`}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
        >
          <clipPath id={clip}>
            <rect x="0" y="-5" width={at} height="110" />
          </clipPath>
          {ticks.map(({ at: height }) => (
            <line
              key={height}
              class="lt-plot-grid"
              x1="0"
              x2={LAST_STEP}
              y1={100 - height * 100}
              y2={100 - height * 100}
            />
          ))}
          {at < LAST_STEP && <g class="lt-plot-later">{drawn}</g>}
          <g clip-path={at < LAST_STEP ? `url(#${clip})` : undefined}>{drawn}</g>
          {at < LAST_STEP && <line class="lt-plot-now" x1={at} x2={at} y1="0" y2="100" />}
        </svg>
        {children}
      </div>
      {!bare && (
        <div class="lt-ticks" aria-hidden="true">
          {STEP_TICKS.map((step) => (
            <span key={step} style={{ insetInlineStart: placeOf(step) }}>
              {step.toLocaleString('en-US')}
            </span>
          ))}
        </div>
      )}
    </figure>
  );
}

export const placeOf = (step: number): string =>
  `${(Math.min(step, LAST_STEP) / LAST_STEP) * 100}%`;

/** A line through values from 0 (foot) to 1 (top) at steps; NaN interrupts it. */
export function path(points: readonly (readonly [step: number, height: number])[]): string {
  let drawing = false;
  let out = '';
  for (const [step, height] of points) {
    if (Number.isNaN(height)) {
      drawing = false;
      continue;
    }
    out += `${drawing ? 'L' : 'M'}${step} ${(100 - 100 * height).toFixed(2)}`;
    drawing = true;
  }
  return out;
}
