import { integer } from '../arguments.ts';

export interface StepGrid {
  /** One string per stage, one token per step: `F<micro-batch>`, `B<micro-batch>` or `.` for idle. */
  grid: string[];
  /** Activation buffers a stage allocates: DeepSpeed never takes fewer than two. */
  numPipeBuffers: number[];
  /** 2(m + p − 1): forward and backward count one step each. */
  totalSteps: number;
}

/**
 * DeepSpeed's 1F1B on its own clock, where the forward of micro-batch i reaches stage r at step
 * r + 2i and its backward at step 2p − r − 1 + 2i.
 *
 * Source: deepspeedai/DeepSpeed `deepspeed/runtime/pipe/schedule.py`, `TrainSchedule`.
 */
export function deepspeedStepGrid(input: { p: number; m: number }): StepGrid {
  const p = integer('p', input.p, 1);
  const m = integer('m', input.m, 1);
  const totalSteps = 2 * (m + p - 1);
  const grid = Array.from({ length: p }, (_, r) => {
    const steps: string[] = new Array(totalSteps).fill('.');
    for (let i = 0; i < m; i++) {
      steps[r + 2 * i] = `F${i}`;
      steps[2 * p - r - 1 + 2 * i] = `B${i}`;
    }
    return steps.join(' ');
  });
  return {
    grid,
    numPipeBuffers: Array.from({ length: p }, (_, r) => Math.max(2, Math.min(m, p - r))),
    totalSteps,
  };
}
