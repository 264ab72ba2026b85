import { useMemo } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import { MAX_EXPONENT } from '../training/state.ts';
import { trainingWords } from '../training/words.ts';
import { power } from '../values.ts';
import type { ScaleAccount } from './counts.ts';
import { percent } from './print.ts';

interface Props {
  locale: Locale;
  account: readonly ScaleAccount[];
  total: number;
  exponent: number;
  best: number;
}

/** Which scale loses least: what each scale loses, side by side. */
export function Account({ locale, account, total, exponent, best }: Props) {
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
