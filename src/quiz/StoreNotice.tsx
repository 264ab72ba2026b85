import type { Journal } from './journal.ts';
import type { QuizWords } from './words.ts';

interface Props {
  t: QuizWords;
  journal: Journal;
  /** Downloads what is in memory: leaving the page would lose it. */
  onExport: () => void;
}

/** Says why reviews are kept in this tab only, and offers to take them along. */
export function StoreNotice({ t, journal, onExport }: Props) {
  const problem = journal.problem();
  return (
    <div role="status">
      {problem && (
        <div class="notice quiz-problem">
          <p>{t.problems[problem]}</p>
          <button type="button" onClick={onExport}>
            {t.exportNow}
          </button>
        </div>
      )}
    </div>
  );
}
