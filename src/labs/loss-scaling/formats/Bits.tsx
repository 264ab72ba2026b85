import { useState } from 'preact/hooks';
import { FORMATS, fieldsOf, fromBits, toBits } from '~/engines/floats/index.ts';
import type { Explored } from '../state.ts';
import { plain, power, short } from '../values.ts';
import type { Words } from '../words.ts';
import { hex } from './print.ts';
import {
  type Between,
  between,
  bitsOf,
  flipped,
  NAMES,
  neighbours,
  type Rounded,
  rounded,
} from './rounding.ts';

interface Props {
  t: Words;
  format: Explored;
  x: number;
  onX: (x: number) => void;
}

/** The encoding in one format as switches, the formula they fill, and the neighbours. */
export function Bits({ t, format, x, onX }: Props) {
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
