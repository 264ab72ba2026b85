import { useMemo } from 'preact/hooks';
import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { pictures } from './curves.ts';
import { Plot, placeOf } from './Plot.tsx';
import type { Runs } from './runs.ts';
import type { Recipe } from './state.ts';
import { trainingWords } from './words.ts';

interface Props {
  locale: Locale;
  runs: Runs;
  recipes: readonly Recipe[];
  spikes: readonly number[];
  at: number;
  waiting: boolean;
}

/** Loss, scale and zero gradients over the steps, one above the other. */
export function Pictures({ locale, runs, recipes, spikes, at, waiting }: Props) {
  const t = trainingWords(locale);
  const shown = decimal(at, 0);
  const { loss, scale, zeros, lossTicks, scaleTicks } = useMemo(
    () => pictures(runs, recipes),
    [runs, recipes],
  );
  const dynamic = runs.curves.fp16_dynamic.skipped;
  const skipped = [
    ...(recipes.includes('fp16_dynamic') ? dynamic : []),
    ...(recipes.includes('fp16_static') ? runs.curves.fp16_static.skipped : []),
  ].filter((step) => step <= at);
  // A run that always overflows has 2,000 marks; from some number on they are one band.
  const marks = skipped.length > 150 ? skipped.filter((_, index) => index % 10 === 0) : skipped;
  return (
    <div class="lt-plots" data-waiting={waiting ? '' : undefined} aria-busy={waiting}>
      <Plot
        label={t.lossPicture(shown)}
        title={t.lossPlot}
        ticks={lossTicks}
        lines={loss}
        at={at}
        tall
        bare
      >
        {spikes.map((step) => (
          <span key={step} class="lt-spike" style={{ insetInlineStart: placeOf(step) }}>
            <span>{t.spikeMark}</span>
          </span>
        ))}
      </Plot>
      <Plot
        label={t.scalePicture(shown)}
        title={t.scalePlot}
        ticks={scaleTicks}
        lines={scale}
        at={at}
        bare
      >
        {marks.map((step) => (
          <span
            key={step}
            class="lt-skip"
            aria-hidden="true"
            style={{ insetInlineStart: placeOf(step) }}
          >
            ×
          </span>
        ))}
        {skipped.length > 0 && (
          <span class="lt-skip-key" aria-hidden="true">
            × {t.skipMark}
          </span>
        )}
      </Plot>
      <Plot
        label={t.zeroPicture(shown)}
        title={t.zeroPlot}
        ticks={[
          { at: 0, label: '0%' },
          { at: 0.5, label: '50%' },
          { at: 1, label: '100%' },
        ]}
        lines={zeros}
        at={at}
      />
    </div>
  );
}
