import { pipelineBubble, type ScheduleName } from '../../engines/pipeline/index.ts';
import { pickFrom } from '../random.ts';
import type { Drill } from './drill.ts';

interface Params {
  schedule: ScheduleName;
  /** Pipeline stages. */
  p: number;
  /** Micro-batches per pipeline and step. */
  m: number;
  /** Chunks per device; 1 unless interleaved. */
  v: number;
}

const NAMES: Readonly<Record<ScheduleName, string>> = {
  gpipe: 'GPipe',
  '1f1b': '1F1B',
  interleaved: 'interleaved 1F1B',
};

const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)}%`;

/** The share of an iteration that a pipeline's GPUs spend idle, (p−1)/(v·m + p − 1). */
const drill: Drill<Params> = {
  // Megatron-LM's 145.6B run: 8 stages of 2 chunks, 48 micro-batches (arXiv:2104.04473 Table 1).
  example: { schedule: 'interleaved', p: 8, m: 48, v: 2 },

  draw(random) {
    const schedule = pickFrom(['gpipe', '1f1b', 'interleaved'], random);
    const p = pickFrom([2, 4, 8, 16], random);
    const m = p * pickFrom([1, 2, 3, 4, 6, 8], random);
    return { schedule, p, m, v: schedule === 'interleaved' ? pickFrom([2, 4], random) : 1 };
  },

  solve(params) {
    const { p, m, v } = params;
    const { overTotal, overIdeal } = pipelineBubble(params);
    return {
      value: overTotal,
      unit: 'ratio',
      tolerance: 0.02,
      shown: {
        schedule: NAMES[params.schedule],
        p: `${p}`,
        m: `${m}`,
        v: `${v}`,
        idle: `${p - 1}`,
        work: `${v * m}`,
        slots: `${v * m + p - 1}`,
        overTotal: percent(overTotal),
        overIdeal: percent(overIdeal),
      },
    };
  },
};

export default drill;
