/** How the training run prints losses, ratios and shares. */
import { decimal, scientific } from '~/format/number.ts';

export function printed(loss: number, diverged: string): string {
  if (!Number.isFinite(loss)) return diverged;
  return loss >= 0.01 && loss < 1e4 ? decimal(loss, 3) : scientific(loss, 1);
}

export function times(ratio: number): string {
  if (!Number.isFinite(ratio)) return '∞';
  return ratio < 0.1 ? scientific(ratio, 1) : decimal(ratio, ratio < 10 ? 2 : 0);
}

export const percent = (share: number): string => `${decimal(100 * share, 0)}%`;
