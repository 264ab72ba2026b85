import { type FormatName, rounderOf } from '../floats/index.ts';

/** A matrix inside an array: element (row, column) stands at offset + row·byRow + column·byColumn. */
export interface View {
  readonly values: Float64Array;
  readonly offset: number;
  readonly byRow: number;
  readonly byColumn: number;
}

/** out = a · b + start, out being rows × columns and `inner` the common side; `start` is one value a column. */
export interface Product {
  readonly out: View;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly a: View;
  readonly b: View;
  readonly start?: View;
}

export interface Arithmetic {
  readonly round: (x: number) => number;
  readonly multiply: (product: Product) => void;
}

/**
 * Arithmetic in which each operation is rounded to `format`. With `wideSums` the products and the running
 * sums of a matrix product are FP32 and only what is written to memory is rounded, as tensor cores do.
 *
 * Doubles carry it: a product or a sum of two numbers of up to 24 bits, rounded to double and then to
 * 24 bits or fewer, is the correctly rounded one (2p + 2 ≤ 53).
 */
export function arithmetic(format: FormatName, wideSums: boolean): Arithmetic {
  const round = rounderOf(format);
  // In FP32 both are the same; the other loop is faster when fewer formats go through it.
  return { round, multiply: wideSums || format === 'fp32' ? wide(round) : narrow(round) };
}

// Two loops of one shape: a call for each product would cost the wide one, by far the more used, half its speed.

const wide =
  (round: (x: number) => number) =>
  ({ out, rows, columns, inner, a, b, start }: Product): void => {
    const { values: av, byColumn: ak } = a;
    const { values: bv, byRow: bk } = b;
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        let sum = start ? (start.values[start.offset + column * start.byColumn] as number) : 0;
        let ai = a.offset + row * a.byRow;
        let bi = b.offset + column * b.byColumn;
        for (let k = 0; k < inner; k += 1) {
          sum = Math.fround(sum + Math.fround((av[ai] as number) * (bv[bi] as number)));
          ai += ak;
          bi += bk;
        }
        out.values[out.offset + row * out.byRow + column * out.byColumn] = round(sum);
      }
    }
  };

const narrow =
  (round: (x: number) => number) =>
  ({ out, rows, columns, inner, a, b, start }: Product): void => {
    const { values: av, byColumn: ak } = a;
    const { values: bv, byRow: bk } = b;
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        let sum = start ? (start.values[start.offset + column * start.byColumn] as number) : 0;
        let ai = a.offset + row * a.byRow;
        let bi = b.offset + column * b.byColumn;
        for (let k = 0; k < inner; k += 1) {
          sum = round(sum + round((av[ai] as number) * (bv[bi] as number)));
          ai += ak;
          bi += bk;
        }
        out.values[out.offset + row * out.byRow + column * out.byColumn] = sum;
      }
    }
  };
