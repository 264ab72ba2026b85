import { useMemo, useRef, useState } from 'preact/hooks';
import { FORMATS, fieldsOf, fromBits, toBits } from '~/engines/floats/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Segments } from '../../kit/Segments.tsx';
import { TableOf } from '../../kit/TableOf.tsx';
import { Entry } from '../Entry.tsx';
import { EXPLORED, type Explored, type FormatState, ZOOMS, type Zoom } from '../state.ts';
import { both, plain, power, short, typed } from '../values.ts';
import { labWords, type Words } from '../words.ts';
import {
  type Between,
  between,
  bitsOf,
  flipped,
  NAMES,
  neighbours,
  type Rounded,
  rounded,
  zoneEdges,
} from './rounding.ts';
import { Swamping } from './Swamping.tsx';

interface Props {
  locale: Locale;
  state: FormatState;
  onState: (state: FormatState) => void;
}

const AXES: Readonly<Record<Zoom, { from: number; to: number; ticks: readonly number[] }>> = {
  all: { from: -154, to: 132, ticks: [-149, -126, -100, -75, -50, -25, 0, 25, 50, 75, 100, 127] },
  half: { from: -34, to: 20, ticks: [-32, -24, -16, -14, -8, -6, 0, 8, 15] },
};

const TRIES = [
  ['ssd', 2 ** -27],
  ['eps', 1e-8],
  ['primer', 0.3952],
  ['square', 255 * 255],
  ['top', 65_520],
  ['e4m3', 500],
] as const;

const ZONES = ['underflow', 'subnormal', 'normal', 'overflow'] as const;

export function FormatExplorer({ locale, state, onState }: Props) {
  const t = labWords(locale);
  const { x, format, zoom } = state;
  const latest = useRef(state);
  latest.current = state;
  const set = (change: Partial<FormatState>): void => onState({ ...latest.current, ...change });
  // What does not depend on x stays as it is while x is dragged.
  const swamping = useMemo(
    () => <Swamping locale={locale} state={state} set={set} />,
    [locale, state.weight, state.update, state.additions, state.kept],
  );
  const rows = EXPLORED.map((name) => ({ name, result: rounded(name, x) }));

  return (
    <section class="ls-part" aria-labelledby="ls-formats">
      <h3 id="ls-formats">{t.formatsTitle}</h3>
      <div class="ls-number">
        <Entry
          label={t.number}
          shown={typed(x)}
          notANumber={t.notANumber}
          onNumber={(value) => {
            set({ x: value });
            return undefined;
          }}
        />
        <div class="ls-buttons">
          {[0.125, 0.5, 2, 8].map((factor) => (
            <button key={factor} type="button" onClick={() => set({ x: x * factor })}>
              {factor < 1 ? `x ÷ ${1 / factor}` : t.times(String(factor))}
            </button>
          ))}
          <button type="button" aria-label={t.negate} onClick={() => set({ x: -x })}>
            ±
          </button>
        </div>
        <Segments
          label={t.zoom}
          value={zoom}
          options={ZOOMS.map((value) => ({ value, label: t.zooms[value] }))}
          onChange={(next) => set({ zoom: next })}
        />
      </div>
      <div class="ls-tries">
        <span id="ls-tries">{t.tries}</span>
        <ul aria-labelledby="ls-tries">
          {TRIES.map(([name, value]) => (
            <li key={name}>
              <button
                type="button"
                aria-pressed={Object.is(value, x)}
                onClick={() => set({ x: value })}
              >
                {short(value)} <small>{t.tryWhy[name]}</small>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <Rows state={state} rows={rows} t={t} set={set} />
      <Bits t={t} format={format} x={x} onX={(next) => set({ x: next })} />
      <TableOf
        locale={locale}
        caption={t.formatsTable}
        head={t.tableHead}
        rows={rows.map(({ name, result }) => {
          const next = neighbours(name, result.value);
          return [
            NAMES[name],
            both(result.value),
            t.zones[result.zone],
            errorText(result, t),
            Number.isFinite(result.value) ? both(next.below) : '',
            Number.isFinite(result.value) ? both(next.above) : '',
            hex(name, toBits(name, x)),
          ];
        })}
      />
      {swamping}
    </section>
  );
}

const hex = (format: Explored, code: number): string =>
  `0x${code.toString(16).padStart(Math.ceil(FORMATS[format].bits / 4), '0')}`;

function errorText({ error, zone }: Rounded, t: Words): string {
  if (zone === 'zero') return t.exact;
  if (!Number.isFinite(error)) return '';
  return error === 0 ? t.exact : `${plain(Number((error * 100).toPrecision(2)))}%`;
}

interface RowsProps {
  state: FormatState;
  rows: readonly { name: Explored; result: Rounded }[];
  t: Words;
  set: (change: Partial<FormatState>) => void;
}

/** All formats over one logarithmic axis; x is a line through them. */
function Rows({ state, rows, t, set }: RowsProps) {
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

interface BitsProps {
  t: Words;
  format: Explored;
  x: number;
  onX: (x: number) => void;
}

/** The encoding in one format as switches, the formula they fill, and the neighbours. */
function Bits({ t, format, x, onX }: BitsProps) {
  const f = FORMATS[format];
  // There are many NaNs, and a double tells only that it is one: the flipped code itself is kept.
  const [pressed, setPressed] = useState<{ format: Explored; code: number }>();
  const result = rounded(format, x);
  const own =
    pressed?.format === format && Object.is(fromBits(format, pressed.code), x)
      ? pressed
      : undefined;
  const code = own?.code ?? toBits(format, x);
  const bits = bitsOf(format, code);
  const { sign, exponent, mantissa } = fieldsOf(format, code);
  const fieldOf = (index: number): 'sign' | 'exponent' | 'mantissa' =>
    index === 0 ? 'sign' : index <= f.exponentBits ? 'exponent' : 'mantissa';
  const codes = 2 ** f.mantissaBits;
  const formula = Number.isNaN(result.value)
    ? t.formulaNan
    : !Number.isFinite(result.value)
      ? t.formulaInfinity
      : exponent === 0
        ? `(−1)${sign ? '¹' : '⁰'} × ${power(f.emin)} × ${mantissa}/${codes}`
        : `(−1)${sign ? '¹' : '⁰'} × 2^(${exponent} − ${f.exponentBias}) × (1 + ${mantissa}/${codes})`;
  const flip = (index: number): void => {
    const next = flipped(format, code, index);
    setPressed({ format, code: next });
    onX(fromBits(format, next));
  };
  const place = between(format, x);
  return (
    <div class="ls-bits">
      <h4>{t.bitsTitle(NAMES[format])}</h4>
      <p class="ls-hint">{t.bitsHint}</p>
      <div class="ls-code">
        {(['sign', 'exponent', 'mantissa'] as const).map((name) => (
          <fieldset key={name} data-field={name}>
            <legend>{t.fields[name]}</legend>
            {bits.map((bit, index) =>
              fieldOf(index) === name ? (
                <button
                  key={index}
                  type="button"
                  aria-pressed={bit === 1}
                  aria-label={t.bit(t.fields[name], f.bits - 1 - index, bit)}
                  onClick={() => flip(index)}
                >
                  {bit}
                </button>
              ) : null,
            )}
          </fieldset>
        ))}
      </div>
      <p class="ls-formula">
        {formula}
        {Number.isFinite(result.value) && ` = ${plain(result.value)}`}
        <span> · {hex(format, code)}</span>
      </p>
      {place && <Place t={t} x={x} place={place} />}
      <p class="ls-says">{says(t, format, x, result)}</p>
    </div>
  );
}

/** Where x lies between two numbers of the format: nearer one wins, the middle goes to the even code. */
function Place({ t, x, place }: { t: Words; x: number; place: Between }) {
  const { low, high, share } = place;
  const sign = x < 0 ? '−' : '';
  const end = (value: number): string =>
    value === 0 || Number.isNaN(value) ? plain(value) : `${sign}${short(value)}`;
  return (
    <div class="ls-place" role="img" aria-label={t.placeLabel(end(low), plain(x), end(high))}>
      <span
        class="ls-x"
        style={{ insetInlineStart: `${100 * share}%` }}
        data-late={share > 0.5 || undefined}
      >
        x = {plain(x)}
      </span>
      <span class="ls-line">
        <i style={{ insetInlineStart: `${100 * share}%` }} />
      </span>
      <span class="ls-ends">
        <span>{end(low)}</span>
        <span>{t.middle}</span>
        <span>{end(high)}</span>
      </span>
    </div>
  );
}

function says(t: Words, format: Explored, x: number, { value, zone }: Rounded): string {
  const f = FORMATS[format];
  const becomes = f.hasInfinity ? (x < 0 ? '−∞' : '∞') : 'NaN';
  if (zone === 'nan' || zone === 'zero') return t.says[zone]();
  if (!Number.isFinite(x)) return t.says.infinite(becomes);
  if (zone === 'underflow') return t.says.underflow(short(f.underflowTie), short(f.minSubnormal));
  if (zone === 'overflow')
    return t.says.overflow(plain(f.overflowTie), plain(f.maxFinite), becomes);
  if (zone === 'subnormal') {
    const left = Math.floor(Math.log2(Math.abs(value) / f.minSubnormal)) + 1;
    return t.says.subnormal(short(f.minNormal), short(f.minSubnormal), left, f.mantissaBits + 1);
  }
  if (Math.abs(value) === f.maxFinite) return t.says.atMax(plain(f.overflowTie), becomes);
  const { below, above } = neighbours(format, value);
  return t.says.normal(short(value > 0 ? above - value : value - below), short(f.unitRoundoff));
}
