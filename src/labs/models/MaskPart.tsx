import {
  attendedPairs,
  attentionMask,
  MASKS,
  type MaskCell,
  type MaskName,
} from '~/engines/attention/index.ts';
import { decimal } from '~/format/number.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import type { PartProps } from './part.ts';
import { RANGES } from './state.ts';
import { modelsWords, type Words } from './words.ts';

const CELLS = ['back', 'ahead', 'cross', 'none'] as const satisfies readonly MaskCell[];
const CELL = 20;

/** The masks of the four families over the same positions. */
export function MaskPart({ locale, state, set }: PartProps) {
  const t = modelsWords(locale);
  const { length, input } = state;
  const most = length - 1;
  const grids = MASKS.map((mask) => ({ mask, rows: attentionMask({ mask, length, input }) }));
  return (
    <section class="atlas-part" aria-labelledby="atlas-masks">
      <h3 id="atlas-masks">{t.masksTitle}</h3>
      <div class="lab-panel">
        <NumberField
          locale={locale}
          label={t.length}
          value={length}
          min={RANGES.length[0]}
          max={RANGES.length[1]}
          whole
          onChange={(next) => set({ length: next })}
        />
        <NumberField
          locale={locale}
          label={t.input}
          value={input}
          min={RANGES.input[0]}
          max={RANGES.input[1]}
          sliderMax={Math.max(most, 2)}
          whole
          refuse={(next) => (next > most ? t.inputRule(most) : undefined)}
          onChange={(next) => set({ input: next })}
        />
      </div>
      <ul class="lab-legend atlas-cells">
        {CELLS.map((cell) => (
          <li key={cell}>
            <svg viewBox="-1 -1 22 22" width="18" height="18" aria-hidden="true">
              <Cells rows={[[cell]]} />
            </svg>
            {t.maskLegend[cell]}
          </li>
        ))}
      </ul>
      <div class="atlas-masks">
        {grids.map(({ mask, rows }) => (
          <Grid key={mask} t={t} mask={mask} rows={rows} length={length} input={input} />
        ))}
      </div>
      <p class="atlas-hint">{t.maskNote}</p>
      <TableOf
        locale={locale}
        caption={t.maskTable}
        head={[t.position, ...MASKS.map((mask) => t.masks[mask])]}
        rows={Array.from({ length }, (_, i) => [
          String(i + 1),
          ...grids.map(({ rows }) => spans(t, rows[i] as MaskCell[])),
        ])}
      />
    </section>
  );
}

function Grid({
  t,
  mask,
  rows,
  length,
  input,
}: {
  t: Words;
  mask: MaskName;
  rows: MaskCell[][];
  length: number;
  input: number;
}) {
  const pairs = attendedPairs({ mask, length, input });
  const edge = length * CELL;
  const split = mask === 'prefix' || mask === 'encoder-decoder';
  const terms =
    mask === 'encoder' ? 'n²' : mask === 'decoder' ? 'n(n + 1)/2' : 'n(n + 1)/2 + p(p − 1)/2';
  const numbers =
    mask === 'encoder'
      ? `${length}²`
      : mask === 'decoder'
        ? `${length} × ${length + 1}/2`
        : `${length} × ${length + 1}/2 + ${input} × ${input - 1}/2`;
  return (
    <figure class="atlas-mask">
      <figcaption>
        <b>{t.masks[mask]}</b>
        <span>{t.maskModels[mask]}</span>
      </figcaption>
      <svg
        viewBox={`-1 -1 ${edge + 2} ${edge + 2}`}
        role="img"
        aria-label={t.maskAlt(t.masks[mask], pairs, length * length)}
      >
        <Cells rows={rows} />
        {split && (
          <path d={`M${input * CELL} 0 V${edge} M0 ${input * CELL} H${edge}`} class="atlas-split" />
        )}
      </svg>
      <p>
        {terms} = {numbers} = <b>{decimal(pairs, 0)}</b>
        <span>{t.pairs(decimal(pairs, 0), decimal(length * length, 0))}</span>
      </p>
    </figure>
  );
}

/** One path for each kind of cell and of sign on it, since a drag redraws them all. */
function Cells({ rows }: { rows: readonly (readonly MaskCell[])[] }) {
  const each = (kind: MaskCell, draw: (x: number, y: number) => string): string =>
    rows
      .flatMap((row, i) => row.map((cell, j) => (cell === kind ? draw(j * CELL, i * CELL) : '')))
      .join('');
  return (
    <>
      {CELLS.map((cell) => (
        <path
          key={cell}
          d={each(cell, (x, y) => `M${x + 1.5} ${y + 1.5}h17v17h-17Z`)}
          class="atlas-cell"
          data-cell={cell}
        />
      ))}
      <path d={each('ahead', (x, y) => `M${x + 6} ${y + 10}h8m-3-3l3 3l-3 3`)} class="atlas-sign" />
      <path
        d={each('cross', (x, y) => `M${x + 7} ${y + 10}a3 3 0 1 0 6 0a3 3 0 1 0-6 0`)}
        class="atlas-dot"
      />
    </>
  );
}

/** Every row of these masks reads one run of positions. */
function spans(t: Words, row: readonly MaskCell[]): string {
  const seen = row.flatMap((cell, j) => (cell === 'none' ? [] : [j + 1]));
  return t.span(seen[0] as number, seen.at(-1) as number);
}
