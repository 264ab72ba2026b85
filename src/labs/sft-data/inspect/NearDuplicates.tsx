import { useMemo } from 'preact/hooks';
import { lshProbability, SHINGLE_UNITS, SIMILARITY_BINS } from '~/engines/dedup/index.ts';
import { PARTS } from '~/engines/sft-data/index.ts';
import { NumberField } from '../../kit/NumberField.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { TableOf } from '../../kit/TableOf.tsx';
import { sentences } from '../../kit/words.ts';
import type { InspectProps } from './OwnFile.tsx';
import { placeName } from './places.ts';
import { chance, whole } from './print.ts';
import { MOST_HASHES } from './state.ts';
import type { Report } from './useInspection.ts';
import { inspectWords } from './words.ts';

const BANDINGS = {
  datatrove: { b: 14, r: 8 },
  curator: { b: 20, r: 13 },
} as const;
const LEE = { b: 450, r: 20 } as const;
const TABLE_STEPS = Array.from(
  { length: SIMILARITY_BINS },
  (_, bin) => (bin + 1) / SIMILARITY_BINS,
);

/** The curve of who is compared, its settings, and the pairs of this file on it. */
export function NearDuplicates({ locale, state, set, report }: InspectProps & { report: Report }) {
  const t = inspectWords(locale);
  const { b, r, threshold } = state;
  const { near } = report.inspection;
  const mostRows = Math.floor(MOST_HASHES / b);
  const p = lshProbability({ s: threshold, b, r });
  return (
    <div class="insp-part insp-near">
      <h4>{t.nearTitle}</h4>
      <p>{t.nearLead}</p>
      <div class="insp-presets">
        <span>{t.presets}</span>
        {(Object.keys(BANDINGS) as (keyof typeof BANDINGS)[]).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={BANDINGS[name].b === b && BANDINGS[name].r === r}
            onClick={() => set(BANDINGS[name])}
          >
            {t.bandings[name]}
          </button>
        ))}
      </div>
      <div class="insp-two">
        <div class="insp-view">
          <Curve locale={locale} b={b} r={r} threshold={threshold} bins={near.similarities} />
          <p class="insp-formula">
            {t.chance(threshold.toFixed(2))}{' '}
            <span>
              1 − (1 − {threshold.toFixed(2)}
              <sup>{r}</sup>)<sup>{b}</sup> = <b>{chance(p)}</b>
            </span>
          </p>
          <p>
            {sentences(
              locale,
              t.compared(whole(near.compared), whole(near.reached)),
              near.tooShort > 0 && t.tooShort(whole(near.tooShort)),
              near.limited > 0 && t.limited(whole(near.limited)),
            )}
          </p>
        </div>
        <div class="lab-panel">
          <NumberField
            locale={locale}
            label={t.b}
            value={b}
            min={1}
            max={64}
            whole
            onChange={(next) => set({ b: next })}
          />
          <NumberField
            locale={locale}
            label={t.r}
            value={r}
            min={1}
            max={32}
            whole
            refuse={(next) => (next > mostRows ? t.most(MOST_HASHES, mostRows) : undefined)}
            onChange={(next) => set({ r: next })}
          />
          <NumberField
            locale={locale}
            label={t.threshold}
            value={threshold}
            min={0.3}
            max={1}
            step={0.01}
            format={(value) => value.toFixed(2)}
            onChange={(next) => set({ threshold: Math.round(next * 100) / 100 })}
          />
          <Segments
            label={t.unit}
            value={state.unit}
            options={SHINGLE_UNITS.map((value) => ({ value, label: t.units[value] }))}
            onChange={(unit) => set({ unit })}
          />
          <Segments
            label={t.part}
            value={state.part}
            options={PARTS.map((value) => ({ value, label: t.parts[value] }))}
            onChange={(part) => set({ part })}
          />
          <p class="insp-note">{t.partNote}</p>
        </div>
      </div>
      <TableOf
        locale={locale}
        caption={t.curveCaption}
        head={t.curveHead}
        rows={TABLE_STEPS.map((s, bin) => [
          s.toFixed(2),
          ...[{ b, r }, BANDINGS.datatrove, BANDINGS.curator, LEE].map((banding) =>
            chance(lshProbability({ s, ...banding })),
          ),
          whole(near.similarities[bin] ?? 0),
        ])}
      />
      {report.pairs.length > 0 && (
        <details class="lab-table">
          <summary>{t.pairsTitle}</summary>
          <ol class="insp-pairs">
            {report.pairs.map(([text, earlier], index) => {
              const { number, of, jaccard } = near.first[index]!;
              return (
                <li key={number}>
                  <p>{t.like(placeName(t, report.inspection, of), jaccard.toFixed(2))}</p>
                  <p>
                    <b>{placeName(t, report.inspection, of)}</b> <q>{earlier}</q>
                  </p>
                  <p>
                    <b>{placeName(t, report.inspection, number)}</b> <q>{text}</q>
                  </p>
                </li>
              );
            })}
          </ol>
        </details>
      )}
    </div>
  );
}

interface CurveProps {
  locale: InspectProps['locale'];
  b: number;
  r: number;
  threshold: number;
  /** Pairs that were compared, by similarity. */
  bins: readonly number[];
}

const POINTS = 100;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** The drawing stretches to its box, so words stand on it as HTML. */
function Curve({ locale, b, r, threshold, bins }: CurveProps) {
  const t = inspectWords(locale);
  const path = (banding: { b: number; r: number }): string =>
    Array.from({ length: POINTS + 1 }, (_, point) => {
      const p = lshProbability({ s: point / POINTS, ...banding });
      return `${point === 0 ? 'M' : 'L'}${point} ${(100 - 100 * p).toFixed(2)}`;
    }).join('');
  const lee = useMemo(() => path(LEE), []);
  const most = Math.max(1, ...bins);
  const width = 100 / bins.length;
  return (
    <figure class="insp-curve">
      <figcaption>{t.axisY}</figcaption>
      <div>
        {TICKS.map((tick) => (
          <span key={tick} class="insp-level" style={{ insetBlockEnd: `${100 * tick}%` }}>
            {tick}
          </span>
        ))}
        <svg
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          role="img"
          aria-label={t.curveLabel(b, r)}
        >
          {TICKS.map((tick) => (
            <line key={tick} class="insp-grid" x1="0" x2="100" y1={100 * tick} y2={100 * tick} />
          ))}
          {bins.map((count, bin) => (
            <rect
              key={bin}
              class="insp-pairs-bar"
              x={bin * width + 0.15 * width}
              width={0.7 * width}
              y={100 - (count > 0 ? 4 + (26 * count) / most : 0)}
              height={count > 0 ? 4 + (26 * count) / most : 0}
            />
          ))}
          <line class="insp-threshold" x1={100 * threshold} x2={100 * threshold} y1="0" y2="100" />
          <path class="insp-lee" d={lee} />
          <path class="insp-yours" d={path({ b, r })} />
        </svg>
      </div>
      <div class="insp-ticks" aria-hidden="true">
        {TICKS.map((tick) => (
          <span key={tick} style={{ insetInlineStart: `${100 * tick}%` }}>
            {tick}
          </span>
        ))}
      </div>
      <p class="insp-note">{t.axisX}</p>
      <ul class="lab-legend">
        <li data-line="yours">{t.yours(b, r)}</li>
        <li data-line="lee">{t.lee}</li>
        <li data-line="threshold">{t.from(threshold.toFixed(2))}</li>
        <li data-line="pairs">{t.pairsBar}</li>
      </ul>
    </figure>
  );
}
