import { useEffect, useRef } from 'preact/hooks';
import { Part } from '../Part.tsx';
import type { QuizWords } from '../words.ts';

interface Props {
  t: QuizWords;
  hints: readonly Element[];
  shown: number;
  onMore: () => void;
}

/** Hints one by one. */
export function Hints({ t, hints, shown, onMore }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const all = shown >= hints.length;
  // The button goes with the last hint; the focus it had stays here.
  useEffect(() => {
    if (all && shown > 0 && document.activeElement === document.body) box.current?.focus();
  }, [all]);
  if (hints.length === 0) return null;
  return (
    <div class="quiz-hints" ref={box} tabIndex={-1}>
      <div aria-live="polite">
        {hints.slice(0, shown).map((hint, index) => (
          <div class="quiz-hint" key={hint}>
            <small>{t.hint(index + 1, hints.length)}</small>
            <Part of={hint} />
          </div>
        ))}
      </div>
      {!all && (
        <button type="button" class="quiz-quiet" onClick={onMore} aria-keyshortcuts="h">
          {t.hint(shown + 1, hints.length)}
        </button>
      )}
    </div>
  );
}
