import { type ByteUnit, bytes } from '~/format/number.ts';

/** Bytes in one unit throughout, so that amounts compare; small ones keep digits that tell them apart. */
export function amount(value: number, unit: ByteUnit): string {
  const size = Math.abs(value) / (unit === 'GiB' ? 2 ** 30 : 1e9);
  const digits = size === 0 ? 0 : size < 0.01 ? 4 : size < 0.95 ? 2 : 1;
  return bytes(value, unit, digits);
}
