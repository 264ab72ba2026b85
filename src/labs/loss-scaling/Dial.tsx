import { useEffect, useId, useState } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import { parseNumber } from '../kit/parseNumber.ts';
import { ReadOut } from '../kit/ReadOut.tsx';
import { kitWords } from '../kit/words.ts';
import { MAX_EXPONENT } from './training/state.ts';
import { trainingWords } from './training/words.ts';
import { power } from './values.ts';

interface Props {
  locale: Locale;
  label: string;
  value: number;
  max: number;
  onValue: (value: number) => void;
  /** The value is the exponent of a power of two: the field takes the number itself, as 1024, 64K or 2^10. */
  ofTwo?: boolean;
}

/** A slider over whole numbers, and a field. What cannot be meant is refused at the field, and the last good value stays. */
export function Dial({ locale, label, value, max, onValue, ofTwo = false }: Props) {
  const id = useId();
  const kit = kitWords(locale);
  const t = trainingWords(locale);
  const [draft, setDraft] = useState<string>();
  const [error, setError] = useState('');
  // A new value from elsewhere ends what was being typed.
  useEffect(() => {
    setDraft(undefined);
    setError('');
  }, [value]);

  const least = ofTwo ? 0 : 1;
  const problem = (typed: string, number: number | undefined, next: number): string => {
    const shown = typed.trim().slice(0, 30);
    if (number === undefined) return ofTwo ? t.notANumber(shown) : kit.notANumber(shown);
    if (ofTwo && (number < 1 || next > max)) return t.scaleRange(power(MAX_EXPONENT));
    if (next < least || next > max) return kit.outside(String(least), String(max));
    return Number.isInteger(next) ? '' : ofTwo ? t.notPower : kit.whole;
  };
  const take = (typed: string): void => {
    setDraft(typed);
    const number = parseNumber(typed);
    const next = ofTwo ? Math.log2(number ?? 0) : (number ?? 0);
    const why = problem(typed, number, next);
    setError(why);
    if (why === '' && next !== value) onValue(next);
  };
  return (
    <div class="lab-number">
      <label for={id}>{label}</label>
      <input
        type="range"
        aria-label={kit.slider(label)}
        aria-valuetext={String(ofTwo ? 2 ** value : value)}
        min={least}
        max={max}
        step={1}
        value={value}
        onInput={({ currentTarget }) => onValue(currentTarget.valueAsNumber)}
      />
      <span class="lab-number-entry">
        <input
          id={id}
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={draft ?? (ofTwo ? `2^${value}` : String(value))}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={`${id}-why`}
          onInput={({ currentTarget }) => take(currentTarget.value)}
          onBlur={() => {
            setDraft(undefined);
            setError('');
          }}
        />
      </span>
      <ReadOut class="lab-error" id={`${id}-why`}>
        {error}
      </ReadOut>
    </div>
  );
}
