import type { Lengths as Summary } from '~/engines/sft-data/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Scroll } from '../../kit/Scroll.tsx';
import { TableOf } from '../../kit/TableOf.tsx';
import { whole } from './print.ts';
import { inspectWords } from './words.ts';

/** How long the examples are. */
export function Lengths({ locale, lengths }: { locale: Locale; lengths: Summary }) {
  const t = inspectWords(locale);
  if (lengths.count === 0) return null;
  const most = Math.max(...lengths.bins.map(({ count }) => count));
  return (
    <div class="insp-part insp-lengths">
      <h4>{t.lengthsTitle}</h4>
      <p>{t.lengths(whole(lengths.median), whole(lengths.p95), whole(lengths.most))}</p>
      <Scroll label={t.lengthsTitle}>
        <div class="insp-bars" role="img" aria-label={t.lengthsLabel}>
          {lengths.bins.map(({ from, count }) => (
            <div key={from}>
              <span>{whole(count)}</span>
              <i style={{ blockSize: `${(100 * count) / most}%` }} />
              <span>{short(from)}</span>
            </div>
          ))}
        </div>
      </Scroll>
      <p class="insp-note">{t.lengthsNote}</p>
      <TableOf
        locale={locale}
        caption={t.lengthsHead.join(' · ')}
        head={t.lengthsHead}
        rows={lengths.bins.map(({ from, to, count }) => [
          `${whole(from)}–${whole(to)}`,
          whole(count),
        ])}
      />
    </div>
  );
}

/** Where a bin begins: powers of two, so that 1,024 may be 1K. */
function short(from: number): string {
  if (from >= 2 ** 20) return `${from / 2 ** 20}M`;
  return from >= 1024 ? `${from / 1024}K` : String(from);
}
