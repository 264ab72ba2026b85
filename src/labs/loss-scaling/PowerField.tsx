import { useEffect, useId, useState } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import { parseNumber } from '../kit/parseNumber.ts';
import { MAX_EXPONENT } from './trainingState.ts';
import { trainingWords } from './trainingWords.ts';
import { power } from './values.ts';

interface Props {
  locale: Locale;
  label: string;
  exponent: number;
  onExponent: (exponent: number) => void;
}

/** A power of two: the slider moves by exponents, the field takes the number itself, as 1024, 64K or 2^10. */
export function PowerField({ locale, label, exponent, onExponent }: Props) {
  const id = useId();
  const t = trainingWords(locale);
  const [draft, setDraft] = useState<string>();
  const [error, setError] = useState('');
  // A new value from elsewhere ends what was being typed.
  useEffect(() => {
    setDraft(undefined);
    setError('');
  }, [exponent]);

  const take = (typed: string): void => {
    setDraft(typed);
    const value = parseNumber(typed);
    const why =
      value === undefined
        ? t.notANumber(typed.trim().slice(0, 30))
        : value < 1 || value > 2 ** MAX_EXPONENT
          ? t.scaleRange(power(MAX_EXPONENT))
          : Number.isInteger(Math.log2(value))
            ? ''
            : t.notPower;
    setError(why);
    if (value !== undefined && why === '' && Math.log2(value) !== exponent) {
      onExponent(Math.log2(value));
    }
  };
  return (
    <div class="lab-number">
      <label for={id}>{label}</label>
      <input
        type="range"
        aria-label={`${label} (2^n)`}
        aria-valuetext={`${2 ** exponent}`}
        min={0}
        max={MAX_EXPONENT}
        step={1}
        value={exponent}
        onInput={({ currentTarget }) => onExponent(currentTarget.valueAsNumber)}
      />
      <span class="lab-number-entry">
        <input
          id={id}
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={draft ?? `2^${exponent}`}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={`${id}-why`}
          onInput={({ currentTarget }) => take(currentTarget.value)}
          onBlur={() => {
            setDraft(undefined);
            setError('');
          }}
        />
      </span>
      <p class="lab-error" id={`${id}-why`} role="status">
        {error}
      </p>
    </div>
  );
}
