/** Small matrices, row by row. */
export type Matrix = readonly (readonly number[])[];

const row = (matrix: Matrix, index: number): readonly number[] =>
  matrix[index] as readonly number[];

export const rowsOf = (matrix: Matrix): number => matrix.length;
export const columnsOf = (matrix: Matrix): number => row(matrix, 0).length;
export const elements = (matrix: Matrix): number => rowsOf(matrix) * columnsOf(matrix);

export function multiply(left: Matrix, right: Matrix): number[][] {
  return left.map((own) =>
    row(right, 0).map((_, column) =>
      own.reduce((sum, value, inner) => sum + value * (row(right, inner)[column] as number), 0),
    ),
  );
}

export function transpose(matrix: Matrix): number[][] {
  return row(matrix, 0).map((_, column) => matrix.map((own) => own[column] as number));
}

export function map(matrix: Matrix, change: (value: number) => number): number[][] {
  return matrix.map((own) => own.map(change));
}

/** Entry by entry; both of one shape. */
export function combine(
  left: Matrix,
  right: Matrix,
  merge: (a: number, b: number) => number,
): number[][] {
  return left.map((own, r) => own.map((value, c) => merge(value, row(right, r)[c] as number)));
}

export function sum(parts: readonly Matrix[]): number[][] {
  const [first = [], ...rest] = parts;
  return rest.reduce<number[][]>(
    (total, part) => combine(total, part, (a, b) => a + b),
    map(first, (value) => value),
  );
}

export function columns(matrix: Matrix, from: number, to: number): number[][] {
  return matrix.map((own) => own.slice(from, to));
}

export function rows(matrix: Matrix, from: number, to: number): number[][] {
  return matrix.slice(from, to).map((own) => [...own]);
}

/** Side by side. */
export function joinColumns(parts: readonly Matrix[]): number[][] {
  return (parts[0] as Matrix).map((_, r) => parts.flatMap((part) => row(part, r)));
}

/** One under the other. */
export function joinRows(parts: readonly Matrix[]): number[][] {
  return parts.flatMap((part) => part.map((own) => [...own]));
}

/** Largest absolute difference of two entries. */
export function difference(left: Matrix, right: Matrix): number {
  return Math.max(...combine(left, right, (a, b) => Math.abs(a - b)).flat());
}
