import { useMemo, useState } from 'preact/hooks';
import { gradientWindow, smallestScale } from '~/engines/loss-scaling/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { BrokenAddress } from '../kit/BrokenAddress.tsx';
import type { LabProps } from '../kit/lab.ts';
import { Predict } from '../kit/Predict.tsx';
import { FormatExplorer } from './formats/FormatExplorer.tsx';
import type { LiveGradients } from './histogram/counts.ts';
import { GradientHistogram } from './histogram/GradientHistogram.tsx';
import { ScalerPolicies } from './scalers/ScalerPolicies.tsx';
import { FORMAT_DEFAULTS, type LabState, parseState, printState } from './state.ts';
import { ready as exampleReady } from './training/example.ts';
import { TrainingRun } from './training/TrainingRun.tsx';
import { ready as trainingReady } from './training/words.ts';
import { plain, short } from './values.ts';
import { labWords, ready as wordsReady } from './words.ts';

export const ready = (locale: Locale) =>
  Promise.all([wordsReady(locale), trainingReady(locale), exampleReady()]);

export default function Lab({ locale, query, onQuery }: LabProps) {
  const t = labWords(locale);
  const [{ state, problems }, setOpened] = useState(() => parseState(query));
  // A panel may report while another has just changed: each replaces its own slice of what is there.
  const set = (change: Partial<LabState>): void =>
    setOpened((opened) => {
      const next = { ...opened.state, ...change };
      onQuery(printState(next));
      return { state: next, problems: [] };
    });
  const reset = (): void => {
    setOpened(parseState(''));
    onQuery('');
  };
  // A panel whose slice did not change is not drawn again.
  const formats = useMemo(
    () => (
      <FormatExplorer
        locale={locale}
        state={state.formats}
        onState={(slice) => set({ formats: slice })}
      />
    ),
    [locale, state.formats],
  );
  const [live, setLive] = useState<LiveGradients | null>(null);
  const histogram = useMemo(
    () => (
      <GradientHistogram
        locale={locale}
        state={state.histogram}
        onState={(slice) => set({ histogram: slice })}
        live={live}
      />
    ),
    [locale, state.histogram, live],
  );
  const asksLive = state.histogram.preset === 'live';
  const training = useMemo(
    () => (
      <TrainingRun
        locale={locale}
        state={state.training}
        onState={(slice) => set({ training: slice })}
        onGradients={setLive}
        wanted={asksLive}
      />
    ),
    [locale, state.training, asksLive],
  );
  const scalers = useMemo(
    () => (
      <ScalerPolicies
        locale={locale}
        state={state.scalers}
        onState={(slice) => set({ scalers: slice })}
      />
    ),
    [locale, state.scalers],
  );

  return (
    <>
      <BrokenAddress locale={locale} problems={problems} />
      <Question locale={locale} />
      <p class="ls-hint">
        {printState(state) === '' ? (
          t.example
        ) : (
          <button type="button" onClick={reset}>
            {t.backToExample}
          </button>
        )}
      </p>
      {formats}
      {histogram}
      {training}
      {scalers}
    </>
  );
}

/** Asked about the published example, whatever the lab shows now. */
function Question({ locale }: { locale: LabProps['locale'] }) {
  const t = labWords(locale);
  const magnitude = FORMAT_DEFAULTS.x;
  const { scale } = smallestScale({ magnitude });
  return (
    <Predict
      locale={locale}
      question={t.predictQuestion}
      options={[2, 4, 8, 1024, 65_536].map((value) => ({
        value: String(value),
        label: plain(value),
      }))}
      correct={String(scale)}
    >
      {t.predictWhy(
        short(gradientWindow({ scale: 1 }).keepAbove),
        plain(scale),
        short(magnitude * scale),
        plain(scale / 2),
      )}
    </Predict>
  );
}
