import { FORMATS } from '~/engines/floats/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { trainingWords } from '../training/words.ts';
import { power } from '../values.ts';
import type { Bar, ZoneName } from './counts.ts';
import { percent } from './print.ts';

/** Binades on the axis. What lies beyond stands in the bars at the ends. */
export const FIRST = -48;
export const LAST = 23;
const WIDTH = LAST - FIRST + 1;
const TICKS = [-40, -32, -24, -14, 0, 16];

const { minNormal, underflowTie, overflowTie } = FORMATS.fp16;
/** Where the zones lie on the axis. Edges are bent to whole binades here; the bars' colours are exact. */
const BANDS: readonly { zone: Exclude<ZoneName, 'zero'>; from: number; to: number }[] = [
  { zone: 'underflow', from: FIRST, to: Math.log2(underflowTie) },
  { zone: 'subnormal', from: Math.log2(underflowTie), to: Math.log2(minNormal) },
  { zone: 'normal', from: Math.log2(minNormal), to: Math.log2(overflowTie) },
  { zone: 'overflow', from: Math.log2(overflowTie), to: LAST + 1 },
];

const across = (binade: number): string => `${((binade - FIRST) / WIDTH) * 100}%`;

interface Props {
  locale: Locale;
  bars: readonly Bar[];
  exponent: number;
  total: number;
}

/** Scaled gradients by binade, over the zones of FP16. */
export function Histogram({ locale, bars: drawn, exponent, total }: Props) {
  const t = trainingWords(locale);
  const sums = drawn.map(({ parts }) => parts.reduce((sum, { count }) => sum + count, 0));
  const most = Math.max(...sums, 1);
  return (
    <figure class="lt-histogram">
      <figcaption>
        {t.shareAxis}
        <span>{t.upToShare(percent(most / Math.max(total, 1)))}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t.picture(power(exponent))}
      >
        {BANDS.map(({ zone, from, to }) => (
          <rect
            key={zone}
            class="lt-band"
            data-fate={zone}
            x={from - FIRST}
            width={to - from}
            y="0"
            height="100"
          />
        ))}
        {drawn.map(({ binade, parts }) => {
          let top = 100;
          return parts.map(({ zone, count }) => {
            const height = (96 * count) / most;
            top -= height;
            return (
              <rect
                key={`${binade}${zone}`}
                class="lt-bar"
                data-fate={zone}
                x={binade - FIRST + 0.08}
                width="0.84"
                y={top}
                height={height}
              />
            );
          });
        })}
      </svg>
      <div class="lt-ticks" aria-hidden="true">
        {TICKS.map((binade) => (
          <span key={binade} style={{ insetInlineStart: across(binade) }}>
            {power(binade)}
          </span>
        ))}
      </div>
      <div class="lt-band-names" aria-hidden="true">
        {BANDS.map(({ zone, from, to }) => (
          <span
            key={zone}
            data-fate={zone}
            style={{
              insetInlineStart: across(from),
              inlineSize: `${((to - from) / WIDTH) * 100}%`,
            }}
          >
            {t.zonesShort[zone]}
          </span>
        ))}
      </div>
      <p class="lt-axis-name" aria-hidden="true">
        {t.axis}
      </p>
    </figure>
  );
}
