import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import { gap, kitWords } from './words.ts';

interface Props {
  locale: Locale;
  question: string;
  options: readonly { value: string; label: string }[];
  /** One of the options' values. */
  correct: string;
  /** The explanation, shown once the reader has committed. */
  children: ComponentChildren;
}

/** Asks before it shows: a guess that turns out wrong is what stays in mind. */
export function Predict({ locale, question, options, correct, children }: Props) {
  const t = kitWords(locale);
  const [guess, setGuess] = useState<string>();
  return (
    <section class="lab-predict">
      <h3>{t.predict}</h3>
      <p>{question}</p>
      <div class="lab-predict-options">
        {options.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            aria-pressed={guess === value}
            onClick={() => setGuess(value)}
          >
            {label}
          </button>
        ))}
      </div>
      <div role="status">
        {guess !== undefined && (
          <p>
            <b>{guess === correct ? `✓ ${t.right}` : `✗ ${t.wrong}`}</b>
            {gap(locale)}
            {children}
          </p>
        )}
      </div>
    </section>
  );
}
