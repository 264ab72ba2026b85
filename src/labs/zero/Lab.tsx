import { useMemo } from 'preact/hooks';
import { trainingPlan } from '~/engines/memory/index.ts';
import { decimal } from '~/format/number.ts';
import { BrokenAddress } from '../kit/BrokenAddress.tsx';
import type { LabProps } from '../kit/lab.ts';
import { Predict } from '../kit/Predict.tsx';
import { useAddress } from '../kit/useAddress.ts';
import { amount } from './amount.ts';
import { Controls } from './Controls.tsx';
import { FitMap } from './FitMap.tsx';
import { Formula } from './Formula.tsx';
import { NextStep } from './NextStep.tsx';
import { Partition } from './Partition.tsx';
import { StageTable } from './StageTable.tsx';
import { DEFAULTS, modelFor, parseState, planInput, printState, settle } from './state.ts';
import { TrainingStep } from './TrainingStep.tsx';
import { zeroWords } from './words.ts';

export { ready } from './words.ts';

export default function Lab({ locale, ...address }: LabProps) {
  const t = zeroWords(locale);
  const { state, problems, set } = useAddress(address, {
    parse: parseState,
    print: printState,
    settle,
  });
  const model = useMemo(
    () => modelFor(state),
    [
      state.model,
      state.params,
      state.layers,
      state.hidden,
      state.heads,
      state.kvHeads,
      state.ffn,
      state.vocab,
      state.swiglu,
      state.tied,
    ],
  );
  const plan = trainingPlan(planInput(state, model));
  const whole = trainingPlan(planInput({ ...state, stage: 0 }, model));
  const paper = trainingPlan(planInput({ ...state, account: 'zero-paper' }, model));
  const isExample = printState(state) === '';

  return (
    <>
      <BrokenAddress locale={locale} problems={problems} />
      <Question locale={locale} />
      <div class="zero">
        <Controls
          locale={locale}
          state={state}
          model={model}
          bytesPerGpu={plan.bytesPerGpu}
          set={set}
        />
        <div class="zero-view">
          <p class="zero-hint">
            {isExample ? (
              t.exampleIs
            ) : (
              <button type="button" onClick={() => set(DEFAULTS)}>
                {t.example}
              </button>
            )}
          </p>
          <Partition
            locale={locale}
            state={state}
            plan={plan}
            whole={whole}
            paper={paper}
            set={set}
          />
          <Formula locale={locale} state={state} plan={plan} />
          <StageTable locale={locale} state={state} model={model} />
        </div>
      </div>
      <TrainingStep locale={locale} state={state} model={model} plan={plan} set={set} />
      <FitMap locale={locale} state={state} model={model} set={set} />
      <NextStep locale={locale} state={state} set={set} />
    </>
  );
}

/** Asked about the published example, whatever the lab shows now. */
function Question({ locale }: { locale: LabProps['locale'] }) {
  const t = zeroWords(locale);
  const model = modelFor(DEFAULTS);
  const twice = 2 * DEFAULTS.gpus;
  const before = trainingPlan(planInput(DEFAULTS, model));
  const after = trainingPlan(planInput({ ...DEFAULTS, gpus: twice }, model));
  return (
    <Predict
      locale={locale}
      question={t.predictQuestion(
        String(DEFAULTS.stage),
        decimal(DEFAULTS.gpus, 0),
        decimal(twice, 0),
      )}
      options={[
        { value: 'half', label: t.predictHalf },
        { value: 'little', label: t.predictLittle },
        { value: 'same', label: t.predictSame },
      ]}
      correct="little"
    >
      {t.predictWhy(
        amount(before.bytesPerGpu, 'GB'),
        amount(after.bytesPerGpu, 'GB'),
        amount(before.bytesByKind.parameters, 'GB'),
      )}
    </Predict>
  );
}
