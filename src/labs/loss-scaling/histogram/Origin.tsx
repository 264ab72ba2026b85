import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { trainingWords } from '../training/words.ts';
import type { Gradients, LiveGradients } from './counts.ts';
import type { Preset } from './state.ts';

const SOURCES: Readonly<Record<Exclude<Preset, 'live'>, readonly { name: string; url: string }[]>> =
  {
    ssd: [
      {
        name: 'NVIDIA, Training with Mixed Precision',
        url: 'https://docs.nvidia.com/deeplearning/performance/mixed-precision-training/index.html',
      },
      { name: 'Mixed Precision Training, Fig. 3', url: 'https://arxiv.org/abs/1710.03740' },
    ],
    speech: [
      { name: 'Mixed Precision Training, Fig. 2b', url: 'https://arxiv.org/abs/1710.03740' },
    ],
  };

interface Props {
  locale: Locale;
  preset: Preset;
  gradients: Gradients;
  live: LiveGradients | null;
}

/** Where the gradients come from, and what of them is published. */
export function Origin({ locale, preset, gradients, live }: Props) {
  const t = trainingWords(locale);
  const count = decimal(gradients.magnitudes.length, 0);
  if (preset === 'live') {
    return <p class="lt-origin">{t.liveNote(count, decimal(live?.step ?? 0, 0))}</p>;
  }
  return (
    <div class="lt-origin">
      <p>
        {preset === 'ssd' ? t.ssdNote(count) : t.speechNote(count)}
        {t.source}
        {SOURCES[preset].map(({ name, url }, index) => (
          <>
            {index > 0 && t.between}
            <a href={url}>{name}</a>
          </>
        ))}
      </p>
      {preset === 'ssd' && <p>{t.whole}</p>}
    </div>
  );
}
