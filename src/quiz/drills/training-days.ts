import { trainingFlops, trainingTimeSeconds } from '../../engines/scaling-laws/index.ts';
import { params as counted, decimal, scientific } from '../../format/number.ts';
import type { Drill } from './drill.ts';

interface Params {
  /** Model parameters (dense). */
  parameters: number;
  /** Training tokens. */
  tokens: number;
  gpu: Gpu;
  gpus: number;
  /** Model FLOPs utilization, a ratio. */
  mfu: number;
}

/** Dense BF16 peak in FLOP/s, SXM versions. */
const PEAK = { A100: 312e12, H100: 989e12 } as const;
type Gpu = keyof typeof PEAK;

const SIZES = [1e9, 3e9, 7e9, 8e9, 14e9, 32e9, 70e9];
const TOKENS = [1e12, 2e12, 4e12, 8e12, 15e12];
const GPUS = [64, 128, 256, 512, 1024, 2048, 4096, 8192];
const GPU_NAMES: readonly Gpu[] = ['A100', 'H100'];
const DAY = 86_400;

function secondsOf({ parameters, tokens, gpu, gpus, mfu }: Params): number {
  const flops = trainingFlops({ parameters, tokens });
  return trainingTimeSeconds({ flops, gpus, peakFlopsPerGpu: PEAK[gpu], mfu });
}

/** How long a training run takes: 6ND over GPUs × peak × MFU. */
const drill: Drill<Params> = {
  // LLaMA 65B, about 21 days (arXiv:2302.13971 §2.4); 380 tokens/s per GPU are an MFU of 47.6 %.
  example: { parameters: 65.2e9, tokens: 1.4e12, gpu: 'A100', gpus: 2048, mfu: 0.48 },

  draw(random) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const run = {
      parameters: pick(SIZES),
      tokens: pick(TOKENS),
      gpu: pick(GPU_NAMES),
      mfu: (35 + Math.floor(random() * 16)) / 100,
    };
    // Only clusters that a team would use for this run: a few days to a few months.
    const sensible = GPUS.filter((gpus) => {
      const days = secondsOf({ ...run, gpus }) / DAY;
      return days >= 2 && days <= 150;
    });
    return { ...run, gpus: pick(sensible) };
  },

  solve(run) {
    const { parameters, tokens, gpu, gpus, mfu } = run;
    const seconds = secondsOf(run);
    return {
      value: seconds / DAY,
      unit: 'days',
      tolerance: 0.03,
      shown: {
        parameters: counted(parameters),
        tokens: counted(tokens),
        gpu,
        gpus: decimal(gpus, 0),
        peak: `${PEAK[gpu] / 1e12} TFLOP/s`,
        mfu: `${Math.round(mfu * 100)}%`,
        flops: scientific(trainingFlops({ parameters, tokens })),
        perSecond: scientific(gpus * PEAK[gpu] * mfu),
        seconds: scientific(seconds),
        days: decimal(seconds / DAY),
        gpuHours: scientific((gpus * seconds) / 3600),
      },
    };
  },
};

export default drill;
