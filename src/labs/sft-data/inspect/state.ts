/** How a file is inspected, as it travels in the lab's address. The file itself travels nowhere. */
import { SHINGLE_UNITS, type ShingleUnit } from '~/engines/dedup/index.ts';
import { type InspectionSettings, PARTS, type Part } from '~/engines/sft-data/index.ts';
import type { AddressOf } from '../../kit/address.ts';

export interface InspectState {
  part: Part;
  unit: ShingleUnit;
  /** Bands, and rows (hashes) in each. */
  b: number;
  r: number;
  threshold: number;
  /** Words in a run that training and evaluation share. */
  n: number;
  /** Least share of an evaluation item under such runs, in percent; 0 means any run. */
  coverage: number;
}

/** The setting of datatrove, which made FineWeb, and Tülu 3's rule. */
export const INSPECT_DEFAULTS: InspectState = {
  part: 'example',
  unit: 'word3',
  b: 14,
  r: 8,
  threshold: 0.7,
  n: 8,
  coverage: 50,
};

export const INSPECT_ADDRESS = {
  defaults: INSPECT_DEFAULTS,
  keys: {
    part: 'part',
    unit: 'unit',
    b: 'bands',
    r: 'rows',
    threshold: 'similar',
    n: 'run',
    coverage: 'cover',
  },
  lists: { part: PARTS, unit: SHINGLE_UNITS },
  ranges: { b: [1, 64], r: [1, 32], threshold: [0.3, 1], n: [2, 50], coverage: [0, 95] },
  fractions: ['threshold'],
  digits: 2,
} as const satisfies AddressOf<InspectState>;

/** More take too long for a hundred thousand examples. */
export const MOST_HASHES = 512;

/** Bands are many at the cost of rows: what changes stands, what does not gives way. */
export function settleInspect<State extends InspectState>(state: State): State {
  const r = Math.min(state.r, Math.floor(MOST_HASHES / state.b));
  return r === state.r ? state : { ...state, r };
}

/** Settings of the engine. The seed is one of many: with another, other pairs below the curve's foot are missed. */
export function settingsOf(
  { n, coverage, ...state }: InspectState,
  items: readonly string[],
): InspectionSettings {
  const { part, unit, b, r, threshold } = state;
  const overlap = items.length > 0 ? { items, n, coverage: coverage / 100 } : undefined;
  return { part, unit, b, r, threshold, seed: 1, overlap };
}

/** Evaluation items as they are pasted: one a line. */
export function itemsOf(pasted: string): string[] {
  return pasted.split(/\r\n|\r|\n/).filter((line) => /\S/.test(line));
}
