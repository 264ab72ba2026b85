import { finiteNumber } from '../arguments.ts';
import type { Policy } from './policy.ts';

export interface StaticParams {
  readonly initScale: number;
}

/** A constant factor, as in arXiv:1710.03740 §3.2 (8 to 32K there). 1 means no scaling, as with BF16. */
export const staticScale: Policy<StaticParams, { readonly scale: number }> = {
  defaults: { initScale: 1 },
  start({ initScale }) {
    return { scale: finiteNumber('initScale', initScale, Number.MIN_VALUE) };
  },
  step: (_params, state) => state,
};
