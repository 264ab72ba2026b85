import { decimal } from '~/format/number.ts';
import type { Setting } from './Settings.tsx';
import { LAST_STEP, MAX_SPIKES } from './state.ts';
import { trainingWords } from './words.ts';

/** Where a spike is offered while the whole run is shown. */
const SPIKE_STEP = 1200;

/** Steps whose batch is spoiled. */
export function Spikes({ locale, state, set }: Setting) {
  const t = trainingWords(locale);
  const step = state.at === LAST_STEP ? SPIKE_STEP : state.at;
  const full = state.spikes.length >= MAX_SPIKES;
  const off = full || state.spikes.includes(step);
  return (
    <div class="lt-spikes">
      <button
        type="button"
        aria-disabled={off || undefined}
        onClick={() => off || set({ spikes: [...state.spikes, step].sort((a, b) => a - b) })}
      >
        {full ? t.spikesFull(MAX_SPIKES) : t.spike(decimal(step, 0))}
      </button>
      {state.spikes.map((spike) => (
        <button
          key={spike}
          type="button"
          aria-label={t.removeSpike(decimal(spike, 0))}
          onClick={({ currentTarget }) => {
            (currentTarget.previousElementSibling as HTMLElement).focus();
            set({ spikes: state.spikes.filter((other) => other !== spike) });
          }}
        >
          {t.atStep(decimal(spike, 0))} <span aria-hidden="true">✕</span>
        </button>
      ))}
      <p class="lt-note">{t.spikeNote}</p>
    </div>
  );
}
