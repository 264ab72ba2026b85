const LN2 = Math.LN2;
/** Taylor coefficients of e^x − 1, highest first; on |x| ≤ ln 2 / 2 the next term is under 2^-57 of the sum. */
const COEFFICIENTS = [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(
  (n) => 1 / Array.from({ length: n }, (_, i) => i + 1).reduce((product, k) => product * k, 1),
);

/**
 * tanh x from additions, multiplications and one division. Math.tanh may differ in its last bit from
 * browser to browser, and training carries a last bit far; these operations may not.
 */
export function tanh(x: number): number {
  if (x === 0) return x;
  const magnitude = Math.abs(x);
  // From here on 1 is the nearest double.
  if (magnitude > 20) return x < 0 ? -1 : 1;
  // tanh x = (e^2x − 1) / (e^2x + 1), and e^2x − 1 = 2^k (e^r − 1) + (2^k − 1) loses nothing near 0.
  const twice = 2 * magnitude;
  const k = Math.round(twice / LN2);
  const r = twice - k * LN2;
  let sum = 0;
  for (const coefficient of COEFFICIENTS) sum = (sum + coefficient) * r;
  const power = 2 ** k;
  const grown = power * sum + (power - 1);
  const value = grown / (grown + 2);
  return x < 0 ? -value : value;
}
