/** Lengths of many examples: bins that double, and quantiles. */

export interface Lengths {
  count: number;
  total: number;
  median: number;
  p95: number;
  most: number;
  /** From the first to the last bin that holds anything; lengths from `from` to `to`, both included. */
  bins: { from: number; to: number; count: number }[];
}

/** Sorts `lengths` in place. */
export function summarizeLengths(lengths: Uint32Array): Lengths {
  lengths.sort();
  const count = lengths.length;
  // The least length that this share of examples does not exceed.
  const quantile = (share: number): number =>
    lengths[Math.max(0, Math.ceil(share * count) - 1)] ?? 0;
  const counts = new Array<number>(33).fill(0);
  let total = 0;
  for (const length of lengths) {
    total += length;
    counts[32 - Math.clz32(length)]! += 1;
  }
  const first = counts.findIndex((held) => held > 0);
  const last = counts.findLastIndex((held) => held > 0);
  const bins = counts
    .map((held, bin) => ({
      from: bin === 0 ? 0 : 2 ** (bin - 1),
      to: bin === 0 ? 0 : 2 ** bin - 1,
      count: held,
    }))
    .slice(Math.max(0, first), last + 1);
  return { count, total, median: quantile(0.5), p95: quantile(0.95), most: quantile(1), bins };
}
