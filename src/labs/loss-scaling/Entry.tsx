import { useEffect, useId, useState } from 'preact/hooks';
import { parseNumber } from '../kit/parseNumber.ts';
import { ReadOut } from '../kit/ReadOut.tsx';

interface Props {
  label: string;
  /** What stands in the field while nobody types. */
  shown: string;
  /** Takes the number; returns why it cannot be meant. */
  onNumber: (value: number) => string | undefined;
  /** Says that what was typed is no number. */
  notANumber: (typed: string) => string;
  /** Takes words that the field allows besides numbers: "none". */
  onWord?: (word: string) => boolean;
  code?: boolean;
}

/** A field for one number. What cannot be meant is refused beside it, and the last good value stays. */
export function Entry({ label, shown, onNumber, notANumber, onWord, code = false }: Props) {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const [error, setError] = useState('');
  // A new value from elsewhere ends what was being typed.
  useEffect(() => {
    setDraft(undefined);
    setError('');
  }, [shown]);

  const take = (text: string): void => {
    setDraft(text);
    if (onWord?.(text.trim().toLowerCase())) {
      setError('');
      return;
    }
    const value = parseNumber(text);
    setError((value === undefined ? notANumber(text.trim().slice(0, 30)) : onNumber(value)) ?? '');
  };
  return (
    <div class="ls-entry">
      <label for={id}>{code ? <code>{label}</code> : label}</label>
      <input
        id={id}
        type="text"
        inputMode="text"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={draft ?? shown}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={`${id}-why`}
        onInput={({ currentTarget }) => take(currentTarget.value)}
        onBlur={() => {
          setDraft(undefined);
          setError('');
        }}
      />
      <ReadOut class="lab-error" id={`${id}-why`}>
        {error}
      </ReadOut>
    </div>
  );
}
