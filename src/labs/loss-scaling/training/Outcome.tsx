import type { Locale } from '~/i18n/locale.ts';
import { Verdict } from '../../kit/Verdict.tsx';
import { percent, times } from './print.ts';
import { type Runs, samplesOf } from './runs.ts';
import type { Recipe } from './state.ts';
import { trainingWords } from './words.ts';

interface Props {
  locale: Locale;
  runs: Runs;
  masters: boolean;
  spikes: readonly number[];
}

/** Ends of the runs are alike within this factor. */
const ALIKE = 3;

/** What the whole run shows, in words. */
export function Outcome({ locale, runs, masters, spikes }: Props) {
  const t = trainingWords(locale);
  const index = samplesOf(runs.every) - 1;
  const end = (recipe: Recipe) => runs.curves[recipe].losses[index] as number;
  const ratio = (recipe: Recipe) => end(recipe) / end('fp32');
  const unscaled = ratio('fp16');
  const fixed = ratio('fp16_static');
  const dynamic = ratio('fp16_dynamic');
  const { skipped } = runs.curves.fp16_dynamic;
  const spared = spikes.some((step) => skipped.includes(step)) && dynamic < 1 / ALIKE;
  if (spared) return <Verdict good>{t.verdictSpared(times(1 / dynamic))}</Verdict>;
  const good = dynamic < ALIKE;
  const sentences = [
    unscaled < ALIKE
      ? t.verdictNoStall(times(unscaled))
      : t.verdictStall(times(unscaled), percent(runs.curves.fp16.zeroShares[index] as number)),
    fixed < ALIKE && good
      ? t.verdictScaled(times(fixed), times(dynamic), skipped.length)
      : fixed < ALIKE || good
        ? t.verdictMixed(times(fixed), times(dynamic))
        : t.verdictUnscaled(times(fixed), times(dynamic)),
    ratio('bf16') < ALIKE
      ? t.verdictBf16(times(ratio('bf16')))
      : t.verdictBf16Bad(times(ratio('bf16'))),
    ...(masters ? [] : [t.verdictSwamped]),
  ];
  return <Verdict good={good}>{sentences.join(locale === 'zh' ? '' : ' ')}</Verdict>;
}
