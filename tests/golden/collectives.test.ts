import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ncclBusbwFactors, ringAllReduce } from '../../src/engines/collectives/index.ts';

type Row = (number | number[] | string)[];

const golden: { groups: { id: string; rows: Row[] }[] } = JSON.parse(
  readFileSync(new URL('./data/golden-parallelism.json', import.meta.url), 'utf8'),
);
const rowsOf = (id: string) => golden.groups.find((group) => group.id === id)?.rows ?? [];

/** Beyond 16 ranks the data state the rule instead of the list. */
function chunks(expected: unknown, N: number): unknown {
  if (expected === 'rank r holds (r+1) mod N') {
    return Array.from({ length: N }, (_, r) => (r + 1) % N);
  }
  if (expected === 'rank r holds r') return Array.from({ length: N }, (_, r) => r);
  return expected;
}

describe('ring_all_reduce', () => {
  it.each(rowsOf('ring_all_reduce'))('N = %s, %s elements of %s bytes', (...row) => {
    const [N, elements, elemBytes] = row as number[] as [number, number, number];
    const [steps, chunkBytesMinMax, sentBytes, evenSplitBytes, baidu, nccl] = row.slice(3);
    const ring = ringAllReduce({ N, elements, elemBytes });
    expect(ring).toMatchObject({
      steps,
      chunkBytesMinMax,
      sentBytes,
      chunkAfterReduceScatterBaidu: chunks(baidu, N),
      chunkAfterReduceScatterNccl: chunks(nccl, N),
    });
    const even = evenSplitBytes as number;
    expect(Math.abs(ring.evenSplitBytes - even)).toBeLessThanOrEqual(1e-12 * even);
  });
});

describe('nccl_busbw_factors', () => {
  it.each(rowsOf('nccl_busbw_factors'))('%s ranks', (ranks, ...factors) => {
    expect(Object.values(ncclBusbwFactors({ ranks: ranks as number }))).toEqual(factors);
  });
});
