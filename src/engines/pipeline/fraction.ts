/** An exact ratio in lowest terms, `[numerator, denominator]`, so that 3/11 stays 3/11. */
export type Fraction = readonly [numerator: number, denominator: number];

/** Reduces numerator/denominator of two safe integers, denominator > 0: reduced(6, 8) → [3, 4]. */
export function reduced(numerator: number, denominator: number): Fraction {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return [numerator / divisor, denominator / divisor];
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
