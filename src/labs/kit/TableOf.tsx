import type { ComponentChildren } from 'preact';
import type { Locale } from '~/i18n/locale.ts';
import { Scroll } from './Scroll.tsx';
import { TableHead } from './TableHead.tsx';
import { kitWords } from './words.ts';

interface Props {
  locale: Locale;
  caption: string;
  head: readonly string[];
  /** The first cell of a row is its heading. */
  rows: readonly (readonly ComponentChildren[])[];
}

/** What a picture shows, as a table: for screen readers, for copying, for whoever prefers numbers. */
export function TableOf({ locale, caption, head, rows }: Props) {
  return (
    <details class="lab-table">
      <summary>
        {kitWords(locale).table}
        <span>{caption}</span>
      </summary>
      <Scroll label={caption}>
        <table>
          <caption class="visually-hidden">{caption}</caption>
          <TableHead cells={head} />
          <tbody>
            {rows.map(([first, ...rest], index) => (
              <tr key={index}>
                <th scope="row">{first}</th>
                {rest.map((cell, column) => (
                  <td key={head[column + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
