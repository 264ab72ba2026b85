import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import type { LiveGradients } from '../histogram/counts.ts';
import { Answers } from './Answers.tsx';
import { Cursor } from './Cursor.tsx';
import { Formula } from './Formula.tsx';
import { Legend } from './Legend.tsx';
import { Outcome } from './Outcome.tsx';
import { Pictures } from './Pictures.tsx';
import { Reading } from './Reading.tsx';
import { type Runs, snapshotAt } from './runs.ts';
import { Settings } from './Settings.tsx';
import { Spikes } from './Spikes.tsx';
import { Status } from './Status.tsx';
import { LAST_STEP, type TrainingState } from './state.ts';
import { Tables } from './Tables.tsx';
import { useTraining } from './useTraining.ts';
import { trainingWords } from './words.ts';

interface Props {
  locale: Locale;
  state: TrainingState;
  onState: (state: TrainingState) => void;
  /** Told the gradients of the FP32 run at the step looked at, once it has trained here. */
  onGradients: (live: LiveGradients) => void;
  /** Asks for the gradients: the printed example has none until it is trained. */
  wanted?: boolean;
}

/** One network trained in five arithmetics, step by step. */
export function TrainingRun({ locale, state, onState, onGradients, wanted = false }: Props) {
  const t = trainingWords(locale);
  const { at } = state;
  const training = useTraining(state, wanted || at !== LAST_STEP);
  const { runs, trained, phase } = training;
  const set = (change: Partial<TrainingState>): void => onState({ ...state, ...change });

  const tell = useRef(onGradients);
  tell.current = onGradients;
  const told = useRef<{ runs: Runs; step: number }>();
  useEffect(() => {
    const live = snapshotAt(runs.gradients, at);
    if (!live || (told.current?.runs === runs && told.current.step === live.step)) return;
    told.current = { runs, step: live.step };
    tell.current({ gradients: live.values, step: live.step });
  }, [runs, at]);

  // What does not hang on the step is not drawn again while the run plays.
  const tables = useMemo(() => <Tables locale={locale} runs={runs} />, [locale, runs]);
  const answersOf = snapshotAt(runs.answers.fp32, at)?.step;
  const answers = useMemo(
    () => <Answers locale={locale} runs={runs} recipes={state.recipes} at={at} />,
    [locale, runs, state.recipes, answersOf],
  );

  return (
    <section class="ls-part lt-run" aria-labelledby="lt-run-title">
      <h3 id="lt-run-title">{t.runTitle}</h3>
      <p>{t.runIntro}</p>
      <Settings locale={locale} state={state} set={set}>
        <Status locale={locale} training={training} />
      </Settings>
      <Legend locale={locale} recipes={state.recipes} set={set} />
      <Pictures
        locale={locale}
        runs={runs}
        recipes={state.recipes}
        spikes={trained.spikes}
        at={at}
        waiting={phase !== 'idle'}
      />
      <Cursor locale={locale} at={at} onAt={(step) => set({ at: step })} />
      <Spikes locale={locale} state={state} set={set} />
      <Outcome locale={locale} runs={runs} masters={trained.masters} spikes={trained.spikes} />
      <Reading locale={locale} runs={runs} recipes={state.recipes} at={at} />
      {answers}
      <Formula locale={locale} runs={runs} at={at} />
      {tables}
    </section>
  );
}
