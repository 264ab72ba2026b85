import type { Matrix, Share } from '~/engines/tensor-parallel/index.ts';
import { entry } from './print.ts';
import type { Words } from './words.ts';

interface Props {
  t: Words;
  /** As printed: 'A₀', 'dZ'. */
  name: string;
  matrix: Matrix;
  /** Which rank owns an entry; undefined leaves it without colour. */
  owner?: (row: number, column: number) => number | undefined;
  partial?: boolean;
  /** Where this matrix comes from, read out before a name that stands on the page twice. */
  of?: string;
}

/** A matrix with its numbers. Its rank's colour is repeated in its name or in the heads around it. */
export function Grid({ t, name, matrix, owner, partial = false, of }: Props) {
  const columns = matrix[0]?.length ?? 0;
  const digits = columns > 4 ? 1 : 2;
  const printed = matrix.map((row) => row.map((value) => entry(value, digits)));
  const entries = printed.map((row) => row.join(' ')).join('; ');
  const told = t.matrix(name, matrix.length, columns, entries);
  return (
    <figure class="tp-matrix" data-partial={partial ? '' : undefined}>
      <figcaption>
        <Name name={name} /> <span>{`${matrix.length}×${columns}`}</span>
      </figcaption>
      <div role="img" aria-label={of ? `${of}: ${told}` : told} style={{ '--columns': columns }}>
        {printed.map((row, r) =>
          row.map((value, c) => {
            const rank = owner?.(r, c);
            return (
              <span
                key={`${r}-${c}`}
                style={rank === undefined ? undefined : { '--rank': rank }}
                data-rank={rank === undefined ? undefined : ''}
              >
                {value}
              </span>
            );
          }),
        )}
      </div>
    </figure>
  );
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇';

/** 'Wq' of rank 3 is Wq₃; a letter behind the first is a subscript of its own. */
export function labelOf(name: string, share: Share, rank: number): string {
  return share === 'whole' ? name : `${name}${SUBSCRIPTS[rank] ?? rank}`;
}

/** The name in italics as in a formula, with q, k, v and o set low. */
export function Name({ name }: { name: string }) {
  const [, letters = name, low = '', rest = ''] = /^(d?[A-Z])([qkvo]?)(.*)$/.exec(name) ?? [];
  return (
    <b class="tp-name">
      <i>{letters}</i>
      {low !== '' && <sub>{low}</sub>}
      {rest}
    </b>
  );
}
