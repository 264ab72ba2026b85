import { computeOptimal } from '~/engines/scaling-laws/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { BrokenAddress } from '../kit/BrokenAddress.tsx';
import type { LabProps } from '../kit/lab.ts';
import { Predict } from '../kit/Predict.tsx';
import { useAddress } from '../kit/useAddress.ts';
import { AtlasPart } from './AtlasPart.tsx';
import { atlas, loadAtlas } from './atlas.ts';
import { ComputePart } from './ComputePart.tsx';
import { MaskPart } from './MaskPart.tsx';
import { amount, flopsOf } from './print.ts';
import { DEFAULTS, parseState, printState, settle } from './state.ts';
import { modelsWords, ready as wordsReady } from './words.ts';

/** The models come as data before the lab is drawn. */
export const ready = (locale: Locale) => Promise.all([wordsReady(locale), loadAtlas(locale)]);

export default function Lab({ locale, ...address }: LabProps) {
  const all = atlas(locale);
  const { state, problems, set } = useAddress(address, {
    parse: (query) => parseState(all, query),
    print: (next) => printState(all, next),
    settle: (next) => settle(all, next),
  });
  const part = { locale, atlas: all, state, set };
  return (
    <>
      <BrokenAddress locale={locale} problems={problems} />
      <Question locale={locale} />
      <AtlasPart {...part} />
      <MaskPart {...part} />
      <ComputePart {...part} />
    </>
  );
}

/** Asked about GPT-3, whatever the lab shows now. */
function Question({ locale }: { locale: Locale }) {
  const t = modelsWords(locale);
  const { flops } = DEFAULTS;
  const best = computeOptimal({ flops });
  const size = amount(best.parameters);
  return (
    <Predict
      locale={locale}
      question={t.question(flopsOf(flops), amount(175e9), amount(300e9))}
      options={[amount(350e9), amount(175e9), size, amount(5e9)].map((value) => ({
        value,
        label: value,
      }))}
      correct={size}
    >
      {t.why(size, amount(best.tokens))}
    </Predict>
  );
}
