import { finiteNumber, integer } from '../arguments.ts';
import type { Policy } from './policy.ts';

export interface ApexParams {
  readonly initScale: number;
  readonly scaleWindow: number;
  /** null: no floor. */
  readonly minLossScale: number | null;
  readonly maxLossScale: number;
}

export interface ApexState {
  readonly scale: number;
  /** Clean steps since the last overflow or growth. */
  readonly unskipped: number;
}

/** LossScaler of apex.amp, removed from NVIDIA/apex in May 2025. apex/amp/scaler.py before commit cb65b8ed. */
export const apex: Policy<ApexParams, ApexState> = {
  defaults: { initScale: 2 ** 16, scaleWindow: 2000, minLossScale: null, maxLossScale: 2 ** 24 },

  start({ initScale, scaleWindow, minLossScale, maxLossScale }) {
    finiteNumber('initScale', initScale, Number.MIN_VALUE);
    integer('scaleWindow', scaleWindow, 1);
    if (minLossScale !== null) finiteNumber('minLossScale', minLossScale);
    finiteNumber('maxLossScale', maxLossScale, Number.MIN_VALUE);
    return { scale: Math.min(maxLossScale, initScale), unskipped: 0 };
  },

  step({ scaleWindow, minLossScale, maxLossScale }, { scale, unskipped }, foundInf) {
    if (foundInf) return { scale: Math.max(scale / 2, minLossScale ?? 0), unskipped: 0 };
    if (unskipped + 1 < scaleWindow) return { scale, unskipped: unskipped + 1 };
    return { scale: Math.min(maxLossScale, scale * 2), unskipped: 0 };
  },
};
