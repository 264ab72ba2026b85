/** Whole numbers with separators. */
export const whole = (value: number): string => value.toLocaleString('en-US');

export const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)}%`;

/** Bytes as file managers print them. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** A probability with the digits that tell it apart from 0 and 1. */
export function chance(p: number): string {
  if (p > 0 && p < 0.001) return p < 1e-4 ? p.toExponential(0) : p.toFixed(4);
  return p.toFixed(3);
}
