import { useMemo } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import { BrokenAddress } from '../kit/BrokenAddress.tsx';
import type { LabProps } from '../kit/lab.ts';
import { Predict } from '../kit/Predict.tsx';
import { useAddress } from '../kit/useAddress.ts';
import { Conversation } from './Conversation.tsx';
import { labelTokens } from './chat.ts';
import { ready as exampleReady, printed } from './example.ts';
import { OwnFile } from './inspect/OwnFile.tsx';
import { settleInspect } from './inspect/state.ts';
import { Packing } from './Packing.tsx';
import { DEFAULTS, parseState, printState } from './state.ts';
import { sftWords, ready as wordsReady } from './words.ts';

export const ready = (locale: Locale) => Promise.all([wordsReady(locale), exampleReady()]);

export default function Lab({ locale, ...address }: LabProps) {
  const t = sftWords(locale);
  const { state, problems, set } = useAddress(address, {
    parse: parseState,
    print: printState,
    settle: settleInspect,
  });
  return (
    <>
      <BrokenAddress locale={locale} problems={problems} />
      <Question locale={locale} />
      <p class="sft-hint">
        {printState(state) === '' && state.chat === DEFAULTS.chat ? (
          t.exampleIs
        ) : (
          <button type="button" onClick={() => set(DEFAULTS)}>
            {t.example}
          </button>
        )}
      </p>
      <Conversation locale={locale} state={state} set={set} />
      <Packing locale={locale} state={state} set={set} />
      <OwnFile locale={locale} state={state} set={set} />
    </>
  );
}

/** Asked about the published conversation, whatever the lab shows now. */
function Question({ locale }: { locale: LabProps['locale'] }) {
  const t = sftWords(locale);
  const { tokens, lossSpans } = printed();
  const trained = useMemo(
    () => labelTokens(tokens, lossSpans).filter(({ label }) => label >= 0).length,
    [],
  );
  return (
    <Predict
      locale={locale}
      question={t.question}
      options={(['every-turn', 'last-turn', 'everything'] as const).map((value) => ({
        value,
        label: t.options[value],
      }))}
      correct="everything"
    >
      {t.why(String(tokens.length), String(trained))}
    </Predict>
  );
}
