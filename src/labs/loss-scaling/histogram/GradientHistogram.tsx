import { useEffect, useMemo, useState } from 'preact/hooks';
import { FORMATS } from '~/engines/floats/index.ts';
import { gradientWindow } from '~/engines/loss-scaling/index.ts';
import { decimal, scientific } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Segments } from '../../kit/Segments.tsx';
import { TableOf } from '../../kit/TableOf.tsx';
import { Verdict } from '../../kit/Verdict.tsx';
import { Dial } from '../Dial.tsx';
import { type HistogramState, MAX_EXPONENT, PRESETS, type Preset } from '../training/state.ts';
import { trainingWords } from '../training/words.ts';
import { power } from '../values.ts';
import {
  accounts,
  type Bar,
  bars,
  bestScale,
  type Gradients,
  prepare,
  type ScaleAccount,
  ZONES,
  type ZoneName,
  zoneCounts,
} from './counts.ts';
import { speechGradients, ssdGradients } from './published.ts';

export interface LiveGradients {
  readonly gradients: Float32Array;
  readonly step: number;
}

interface Props {
  locale: Locale;
  state: HistogramState;
  onState: (state: HistogramState) => void;
  /** Gradients of the training run; null until it has trained. */
  live: LiveGradients | null;
}

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

/** Binades on the axis. What lies beyond stands in the bars at the ends. */
const FIRST = -48;
const LAST = 23;
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

const published = new Map<Preset, Gradients>();
function gradientsOf(preset: Preset, live: LiveGradients | null): Gradients | null {
  if (preset === 'live') return live && prepare(live.gradients);
  const known = published.get(preset);
  if (known) return known;
  const fresh = prepare(preset === 'ssd' ? ssdGradients() : speechGradients());
  published.set(preset, fresh);
  return fresh;
}

const across = (binade: number): string => `${((binade - FIRST) / WIDTH) * 100}%`;

/** Gradients by exponent, coloured by what FP16 makes of them, and the loss scale that shifts them. */
export function GradientHistogram({ locale, state, onState, live }: Props) {
  const t = trainingWords(locale);
  const { preset, exponent } = state;
  const gradients = useMemo(
    () => gradientsOf(preset, live),
    [preset, preset === 'live' ? live : null],
  );
  const account = useMemo(() => (gradients ? accounts(gradients) : null), [gradients]);
  const origin = useMemo(
    () => gradients && <Origin locale={locale} preset={preset} gradients={gradients} live={live} />,
    [locale, preset, gradients, live],
  );
  return (
    <section class="ls-part lt-gradients" aria-labelledby="lt-gradients-title">
      <h3 id="lt-gradients-title">{t.histogramTitle}</h3>
      <div class="lt-gradient-controls">
        <Segments
          label={t.gradients}
          value={preset}
          options={PRESETS.map((value) => ({ value, label: t.presets[value] }))}
          onChange={(value) => onState({ ...state, preset: value })}
        />
        <Dial
          locale={locale}
          label={t.scale}
          ofTwo
          value={exponent}
          max={MAX_EXPONENT}
          onValue={(value) => onState({ ...state, exponent: value })}
        />
      </div>
      {gradients && account ? (
        <Shown
          locale={locale}
          gradients={gradients}
          account={account}
          exponent={exponent}
          onExponent={(value) => onState({ ...state, exponent: value })}
        />
      ) : (
        <p role="status">{t.liveMissing}</p>
      )}
      {origin}
    </section>
  );
}

interface ShownProps {
  locale: Locale;
  gradients: Gradients;
  account: readonly ScaleAccount[];
  exponent: number;
  onExponent: (exponent: number) => void;
}

function Shown({ locale, gradients, account, exponent, onExponent }: ShownProps) {
  const t = trainingWords(locale);
  const total = gradients.magnitudes.length;
  const counts = zoneCounts(gradients, exponent);
  const drawn = bars(gradients, exponent, FIRST, LAST);
  const best = bestScale(account);
  const share = (count: number) => percent(count / Math.max(total, 1));
  const window = gradientWindow({ scale: 2 ** exponent });
  return (
    <>
      <Histogram locale={locale} bars={drawn} exponent={exponent} total={total} />
      <Strip locale={locale} counts={counts} total={total} />
      <div class="lt-conditions">
        <p>
          {t.kept} <b>|g|·S &gt; 2⁻²⁵</b>: |g| &gt; 2⁻²⁵ / {power(exponent)} ={' '}
          {power(Math.log2(window.keepAbove))} ≈ {scientific(window.keepAbove, 1)}
          <span>{t.countKept(decimal(total - counts.zero - counts.underflow, 0))}</span>
        </p>
        <p>
          {t.lost} <b>|g|·S ≥ 65520</b>: |g| ≥ 65520 / {power(exponent)} ≈{' '}
          {significant(window.overflowFrom)}
          <span>{t.countLost(decimal(counts.overflow, 0))}</span>
        </p>
      </div>
      <Account
        locale={locale}
        account={account}
        total={total}
        exponent={exponent}
        best={best.exponent}
      />
      <div class="lt-best">
        <Verdict good={counts.overflow === 0 && counts.underflow === best.underflow}>
          {counts.overflow > 0
            ? best.overflow > 0
              ? t.tooLargeAtAny(power(best.exponent), decimal(best.overflow, 0))
              : t.tooLarge(power(exponent), decimal(counts.overflow, 0))
            : counts.underflow === best.underflow
              ? counts.underflow === 0
                ? t.losesNone(power(exponent))
                : t.bestHere(power(exponent), share(counts.underflow))
              : best.underflow === 0
                ? t.losesAll(power(exponent), share(counts.underflow), power(best.exponent))
                : t.loses(
                    power(exponent),
                    share(counts.underflow),
                    power(best.exponent),
                    share(best.underflow),
                  )}
        </Verdict>
        <button
          type="button"
          aria-disabled={exponent === best.exponent || undefined}
          onClick={() => onExponent(best.exponent)}
        >
          {t.best(power(best.exponent))}
        </button>
      </div>
      <Tables locale={locale} gradients={gradients} account={account} exponent={exponent} />
    </>
  );
}

interface HistogramProps {
  locale: Locale;
  bars: readonly Bar[];
  exponent: number;
  total: number;
}

function Histogram({ locale, bars: drawn, exponent, total }: HistogramProps) {
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

interface StripProps {
  locale: Locale;
  counts: Readonly<Record<ZoneName, number>>;
  total: number;
}

/** All gradients as one bar, with the shares in numbers. */
function Strip({ locale, counts, total }: StripProps) {
  const t = trainingWords(locale);
  return (
    <div class="lt-strip">
      <div aria-hidden="true">
        {ZONES.map((zone) => (
          <i key={zone} data-fate={zone} style={{ flexGrow: counts[zone] }} />
        ))}
      </div>
      <dl>
        {ZONES.map((zone) => (
          <div key={zone} data-fate={zone}>
            <dt>{t.zones[zone]}</dt>
            <dd>{percent(counts[zone] / Math.max(total, 1))}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

interface AccountProps {
  locale: Locale;
  account: readonly ScaleAccount[];
  total: number;
  exponent: number;
  best: number;
}

/** Which scale loses least: what each scale loses, side by side. */
function Account({ locale, account, total, exponent, best }: AccountProps) {
  const t = trainingWords(locale);
  const most = Math.max(1, ...account.map(({ underflow, overflow }) => underflow + overflow));
  const columns = MAX_EXPONENT + 1;
  // The picture hangs on the gradients alone; only the marks move with the scale.
  const columnsDrawn = useMemo(
    () =>
      account.map(({ exponent: at, underflow, overflow }) => {
        const low = (96 * underflow) / most;
        // One overflow costs the step: it must be seen though it is one in 100,000.
        const high = overflow > 0 ? Math.max((96 * overflow) / most, 4) : 0;
        return (
          <g key={at}>
            <rect
              class="lt-bar"
              data-fate="underflow"
              x={at + 0.1}
              width="0.8"
              y={100 - low}
              height={low}
            />
            <rect
              class="lt-bar"
              data-fate="overflow"
              x={at + 0.1}
              width="0.8"
              y={Math.max(0, 100 - low - high)}
              height={high}
            />
          </g>
        );
      }),
    [account, most],
  );
  const place = (at: number) => `${((at + 0.5) / columns) * 100}%`;
  return (
    <figure class="lt-account">
      <figcaption>
        {t.accountTitle}
        <span>{t.upToShare(percent(most / Math.max(total, 1)))}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${columns} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t.accountPicture}
      >
        <rect class="lt-here" x={exponent} width="1" y="0" height="100" />
        {columnsDrawn}
      </svg>
      <div class="lt-ticks" aria-hidden="true">
        {[0, 8, 16, 24, 32, 40].map((at) => (
          <span key={at} style={{ insetInlineStart: place(at) }}>
            {power(at)}
          </span>
        ))}
        <b style={{ insetInlineStart: place(best) }}>▲</b>
      </div>
    </figure>
  );
}

interface TablesProps {
  locale: Locale;
  gradients: Gradients;
  account: readonly ScaleAccount[];
  exponent: number;
}

/** While the slider moves the tables wait: a hundred rows that nobody reads then would cost the frame. */
const REST_MS = 200;

function Tables({ locale, gradients, account, exponent }: TablesProps) {
  const [rested, setRested] = useState(exponent);
  useEffect(() => {
    const timer = setTimeout(() => setRested(exponent), REST_MS);
    return () => clearTimeout(timer);
  }, [exponent]);
  return useMemo(
    () => <Numbers locale={locale} gradients={gradients} account={account} exponent={rested} />,
    [locale, gradients, account, rested],
  );
}

function Numbers({ locale, gradients, account, exponent }: TablesProps) {
  const t = trainingWords(locale);
  const total = gradients.magnitudes.length;
  const share = (count: number) => percent(count / Math.max(total, 1));
  const rows = bars(gradients, exponent, FIRST, LAST).flatMap(({ binade, parts }) =>
    parts.map(({ zone, count }) => [
      binade === FIRST
        ? t.upTo(power(FIRST + 1))
        : binade === LAST
          ? t.from(power(LAST))
          : `${power(binade)} – ${power(binade + 1)}`,
      decimal(count, 0),
      share(count),
      t.zonesShort[zone],
    ]),
  );
  return (
    <div>
      <TableOf
        locale={locale}
        caption={t.tableCaption}
        head={[t.magnitude, t.count, t.share, t.zone]}
        rows={[
          ['0', decimal(gradients.zeros, 0), share(gradients.zeros), t.zonesShort.zero],
          ...rows,
        ]}
      />
      <TableOf
        locale={locale}
        caption={t.accountCaption}
        head={[t.scale, t.zonesShort.underflow, t.zonesShort.overflow]}
        rows={account.map((one) => [
          power(one.exponent),
          share(one.underflow),
          share(one.overflow),
        ])}
      />
    </div>
  );
}

interface OriginProps {
  locale: Locale;
  preset: Preset;
  gradients: Gradients;
  live: LiveGradients | null;
}

/** Where the gradients come from, and what of them is published. */
function Origin({ locale, preset, gradients, live }: OriginProps) {
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

/** 0 %, 66.8 %, <0.1 %: a share that is not nothing is not printed as nothing. */
function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  return `${decimal(share * 100, share === 0 || share === 1 ? 0 : 1)}%`;
}

function significant(value: number): string {
  return value >= 1 ? decimal(value, value >= 100 ? 0 : 2) : scientific(value, 1);
}
