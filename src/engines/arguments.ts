/** Argument checks shared by the engines: every message names the argument, its value and what is allowed. */

const show = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value) : String(value);

/** Returns `value` if it is a finite number ≥ `min` (and ≤ `max`). Throws TypeError or RangeError otherwise. */
export function finiteNumber(name: string, value: unknown, min = 0, max = Infinity): number {
  if (typeof value !== 'number') {
    throw new TypeError(`${name} must be a number, got ${show(value)}`);
  }
  if (!Number.isFinite(value) || value < min || value > max) {
    throw new RangeError(`${name} must be ${range('a finite number', min, max)}, got ${value}`);
  }
  return value;
}

/** Returns `value` if it is a safe integer ≥ `min` (and ≤ `max`). Throws TypeError or RangeError otherwise. */
export function integer(name: string, value: unknown, min = 0, max = Infinity): number {
  if (typeof value !== 'number') {
    throw new TypeError(`${name} must be an integer, got ${show(value)}`);
  }
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw new RangeError(`${name} must be ${range('an integer', min, max)}, got ${value}`);
  }
  return value;
}

/** Returns `value` if it is an integer ≥ 1 that divides `whole`, which `of` names. Throws TypeError or RangeError otherwise. */
export function divisor(name: string, value: unknown, whole: number, of: string): number {
  const part = integer(name, value, 1);
  if (whole % part !== 0) throw new RangeError(`${name} must divide ${of} = ${whole}, got ${part}`);
  return part;
}

/** Returns `value` if it is one of `allowed`. Throws RangeError otherwise. */
export function oneOf<const T extends string | number | boolean>(
  name: string,
  value: unknown,
  allowed: readonly T[],
): T {
  if (!allowed.includes(value as T)) {
    throw new RangeError(`${name} must be one of ${allowed.join(', ')}, got ${show(value)}`);
  }
  return value as T;
}

/** Returns `value` if it is a boolean. Throws TypeError otherwise. */
export function boolean(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') {
    throw new TypeError(`${name} must be true or false, got ${show(value)}`);
  }
  return value;
}

function range(what: string, min: number, max: number): string {
  if (max === Infinity) return `${what} ≥ ${min}`;
  return `${what} from ${min} to ${max}`;
}
