import type { Locale } from '~/i18n/locale.ts';
import type { TrainingProgress } from './useTraining.ts';
import { trainingWords } from './words.ts';

/** What the worker is doing. Its place is kept, so that nothing moves when it starts. */
export function Status({ locale, training }: { locale: Locale; training: TrainingProgress }) {
  const t = trainingWords(locale);
  const { phase, progress, cancel, train } = training;
  // Read out in quarters, not at every report.
  const quarter = Math.floor(progress * 4) * 25;
  return (
    <div class="lt-status">
      <p class="visually-hidden" role="status">
        {phase === 'training' && t.training(`${quarter}%`)}
        {phase === 'cancelled' && t.cancelled}
        {phase === 'failed' && t.failed}
      </p>
      {phase === 'training' && (
        <>
          <progress max={1} value={progress} aria-label={t.progress} />
          <span aria-hidden="true">{t.training(`${Math.round(progress * 100)}%`)}</span>
          <button type="button" onClick={cancel}>
            {t.cancel}
          </button>
        </>
      )}
      {(phase === 'cancelled' || phase === 'failed') && (
        <>
          <span aria-hidden="true">{phase === 'failed' ? t.failed : t.cancelled}</span>
          <button type="button" onClick={train}>
            {t.train}
          </button>
        </>
      )}
    </div>
  );
}
