import { oneOf } from '../arguments.ts';
import { type FloatFormat, FORMAT_NAMES, FORMATS, type FormatName } from './formats.ts';

/**
 * Rounding without a division, a power or a loop: adding and subtracting 1.5 · 2^52 quanta makes the
 * processor's own addition round to a whole quantum, ties to even. Which quantum is looked up by the
 * exponent field of the double, so that subnormals need no case of their own.
 */
export interface Rounding {
  /** By exponent field: 1.5 · 2^52 times the distance between neighbours there. */
  readonly shifts: Float64Array;
  /** Magnitudes from here on are past the top. */
  readonly limit: number;
  /** What they become: infinity, NaN in E4M3, the largest number in FP6 and FP4. */
  readonly past: number;
  readonly maxFinite: number;
}

const EXPONENT_FIELDS = 2048;
const FIELD_BIAS = 1023;

function rounding(f: FloatFormat): Rounding {
  const shifts = new Float64Array(EXPONENT_FIELDS);
  for (let field = 0; field < EXPONENT_FIELDS; field += 1) {
    const exponent = Math.min(Math.max(field - FIELD_BIAS, f.emin), f.emax);
    shifts[field] = 1.5 * 2 ** (52 + exponent - f.mantissaBits);
  }
  return {
    shifts,
    // The tie itself stays inside where maxFinite is even; the next double above it does not.
    limit: f.overflowsAtTie ? f.overflowTie : f.overflowTie * (1 + Number.EPSILON),
    past: f.special === 'none' ? f.maxFinite : f.hasInfinity ? Infinity : NaN,
    maxFinite: f.maxFinite,
  };
}

export const ROUNDINGS = Object.freeze(
  Object.fromEntries(FORMAT_NAMES.map((name) => [name, rounding(FORMATS[name])])),
) as Readonly<Record<FormatName, Rounding>>;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
/** Which half of a double holds sign and exponent on this machine. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** `x` past the top, or not a number. */
function outside(r: Rounding, x: number, saturate: boolean): number {
  if (Number.isNaN(x)) return x;
  const top = saturate ? r.maxFinite : r.past;
  return x < 0 ? -top : top;
}

export function roundBy(r: Rounding, x: number, saturate: boolean): number {
  const magnitude = Math.abs(x);
  if (!(magnitude < r.limit)) return outside(r, x, saturate);
  double[0] = magnitude;
  const shift = r.shifts[(words[HIGH] as number) >>> 20] as number;
  const rounded = magnitude + shift - shift;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

const FP16_SHIFTS = ROUNDINGS.fp16.shifts;
const FP16_LIMIT = ROUNDINGS.fp16.limit;

/** The same for FP16, its constants where the compiler sees them. */
export function roundFp16(x: number): number {
  const magnitude = Math.abs(x);
  // Infinity and NaN are their own roundings.
  if (!(magnitude < FP16_LIMIT)) return x > 0 ? Infinity : x < 0 ? -Infinity : x;
  double[0] = magnitude;
  const shift = FP16_SHIFTS[(words[HIGH] as number) >>> 20] as number;
  const rounded = magnitude + shift - shift;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

/**
 * A function that rounds to one format, for loops that round millions of times: no argument is checked.
 * @throws RangeError for an unknown format.
 * @example rounderOf('bf16')(0.3952) // 0.39453125
 */
export function rounderOf(format: FormatName): (x: number) => number {
  if (format === 'fp16') return roundFp16;
  if (format === 'fp32') return Math.fround;
  const r = ROUNDINGS[oneOf('format', format, FORMAT_NAMES)];
  return (x) => roundBy(r, x, false);
}

/**
 * Rounds every element of `source` into `target` (its own place by default) as roundTo does.
 * The exponents are read where the numbers lie, which saves the detour through memory of a single rounding.
 *
 * @throws RangeError for an unknown format or a target that is shorter than the source.
 */
export function roundAll(
  format: FormatName,
  source: Float64Array,
  target: Float64Array = source,
): Float64Array {
  const r = ROUNDINGS[oneOf('format', format, FORMAT_NAMES)];
  if (target.length < source.length) {
    throw new RangeError(
      `target must have at least ${source.length} elements, got ${target.length}`,
    );
  }
  const { shifts, limit } = r;
  const halves = new Uint32Array(source.buffer, source.byteOffset, 2 * source.length);
  for (let i = 0; i < source.length; i += 1) {
    const x = source[i] as number;
    const magnitude = Math.abs(x);
    if (magnitude < limit) {
      const high = halves[2 * i + HIGH] as number;
      const shift = shifts[(high >>> 20) & 0x7ff] as number;
      const rounded = magnitude + shift - shift;
      // The sign bit, not a comparison: −0 keeps its sign too.
      target[i] = high >>> 31 ? -rounded : rounded;
    } else target[i] = outside(r, x, false);
  }
  return target;
}
