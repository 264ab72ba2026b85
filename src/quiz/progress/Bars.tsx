interface Row {
  label: string;
  value: number;
  /** The value as printed. */
  text: string;
}

interface Props {
  /** Heads of the table: what the bars are, and what they measure. */
  heads: readonly [string, string];
  rows: readonly Row[];
  tableLabel: string;
  /** What a full bar stands for; the largest value by default. */
  full?: number;
}

/** Upright bars with the same numbers as a table. */
export function Bars({ heads, rows, tableLabel, full }: Props) {
  const top = full ?? Math.max(1, ...rows.map(({ value }) => value));
  const crowded = rows.length > 16;
  // Labels that would run into each other are left to the table.
  const every = crowded ? 7 : rows.length > 10 ? 2 : 1;
  return (
    <>
      <div class="bars" aria-hidden="true" data-crowded={every > 1 ? '' : undefined}>
        {rows.map(({ label, value, text }, index) => (
          <div key={label}>
            <b>{value > 0 && !crowded ? text : ''}</b>
            <i
              style={{ blockSize: `${(value / top) * 100}%` }}
              data-none={value === 0 ? '' : undefined}
            />
            <small>{(rows.length - 1 - index) % every === 0 ? label : ''}</small>
          </div>
        ))}
      </div>
      <details class="bars-table">
        <summary>{tableLabel}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{heads[0]}</th>
              <th scope="col">{heads[1]}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, text }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
