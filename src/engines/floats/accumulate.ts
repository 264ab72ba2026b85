import { finiteNumber, integer } from '../arguments.ts';
import type { FormatName } from './formats.ts';
import { formatOf, roundTo } from './round.ts';

export interface Accumulation {
  /** The format the forward pass sees. */
  readonly format: FormatName;
  /** The format that holds the authoritative value. Default: `format` itself, that is no master copy. */
  readonly master?: FormatName;
  /** The value before the first addition, the amount of each addition, and how often it is made. */
  readonly start: number;
  readonly update: number;
  readonly steps: number;
}

/**
 * Adds `update` to `start` `steps` times; the running value is rounded to `master` after each addition.
 * Shows swamping: an update under half the gap next to the value never arrives (arXiv:1710.03740 §3.1).
 *
 * @returns `master`: the authoritative value; `value`: the same, rounded to `format`;
 *   `arrived`: how many additions changed the authoritative value.
 * @throws RangeError or TypeError for an unknown format, a non-finite number, steps outside 0 … 10^6.
 * @example accumulate({ format: 'fp16', start: 0, update: 1, steps: 5000 }).value // 2048
 */
export function accumulate(input: Accumulation): {
  master: number;
  value: number;
  arrived: number;
} {
  const { format, master = format } = input;
  formatOf(format);
  const start = finiteNumber('start', input.start, -Infinity);
  const update = finiteNumber('update', input.update, -Infinity);
  const steps = integer('steps', input.steps, 0, 1e6);
  const increment = roundTo(master, update);
  let held = roundTo(master, start);
  let arrived = 0;
  for (let step = 0; step < steps; step += 1) {
    // A sum of two numbers of up to 24 bits can exceed 53 bits, but never lands on a false tie here:
    // formats this narrow are safe under double rounding (2p + 2 ≤ 53).
    const next = roundTo(master, held + increment);
    if (next !== held) arrived += 1;
    held = next;
  }
  return { master: held, value: roundTo(format, held), arrived };
}
