/** How the lab prints single numbers. */
import { decimal, powerOfTwo, scientific, superscript } from '~/format/number.ts';

/** A number as a reader takes it in: 65,504 · 0.395263672 · 5.96×10⁻⁸ · ∞. */
export function plain(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return Object.is(value, -0) ? '−0' : '0';
  const magnitude = Math.abs(value);
  if (Number.isInteger(value) && magnitude < 1e9) return decimal(value, 0);
  if (magnitude >= 1e-4 && magnitude < 1e7) {
    return String(Number(value.toPrecision(9))).replace('-', '−');
  }
  return scientific(Number(value.toPrecision(5)), digitsOf(value)).replace('-', '−');
}

/** Digits after the point that a five-digit significand needs. */
function digitsOf(value: number): number {
  const [significand] = Number(value.toPrecision(5)).toExponential().split('e') as [string];
  return significand.replace('-', '').length > 1 ? significand.replace('-', '').length - 2 : 0;
}

/** Not by Math.log2 alone, which rounds: it is whole for the neighbours of a power too. */
const isPower = (value: number): boolean =>
  value > 0 && value < Infinity && 2 ** Math.round(Math.log2(value)) === value;

/** '2⁻²⁷' for a power of two that is easier read as one, else as `plain`. */
export function short(value: number): string {
  return isPower(value) && Math.abs(Math.log2(value)) > 4 ? powerOfTwo(value) : plain(value);
}

/** '2⁻²⁷ ≈ 7.45×10⁻⁹', '65,536 = 2¹⁶', else as `plain`. */
export function both(value: number): string {
  if (!isPower(value) || Math.abs(Math.log2(value)) <= 4) return plain(value);
  return Number.isInteger(value) && value < 1e9
    ? `${plain(value)} = ${powerOfTwo(value)}`
    : `${powerOfTwo(value)} ≈ ${scientific(value, 2)}`;
}

export const whole = (value: number): string => decimal(value, 0);

export const power = (exponent: number): string => `2${superscript(exponent)}`;

/** What is typed back into a field: no separators, no typographic signs. */
export function typed(value: number): string {
  if (isPower(value) && Math.abs(Math.log2(value)) > 16) return `2^${Math.log2(value)}`;
  return Object.is(value, -0) ? '-0' : String(value);
}
