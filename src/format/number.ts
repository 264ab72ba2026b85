/** How numbers are printed everywhere: the same strings in both languages, tabular in the stylesheet. */

const BYTES_PER = {
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
} as const;

export type ByteUnit = keyof typeof BYTES_PER;
export const BYTE_UNITS = Object.keys(BYTES_PER) as ByteUnit[];

export const NUMBER_FORMATS = [
  ...BYTE_UNITS,
  'percent',
  'times',
  'integer',
  'decimal',
  'pow2',
  'sci',
  'params',
  'text',
] as const;
export type NumberFormat = (typeof NUMBER_FORMATS)[number];

/** By their digits: to make one takes fifty times as long as to print with it. */
const printers = new Map<number, Intl.NumberFormat>();

/** 65504 → '65,504'; −1234.5 with one digit → '−1,234.5', with a real minus sign. */
export function decimal(value: number, digits = 1): string {
  let printer = printers.get(digits);
  if (!printer) {
    printer = new Intl.NumberFormat('en-US', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    printers.set(digits, printer);
  }
  return printer.format(value).replace('-', '−');
}

/** bytes(31_406_250_000, 'GB') → '31.4 GB'. */
export function bytes(value: number, unit: ByteUnit, digits = 1): string {
  return `${decimal(value / BYTES_PER[unit], digits)} ${unit}`;
}

/** params(7.5e9) → '7.5B'; params(350e6) → '350M'. A whole number of units is printed without digits. */
export function params(value: number, digits = 1): string {
  const [unit, per] =
    value >= 1e12 ? ['T', 1e12] : value >= 1e9 ? ['B', 1e9] : value >= 1e6 ? ['M', 1e6] : ['', 1];
  const scaled = value / Number(per);
  return `${decimal(scaled, Number.isInteger(scaled) ? 0 : digits)}${unit}`;
}

/** powerOfTwo(2 ** -24) → '2⁻²⁴'. Throws RangeError for anything but an exact power of two. */
export function powerOfTwo(value: number): string {
  const exponent = Math.round(Math.log2(value));
  // The logarithm of a power's neighbours rounds to the same whole number.
  if (2 ** exponent !== value) {
    throw new RangeError(`pow2 prints exact powers of two only, got ${value}`);
  }
  return `2${superscript(exponent)}`;
}

/** scientific(5.96e-8) → '5.96×10⁻⁸'. */
export function scientific(value: number, digits = 2): string {
  const [mantissa, exponent] = value.toExponential(digits).split('e') as [string, string];
  return `${mantissa}×10${superscript(Number(exponent))}`;
}

/** superscript(-24) → '⁻²⁴'. */
export function superscript(exponent: number): string {
  return String(exponent).replace(/[-0-9]/g, (c) =>
    c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(c)),
  );
}

/** One number or string by the name of its format; `digits` after the point, by default what suits the format. */
export function formatNumber(value: unknown, as: NumberFormat, digits?: number): string {
  if (as === 'text') return String(value);
  if (typeof value !== 'number' || Number.isNaN(value)) {
    throw new TypeError(`"${as}" prints a number, got ${String(value)}`);
  }
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  switch (as) {
    case 'percent':
      return `${decimal(value * 100, digits ?? 1)}%`;
    case 'times':
      return `${decimal(value, digits ?? 1)}×`;
    case 'integer':
      return decimal(value, 0);
    case 'decimal':
      return decimal(value, digits ?? 1);
    case 'pow2':
      return powerOfTwo(value);
    case 'sci':
      return scientific(value, digits ?? 2);
    case 'params':
      return params(value, digits ?? 1);
    default:
      return bytes(value, as, digits ?? 1);
  }
}
