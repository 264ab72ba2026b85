import { ringAllReduce } from '../../engines/collectives/index.ts';
import { pickFrom } from '../random.ts';
import type { Drill } from './drill.ts';

interface Params {
  /** Parameters of the model, hence elements of its gradient. */
  params: number;
  /** Bytes per gradient element: 2 (bf16) or 4 (fp32). */
  elemBytes: 2 | 4;
  /** Data-parallel ranks. */
  gpus: number;
}

/** 14e9 → "14 GB", 29.53125e9 → "29.53 GB". */
const gigabytes = (bytes: number): string => `${Number((bytes / 1e9).toPrecision(4))} GB`;

/** Bytes each GPU sends to all-reduce a model's gradients on a ring, 2(N−1)/N × the buffer. */
const drill: Drill<Params> = {
  // The case of the ZeRO paper's Figure 1, whose §7.1 rounds the answer to 2Ψ elements.
  example: { params: 7.5e9, elemBytes: 2, gpus: 64 },

  draw(random) {
    return {
      params: pickFrom([1.5e9, 3e9, 7e9, 8e9, 13e9, 32e9, 70e9], random),
      elemBytes: pickFrom([2, 4], random),
      gpus: pickFrom([2, 4, 8, 16, 32, 64], random),
    };
  },

  solve({ params, elemBytes, gpus }) {
    const { evenSplitBytes, steps } = ringAllReduce({ N: gpus, elements: params, elemBytes });
    const buffer = params * elemBytes;
    return {
      value: evenSplitBytes,
      unit: 'bytes',
      // Tight enough to tell 2(N−1)/N from 2 up to 64 ranks.
      tolerance: 0.01,
      shown: {
        model: `${params / 1e9}B`,
        format: elemBytes === 2 ? 'bf16' : 'fp32',
        elemBytes: `${elemBytes}`,
        gpus: `${gpus}`,
        others: `${gpus - 1}`,
        buffer: gigabytes(buffer),
        chunk: gigabytes(buffer / gpus),
        half: gigabytes(evenSplitBytes / 2),
        volume: gigabytes(evenSplitBytes),
        limit: gigabytes(2 * buffer),
        steps: `${steps}`,
      },
    };
  },
};

export default drill;
