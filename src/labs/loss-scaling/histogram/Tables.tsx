import { useEffect, useMemo, useState } from 'preact/hooks';
import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { TableOf } from '../../kit/TableOf.tsx';
import { trainingWords } from '../training/words.ts';
import { power } from '../values.ts';
import { bars, type Gradients, type ScaleAccount } from './counts.ts';
import { FIRST, LAST } from './Histogram.tsx';
import { percent } from './print.ts';

interface Props {
  locale: Locale;
  gradients: Gradients;
  account: readonly ScaleAccount[];
  exponent: number;
}

/** While the slider moves the tables wait: a hundred rows that nobody reads then would cost the frame. */
const REST_MS = 200;

/** The pictures in numbers. */
export function Tables({ locale, gradients, account, exponent }: Props) {
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

function Numbers({ locale, gradients, account, exponent }: Props) {
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
