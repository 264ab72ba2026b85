import { useMemo } from 'preact/hooks';
import {
  pipelineBubble,
  pipelineInFlight,
  pipelineTimetable,
  type TimetableName,
} from '~/engines/pipeline/index.ts';
import { BrokenAddress } from '../kit/BrokenAddress.tsx';
import type { LabProps } from '../kit/lab.ts';
import { Predict } from '../kit/Predict.tsx';
import { useAddress } from '../kit/useAddress.ts';
import { Verdict } from '../kit/Verdict.tsx';
import { sentences } from '../kit/words.ts';
import { Charts } from './Charts.tsx';
import { Controls } from './Controls.tsx';
import { Formula } from './Formula.tsx';
import { Peaks } from './Peaks.tsx';
import { percent, plain } from './print.ts';
import type { Run } from './run.ts';
import {
  activations,
  PRESET_NAMES,
  PRESETS,
  parseState,
  printState,
  settle,
  timetableInput,
} from './state.ts';
import { pipelineWords } from './words.ts';

export { ready } from './words.ts';

export default function Lab({ locale, ...address }: LabProps) {
  const t = pipelineWords(locale);
  const { state, problems, set } = useAddress(address, {
    parse: parseState,
    print: printState,
    settle,
  });
  const { at: _, ...drawn } = state;
  const runs = useMemo(() => {
    const names: TimetableName[] = [drawn.first];
    if (drawn.second !== 'none' && drawn.second !== drawn.first) names.push(drawn.second);
    const { bytes } = activations(state);
    return names.map((schedule): Run => {
      const input = timetableInput(state, schedule);
      return { schedule, input, timetable: pipelineTimetable(input), bytes };
    });
  }, Object.values(drawn));
  const [first, second] = runs as [Run, Run?];

  return (
    <>
      <BrokenAddress locale={locale} problems={problems} />
      <Question locale={locale} />
      <section class="pipe-presets" aria-labelledby="pipe-presets">
        <h3 id="pipe-presets">{t.presets}</h3>
        <div>
          {PRESET_NAMES.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={printState(state) === printState(PRESETS[name])}
              onClick={() => set(PRESETS[name])}
            >
              {t.presetNames[name]}
            </button>
          ))}
        </div>
        {printState(state) === '' && <p class="pipe-hint">{t.exampleIs}</p>}
      </section>
      <div class="pipe">
        <div class="pipe-view">
          <Answer locale={locale} first={first} second={second} />
          <Charts locale={locale} runs={runs} at={state.at} onAt={(at) => set({ at })} />
        </div>
        <Controls locale={locale} state={state} set={set} />
      </div>
      <Formula locale={locale} runs={runs} />
      <Peaks locale={locale} runs={runs} />
    </>
  );
}

function Answer({
  locale,
  first,
  second,
}: {
  locale: LabProps['locale'];
  first: Run;
  second: Run | undefined;
}) {
  const t = pipelineWords(locale);
  if (second === undefined) {
    const { overTotal } = first.timetable;
    return (
      <Verdict good={overTotal < 0.1}>
        {t.alone(t.names[first.schedule], percent(overTotal))}
      </Verdict>
    );
  }
  const [a, b] = [first.timetable, second.timetable];
  const [nameA, nameB] = [t.names[first.schedule], t.names[second.schedule]];
  const [heldA, heldB] = [Math.max(...a.peakHeld), Math.max(...b.peakHeld)];
  const gain = 1 - b.total / a.total;
  const same = Math.abs(gain) < 1e-9;
  const timing = same
    ? t.equal(nameB, nameA, plain(a.total))
    : (gain > 0 ? t.faster : t.slower)(
        nameB,
        plain(b.total),
        nameA,
        plain(a.total),
        percent(Math.abs(gain)),
      );
  return (
    <Verdict good={same ? heldB <= heldA : gain > 0}>
      {sentences(locale, timing, t.peaks(nameB, plain(heldB), plain(heldA)))}
    </Verdict>
  );
}

/** Asked about one published pipeline, whatever the lab shows now. */
function Question({ locale }: { locale: LabProps['locale'] }) {
  const t = pipelineWords(locale);
  const shape = { p: 4, m: 8 };
  const [bubble, ideal] = pipelineBubble({ schedule: '1f1b', ...shape }).bubbleOverIdeal;
  const held = (schedule: 'gpipe' | '1f1b') => String(pipelineInFlight({ schedule, ...shape }).max);
  return (
    <Predict
      locale={locale}
      question={t.question}
      options={(['less', 'same', 'more'] as const).map((value) => ({
        value,
        label: t.options[value],
      }))}
      correct="same"
    >
      {t.why(String(bubble), String(ideal), held('gpipe'), held('1f1b'))}
    </Predict>
  );
}
