import { useMemo } from 'preact/hooks';
import { gradientWindow } from '~/engines/loss-scaling/index.ts';
import { decimal, scientific } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Segments } from '../../kit/Segments.tsx';
import { Verdict } from '../../kit/Verdict.tsx';
import { Dial } from '../Dial.tsx';
import { MAX_EXPONENT } from '../training/state.ts';
import { trainingWords } from '../training/words.ts';
import { power } from '../values.ts';
import { Account } from './Account.tsx';
import {
  accounts,
  bars,
  bestScale,
  type Gradients,
  type LiveGradients,
  prepare,
  type ScaleAccount,
  zoneCounts,
} from './counts.ts';
import { FIRST, Histogram, LAST } from './Histogram.tsx';
import { Origin } from './Origin.tsx';
import { percent } from './print.ts';
import { speechGradients, ssdGradients } from './published.ts';
import { Strip } from './Strip.tsx';
import { type HistogramState, PRESETS, type Preset } from './state.ts';
import { Tables } from './Tables.tsx';

interface Props {
  locale: Locale;
  state: HistogramState;
  onState: (state: HistogramState) => void;
  /** Gradients of the training run; null until it has trained. */
  live: LiveGradients | null;
}

const published = new Map<Preset, Gradients>();
function gradientsOf(preset: Preset, live: LiveGradients | null): Gradients | null {
  if (preset === 'live') return live && prepare(live.gradients);
  const known = published.get(preset);
  if (known) return known;
  const fresh = prepare(preset === 'ssd' ? ssdGradients() : speechGradients());
  published.set(preset, fresh);
  return fresh;
}

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

function significant(value: number): string {
  return value >= 1 ? decimal(value, value >= 100 ? 0 : 2) : scientific(value, 1);
}
