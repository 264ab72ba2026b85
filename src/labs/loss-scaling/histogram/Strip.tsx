import type { Locale } from '~/i18n/locale.ts';
import { trainingWords } from '../training/words.ts';
import { ZONES, type ZoneName } from './counts.ts';
import { percent } from './print.ts';

interface Props {
  locale: Locale;
  counts: Readonly<Record<ZoneName, number>>;
  total: number;
}

/** All gradients as one bar, with the shares in numbers. */
export function Strip({ locale, counts, total }: Props) {
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
