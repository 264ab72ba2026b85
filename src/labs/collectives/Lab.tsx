import { allReduceCost } from '~/engines/collectives/index.ts';
import { BrokenAddress } from '../kit/BrokenAddress.tsx';
import type { LabProps } from '../kit/lab.ts';
import { Predict } from '../kit/Predict.tsx';
import { useAddress } from '../kit/useAddress.ts';
import { Buckets } from './Buckets.tsx';
import { Cost } from './Cost.tsx';
import { size } from './print.ts';
import { Steps } from './Steps.tsx';
import { DEFAULTS, parseState, printState, settle } from './state.ts';
import { collectivesWords } from './words.ts';

export { ready } from './words.ts';

export default function Lab({ locale, ...address }: LabProps) {
  const t = collectivesWords(locale);
  const { state, problems, set } = useAddress(address, {
    parse: parseState,
    print: printState,
    settle,
  });
  return (
    <>
      <BrokenAddress locale={locale} problems={problems} />
      <Question locale={locale} />
      <p class="coll-hint">
        {printState(state) === '' ? (
          t.exampleIs
        ) : (
          <button type="button" onClick={() => set(DEFAULTS)}>
            {t.example}
          </button>
        )}
      </p>
      <Steps locale={locale} state={state} set={set} />
      <Cost locale={locale} state={state} set={set} />
      <Buckets locale={locale} state={state} set={set} />
    </>
  );
}

/** Asked about the published buffer, whatever the lab shows now. */
function Question({ locale }: { locale: LabProps['locale'] }) {
  const t = collectivesWords(locale);
  const cost = (N: number) =>
    allReduceCost({ algorithm: 'ring', N, bytes: DEFAULTS.bytes, latency: 0, bandwidth: 1 });
  const [eight, sixtyFour] = [cost(8), cost(64)];
  return (
    <Predict
      locale={locale}
      question={t.question}
      options={(['same', 'twice', 'eight'] as const).map((value) => ({
        value,
        label: t.options[value],
      }))}
      correct="same"
    >
      {t.why(size(eight.busiestSends), size(sixtyFour.busiestSends), String(sixtyFour.rounds))}
    </Predict>
  );
}
