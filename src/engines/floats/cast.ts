import { toBits } from './bits.ts';
import type { FormatName } from './formats.ts';
import { roundTo, spacing, type Zone, zoneOf } from './round.ts';

/**
 * One cast with everything worth knowing about it.
 *
 * @returns `value`: the rounded number; `error`: |value − x| / |x| (NaN for zero, infinities and NaN);
 *   `spacing`: the gap to the next larger magnitude; `zone`: what became of x; `bits`: the encoding.
 * @throws as `roundTo` and `zoneOf` do.
 * @example cast({ format: 'bf16', x: 0.3952 }).value // 0.39453125
 */
export function cast(input: {
  readonly format: FormatName;
  readonly x: number;
  readonly saturate?: boolean;
}): { value: number; error: number; spacing: number; zone: Zone; bits: number } {
  const { format, x, saturate = false } = input;
  const value = roundTo(format, x, { saturate });
  return {
    value,
    error: Math.abs(value - x) / Math.abs(x),
    spacing: spacing(format, x),
    zone: zoneOf(format, x),
    bits: toBits(format, x, { saturate }),
  };
}
