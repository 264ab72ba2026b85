import { batchLayout, pipelineBubble } from '../../engines/pipeline/index.ts';
import { decimal, formatNumber } from '../../format/number.ts';
import { pickFrom } from '../random.ts';
import type { Drill } from './drill.ts';

interface Params {
  gpus: number;
  /** Tensor- and pipeline-parallel degrees. */
  t: number;
  p: number;
  /** Global batch and micro-batch, in sequences. */
  B: number;
  b: number;
}

const whole = (count: number): string => decimal(count, 0);

/** Micro-batches each pipeline runs per optimizer step, B/(b·d) with d = gpus/(t·p). */
const drill: Drill<Params> = {
  // Megatron-LM's 145.6B run (arXiv:2104.04473 Table 1; the micro-batch of 2 is in the authors' script).
  example: { gpus: 1536, t: 8, p: 8, B: 2304, b: 2 },

  draw(random) {
    const t = pickFrom([2, 4, 8], random);
    const p = pickFrom([2, 4, 8, 16], random);
    const d = pickFrom([2, 4, 6, 8, 16, 24, 32], random);
    const b = pickFrom([1, 2, 4], random);
    const m = p * pickFrom([1, 2, 3, 4, 6, 8], random);
    return { gpus: t * p * d, t, p, B: m * b * d, b };
  },

  solve(params) {
    const { gpus, t, p, B, b } = params;
    const { d, sequencesPerReplica, microbatches } = batchLayout(params);
    const { overIdeal } = pipelineBubble({ schedule: '1f1b', p, m: microbatches });
    return {
      value: microbatches,
      unit: 'count',
      tolerance: 0,
      shown: {
        gpus: whole(gpus),
        t: whole(t),
        p: whole(p),
        batch: whole(B),
        b: whole(b),
        modelParallel: whole(t * p),
        d: whole(d),
        perReplica: whole(sequencesPerReplica),
        m: whole(microbatches),
        bubble: formatNumber(overIdeal, 'percent'),
      },
    };
  },
};

export default drill;
