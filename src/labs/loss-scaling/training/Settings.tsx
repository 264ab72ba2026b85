import type { ComponentChildren } from 'preact';
import type { Locale } from '~/i18n/locale.ts';
import { Dial } from '../Dial.tsx';
import { MAX_EXPONENT, MAX_SEED, STEPS, type TrainingState } from './state.ts';
import { trainingWords } from './words.ts';

export interface Setting {
  locale: Locale;
  state: TrainingState;
  set: (change: Partial<TrainingState>) => void;
}

/** How the 16-bit runs train. */
export function Settings({
  locale,
  state,
  set,
  children,
}: Setting & { children: ComponentChildren }) {
  const t = trainingWords(locale);
  return (
    <fieldset class="lab-panel lt-settings">
      <legend>{t.settings}</legend>
      <div class="lt-switches">
        <Switch label={t.masters} on={state.masters} onChange={(masters) => set({ masters })} />
        <Switch label={t.wideSums} on={state.wideSums} onChange={(wideSums) => set({ wideSums })} />
      </div>
      <Dial
        locale={locale}
        label={t.staticScale}
        ofTwo
        value={state.staticExponent}
        max={MAX_EXPONENT}
        onValue={(staticExponent) => set({ staticExponent })}
      />
      <Dial
        locale={locale}
        label={t.startScale}
        ofTwo
        value={state.startExponent}
        max={MAX_EXPONENT}
        onValue={(startExponent) => set({ startExponent })}
      />
      <div>
        <Dial
          locale={locale}
          label={t.growthInterval}
          value={state.growthInterval}
          max={STEPS}
          onValue={(growthInterval) => set({ growthInterval })}
        />
        <p class="lt-note">{t.growthNote}</p>
      </div>
      <Dial
        locale={locale}
        label={t.seed}
        value={state.seed}
        max={MAX_SEED}
        onValue={(seed) => set({ seed })}
      />
      {children}
    </fieldset>
  );
}

function Switch({
  label,
  on,
  onChange,
}: {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <label class="lt-switch">
      <input
        type="checkbox"
        checked={on}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {label}
    </label>
  );
}
