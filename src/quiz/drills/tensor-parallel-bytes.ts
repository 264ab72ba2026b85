import { layerTraffic } from '../../engines/pipeline/index.ts';
import { decimal } from '../../format/number.ts';
import { pickFrom } from '../random.ts';
import type { Drill } from './drill.ts';

interface Params {
  /** Hidden size, tensor-parallel degree, sequences and tokens of a micro-batch. */
  h: number;
  t: number;
  b: number;
  s: number;
}

const whole = (count: number): string => decimal(count, 0);

/** 352321536 → "352.3 MB". */
const megabytes = (bytes: number): string => `${Number((bytes / 1e6).toPrecision(4))} MB`;

/** Bytes a GPU sends for the four all-reduces of a tensor-parallel layer, 8bsh(t−1)/t elements. */
const drill: Drill<Params> = {
  // GPT-3 as in arXiv:2205.05198 Table 3.
  example: { h: 12288, t: 8, b: 1, s: 2048 },

  draw(random) {
    return {
      h: pickFrom([4096, 5120, 6144, 8192, 12288, 16384], random),
      t: pickFrom([2, 4, 8], random),
      b: pickFrom([1, 2, 4], random),
      s: pickFrom([2048, 4096, 8192], random),
    };
  },

  solve({ h, t, b, s }) {
    const { tpBytesPerLayer, ppBytesPerBoundary } = layerTraffic({
      h,
      t,
      b,
      s,
      layers: 1,
      elemBytes: 2,
    });
    return {
      value: tpBytesPerLayer,
      unit: 'bytes',
      tolerance: 0.02,
      shown: {
        h: whole(h),
        t: whole(t),
        b: whole(b),
        s: whole(s),
        elements: whole(b * s * h),
        buffer: megabytes(ppBytesPerBoundary),
        others: whole(t - 1),
        once: megabytes(tpBytesPerLayer / 4),
        volume: megabytes(tpBytesPerLayer),
      },
    };
  },
};

export default drill;
