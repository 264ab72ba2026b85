import { type ByteUnit, bytes } from '~/format/number.ts';

/** Bytes in one unit throughout, so that amounts compare; small ones keep digits that tell them apart. */
export function amount(value: number, unit: ByteUnit): string {
  const in_ = Math.abs(value) / (unit === 'GiB' ? 2 ** 30 : 1e9);
  return bytes(value, unit, in_ > 0 && in_ < 0.95 ? (in_ < 0.01 ? 4 : 2) : 1);
}
