import type { Locale } from '~/i18n/locale.ts';
import { kitWords } from './words.ts';

interface Props {
  locale: Locale;
  /** What of the address could not be meant: key and value as they stand in it. */
  problems: readonly { key: string; value: string }[];
}

/** Says which parts of the address gave way to the example's values. */
export function BrokenAddress({ locale, problems }: Props) {
  if (problems.length === 0) return null;
  return (
    <div class="lab-notice" role="status">
      <p>{kitWords(locale).brokenAddress}</p>
      <ul>
        {problems.map(({ key, value }) => (
          <li key={key}>
            <code>
              {key}={value}
            </code>
          </li>
        ))}
      </ul>
    </div>
  );
}
