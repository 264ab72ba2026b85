import { useEffect, useId, useState } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import { parseNumber } from './parseNumber.ts';
import { ReadOut } from './ReadOut.tsx';
import { kitWords } from './words.ts';

interface Props {
  locale: Locale;
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
  /** Ends of the slider where the field allows more. */
  sliderMin?: number;
  sliderMax?: number;
  /** Spacing of the slider's places on a linear scale. */
  step?: number;
  /** On a logarithmic slider each place is a constant factor from the next. */
  scale?: 'linear' | 'log';
  whole?: boolean;
  unit?: string;
  /** How the value is printed in the field and read out by the slider. */
  format?: (value: number) => string;
  /** Brings the slider's places to values that can be meant, as multiples. */
  snap?: (value: number) => number;
  /** Says why a number in range is refused all the same; undefined accepts it. */
  refuse?: (value: number) => string | undefined;
}

const PLACES = 1000;

/** A slider with a field beside it. What cannot be meant is refused at the field, and the last good value stays. */
export function NumberField({
  locale,
  label,
  value,
  min,
  max,
  onChange,
  sliderMin = min,
  sliderMax = max,
  step = 1,
  scale = 'linear',
  whole = false,
  unit,
  format = String,
  snap,
  refuse,
}: Props) {
  const id = useId();
  const t = kitWords(locale);
  const [draft, setDraft] = useState<string>();
  const [error, setError] = useState('');
  // A new value from elsewhere (a preset, the slider) ends what was being typed.
  useEffect(() => {
    setDraft(undefined);
    setError('');
  }, [value]);

  const problem = (next: number | undefined, typed: string): string | undefined => {
    if (next === undefined) return t.notANumber(typed);
    if (next < min || next > max) return t.outside(format(min), format(max));
    if (whole && !Number.isInteger(next)) return t.whole;
    return refuse?.(next);
  };
  const take = (typed: string): void => {
    const next = parseNumber(typed);
    const why = problem(next, typed.trim().slice(0, 30));
    setDraft(typed);
    setError(why ?? '');
    if (!why && next !== undefined && next !== value) onChange(next);
  };
  const log = scale === 'log';
  const place = log
    ? (PLACES * Math.log(value / sliderMin)) / Math.log(sliderMax / sliderMin)
    : value;
  const slide = (at: number): void => {
    const raw = log ? sliderMin * (sliderMax / sliderMin) ** (at / PLACES) : at;
    const near = whole ? Math.round(raw) : Number(raw.toPrecision(6));
    const next = snap ? snap(near) : near;
    if (!problem(next, '')) onChange(next);
  };

  return (
    <div class="lab-number">
      <label for={id}>{label}</label>
      <input
        type="range"
        aria-label={t.slider(label)}
        aria-valuetext={`${format(value)}${unit ? ` ${unit}` : ''}`}
        min={log ? 0 : sliderMin}
        max={log ? PLACES : sliderMax}
        step={log ? 1 : step}
        value={place}
        onInput={({ currentTarget }) => slide(currentTarget.valueAsNumber)}
      />
      <span class="lab-number-entry">
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          spellcheck={false}
          value={draft ?? format(value)}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? `${id}-why` : undefined}
          onInput={({ currentTarget }) => take(currentTarget.value)}
          onBlur={() => {
            setDraft(undefined);
            setError('');
          }}
        />
        {unit && <span>{unit}</span>}
      </span>
      <ReadOut class="lab-error" id={`${id}-why`}>
        {error}
      </ReadOut>
    </div>
  );
}
