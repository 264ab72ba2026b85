import { finiteNumber } from '../arguments.ts';
import type { FormatName } from './formats.ts';
import { formatOf, roundTo, spacing } from './round.ts';

/** More steps than this are not tried: the update is then too small to matter in any run. */
const STEP_LIMIT = 1e6;

export interface VisibleUpdate {
  /** Additions after which the rounded copy first differs from its first value. */
  readonly steps: number;
  /** The copy before and after that step. */
  readonly from: number;
  readonly to: number;
  /** The gap next to the copy, away from zero, and the middle that has to be passed. */
  readonly gap: number;
  readonly halfGap: number;
  /** Of `steps` additions made in `format` itself, without a master copy: how many change the value. */
  readonly arrivedWithoutMaster: number;
}

/**
 * How many equal updates a master copy must collect before the copy in `format` moves: the reason for
 * FP32 master weights, counted (arXiv:1710.03740 §3.1). `start` and `update` are positive.
 *
 * @throws RangeError or TypeError for an unknown format, a number that is not positive and finite, a start
 *   that overflows or is 0 in `format`, or an update that does not show within 10^6 steps.
 * @example updatesUntilVisible({ format: 'bf16', start: 1, update: 1e-4 }).steps // 40
 */
export function updatesUntilVisible(input: {
  readonly format: FormatName;
  /** The format of the copy that collects the updates. Default fp32. */
  readonly master?: FormatName;
  readonly start: number;
  readonly update: number;
}): VisibleUpdate {
  const { format, master = 'fp32' } = input;
  const { minSubnormal, maxFinite } = formatOf(format);
  formatOf(master);
  const start = finiteNumber('start', input.start, minSubnormal, maxFinite);
  const update = finiteNumber('update', input.update, Number.MIN_VALUE);

  const from = roundTo(format, start);
  const gap = spacing(format, start);
  const increment = roundTo(master, update);
  const ownIncrement = roundTo(format, update);
  let held = roundTo(master, start);
  let own = from;
  let arrivedWithoutMaster = 0;
  for (let steps = 1; steps <= STEP_LIMIT; steps += 1) {
    const grown = roundTo(master, held + increment);
    if (grown === held) break; // The master copy swallows the update too.
    held = grown;
    const next = roundTo(format, own + ownIncrement);
    if (next !== own) arrivedWithoutMaster += 1;
    own = next;
    const to = roundTo(format, held);
    if (to !== from) return { steps, from, to, gap, halfGap: gap / 2, arrivedWithoutMaster };
  }
  throw new RangeError(
    `update must show in ${format} within ${STEP_LIMIT} steps from ${start}, got ${update}`,
  );
}
