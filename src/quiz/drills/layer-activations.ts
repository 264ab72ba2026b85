import { activationPerLayer } from '../../engines/memory/index.ts';
import { decimal } from '../../format/number.ts';
import { pickFrom } from '../random.ts';
import type { Drill } from './drill.ts';

interface Params {
  /** Hidden size, tensor-parallel degree, sequences and tokens of a micro-batch. */
  h: number;
  t: number;
  b: number;
  s: number;
  /** Whether sequence parallelism stands beside tensor parallelism. */
  sequence: boolean;
}

const whole = (count: number): string => decimal(count, 0);

/** 106954752 → "107 MB". */
const megabytes = (bytes: number): string => `${Number((bytes / 1e6).toPrecision(4))} MB`;

/** Activation bytes of a layer without the attention core: sbh(10 + 24/t), or 34sbh/t. */
const drill: Drill<Params> = {
  // GPT-3 as in arXiv:2205.05198 Table 3, with the paper's two techniques.
  example: { h: 12288, t: 8, b: 1, s: 2048, sequence: true },

  draw(random) {
    return {
      h: pickFrom([4096, 5120, 6144, 8192, 12288, 20480], random),
      t: pickFrom([2, 4, 8], random),
      b: pickFrom([1, 2, 4], random),
      s: pickFrom([2048, 4096, 8192], random),
      sequence: random() < 0.5,
    };
  },

  solve({ h, t, b, s, sequence }) {
    const kept = (technique: 'tp+selective' | 'tp+sp+selective'): number =>
      activationPerLayer({ technique, s, b, h, a: 1, t }).bytesPerLayer;
    const [tp, sp] = [kept('tp+selective'), kept('tp+sp+selective')];
    const value = sequence ? sp : tp;
    return {
      value,
      unit: 'bytes',
      tolerance: 0.02,
      shown: {
        h: whole(h),
        t: whole(t),
        b: whole(b),
        s: whole(s),
        technique: sequence ? `TP ${t} + SP` : `TP ${t}`,
        sbh: whole(s * b * h),
        whole: sequence ? '0' : '10',
        divided: sequence ? '34' : '24',
        factor: String(value / (s * b * h)),
        bytes: megabytes(value),
        tp: megabytes(tp),
        sp: megabytes(sp),
      },
    };
  },
};

export default drill;
