import { type ZeroStage, zeroCommunication } from '../../engines/memory/index.ts';
import { bytes, decimal } from '../../format/number.ts';
import type { Drill } from './drill.ts';

export interface TimeParams {
  stage: ZeroStage;
  /** Model parameters. */
  params: number;
  /** Data-parallel GPUs. */
  gpus: number;
  /** Gigabits per second of each GPU's network adapter, one way. */
  gigabits: number;
}

const SIZES = [1.5e9, 3e9, 7e9, 8e9, 13e9, 14e9, 32e9];
const GPUS = [8, 16, 32, 64, 128, 256];
/** Ethernet, InfiniBand HDR, NDR and XDR. */
const SPEEDS = [100, 200, 400, 800];
const DRAWN_STAGES: readonly ZeroStage[] = [1, 2, 3];
/** Weights and gradients travel in 16 bits. */
const ELEMENT_BYTES = 2;

/** Milliseconds that a step's collectives take at the full rate of the wire, nothing overlapped. */
const drill: Drill<TimeParams> = {
  // The model and cluster of arXiv:1910.02054 Figure 1, on today's usual adapter.
  example: { stage: 3, params: 7.5e9, gpus: 64, gigabits: 400 },

  draw(random) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    return {
      stage: pick(DRAWN_STAGES),
      params: pick(SIZES),
      gpus: pick(GPUS),
      gigabits: pick(SPEEDS),
    };
  },

  solve({ stage, params, gpus, gigabits }) {
    const sent = (at: ZeroStage): number =>
      zeroCommunication({ stage: at, params, dpDegree: gpus }).ringElementsExact * ELEMENT_BYTES;
    const { paperElements } = zeroCommunication({ stage, params, dpDegree: gpus });
    const bytesPerSecond = (gigabits * 1e9) / 8;
    const milliseconds = (at: ZeroStage): number => (sent(at) / bytesPerSecond) * 1e3;
    return {
      value: milliseconds(stage),
      unit: 'count',
      tolerance: 0.02,
      shown: {
        stage: String(stage),
        params: `${params / 1e9}B`,
        gpus: String(gpus),
        others: String(gpus - 1),
        gigabits: `${gigabits} Gb/s`,
        passes: String(paperElements / params),
        onePass: bytes(params * ELEMENT_BYTES, 'GB', 0),
        sent: bytes(sent(stage), 'GB', 2),
        bandwidth: `${gigabits / 8} GB/s`,
        time: `${decimal(milliseconds(stage), 0)} ms`,
        plain: `${decimal(milliseconds(0), 0)} ms`,
      },
    };
  },
};

export default drill;
