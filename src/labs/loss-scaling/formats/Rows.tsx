import { useRef } from 'preact/hooks';
import type { Explored, FormatState, Zoom } from '../state.ts';
import { both, power, short } from '../values.ts';
import type { Words } from '../words.ts';
import { errorText } from './print.ts';
import { NAMES, type Rounded, zoneEdges } from './rounding.ts';

const AXES: Readonly<Record<Zoom, { from: number; to: number; ticks: readonly number[] }>> = {
  all: { from: -154, to: 132, ticks: [-149, -126, -100, -75, -50, -25, 0, 25, 50, 75, 100, 127] },
  half: { from: -34, to: 20, ticks: [-32, -24, -16, -14, -8, -6, 0, 8, 15] },
};

const ZONES = ['underflow', 'subnormal', 'normal', 'overflow'] as const;

interface Props {
  state: FormatState;
  rows: readonly { name: Explored; result: Rounded }[];
  t: Words;
  set: (change: Partial<FormatState>) => void;
}

/** All formats over one logarithmic axis; x is a line through them. */
export function Rows({ state, rows, t, set }: Props) {
  const { x, format, zoom } = state;
  const { from, to, ticks } = AXES[zoom];
  const axis = useRef<HTMLDivElement>(null);
  const place = (exponent: number): number =>
    (100 * (Math.min(Math.max(exponent, from), to) - from)) / (to - from);
  const exponent = Math.log2(Math.abs(x));
  const at = Number.isNaN(x) ? undefined : place(exponent);
  const sign = x < 0 || Object.is(x, -0) ? -1 : 1;

  const drag = (event: PointerEvent): void => {
    const box = axis.current?.getBoundingClientRect();
    if (!box) return;
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    const magnitude = 2 ** (from + share * (to - from));
    // Three digits: what a finger can mean.
    set({ x: sign * Number(magnitude.toPrecision(3)) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move: Record<string, number> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: 8,
      PageDown: -8,
    };
    const by = move[event.key];
    const end = event.key === 'Home' ? ticks[0] : event.key === 'End' ? ticks.at(-1) : undefined;
    if (by === undefined && end === undefined) return;
    event.preventDefault();
    if (end !== undefined) {
      set({ x: sign * 2 ** end });
      return;
    }
    const start = Number.isFinite(exponent) ? Math.abs(x) : 2 ** (exponent > 0 ? to : from);
    const next = start * 2 ** ((by ?? 0) * (event.shiftKey ? 1 / 8 : 1));
    const top = 2 ** to;
    set({ x: sign * Math.min(Math.max(next, 2 ** from), top) });
  };
  return (
    <div class="ls-rows">
      <div class="ls-axis">
        <div
          class="ls-track"
          ref={axis}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            drag(event);
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event);
          }}
        >
          {ticks.map((tick) => (
            <span key={tick} class="ls-tick" style={{ insetInlineStart: `${place(tick)}%` }}>
              {power(tick)}
            </span>
          ))}
          <span
            class="ls-thumb"
            role="slider"
            tabIndex={0}
            aria-label={t.axis}
            aria-valuemin={from}
            aria-valuemax={to}
            aria-valuenow={Number.isFinite(exponent) ? Number(exponent.toFixed(3)) : from}
            aria-valuetext={both(x)}
            style={{ insetInlineStart: `${at ?? 0}%` }}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
      <fieldset>
        <legend class="visually-hidden">{t.rowsLabel}</legend>
        {rows.map(({ name, result }) => (
          <label key={name} class="ls-row" data-zone={result.zone}>
            <input
              type="radio"
              name="ls-format"
              value={name}
              checked={name === format}
              onChange={() => set({ format: name })}
            />
            <span class="ls-name">{NAMES[name]}</span>
            <span class="ls-track" aria-hidden="true">
              {zoneEdges(name).map(({ zone, from: start, to: end }) => (
                <span
                  key={zone}
                  data-zone={zone}
                  style={{
                    insetInlineStart: `${place(start)}%`,
                    inlineSize: `${place(end) - place(start)}%`,
                  }}
                />
              ))}
              {at !== undefined && <i style={{ insetInlineStart: `${at}%` }} />}
            </span>
            <span class="ls-out">
              <b>{short(result.value)}</b>
              <span class="ls-zone">{t.zones[result.zone]}</span>
              <span class="ls-err">{errorText(result, t)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <ul class="ls-legend" aria-hidden="true">
        {ZONES.map((zone) => (
          <li key={zone}>
            <span data-zone={zone} /> {t.zones[zone]}
          </li>
        ))}
      </ul>
    </div>
  );
}
