/** Agreement of two annotators beyond chance. */
import { finiteNumber } from '../arguments.ts';

/**
 * Cohen's κ = (p_o − p_e) / (1 − p_e) from a square table: `table[i][j]` counts (or shares of) items
 * that the first annotator put in class i and the second in class j.
 *
 * @throws TypeError if `table` is not a list of lists; RangeError if it is not square with at least
 * two classes, holds a negative value or no item, or if chance agreement is already 1 (κ is undefined).
 */
export function cohenKappa(input: { table: readonly (readonly number[])[] }): {
  observed: number;
  expected: number;
  kappa: number;
} {
  const { table } = input;
  if (!Array.isArray(table) || !table.every(Array.isArray)) {
    throw new TypeError(`table must be a list of lists of numbers, got ${String(table)}`);
  }
  const classes = table.length;
  if (classes < 2 || table.some((row) => row.length !== classes)) {
    throw new RangeError(
      `table must be square with at least 2 classes, got rows of ${table.map((row) => row.length)}`,
    );
  }
  table.forEach((row, i) => {
    row.forEach((value, j) => {
      finiteNumber(`table[${i}][${j}]`, value);
    });
  });
  const first = table.map(sum);
  const second = table.map((_, j) => sum(table.map((row) => row[j]!)));
  const items = sum(first);
  if (items === 0) throw new RangeError('table must hold at least one item, got 0');
  const observed = sum(table.map((row, i) => row[i]!)) / items;
  // Multiplied, not squared: one class alone then gives 1 exactly, whatever its count.
  const expected = sum(first.map((count, i) => count * second[i]!)) / (items * items);
  if (expected >= 1) {
    throw new RangeError(
      'table must use more than one class: κ is undefined at chance agreement 1',
    );
  }
  return { observed, expected, kappa: (observed - expected) / (1 - expected) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
