import { describe, expect, it } from 'vitest';
import type { FormatName } from '../../../src/engines/floats/index.ts';
import { createScaler } from '../../../src/engines/loss-scaling/index.ts';
import {
  createTraining,
  type StepReport,
  seededRandom,
  type TrainingOptions,
} from '../../../src/engines/training/index.ts';

const STEPS = 2000;
const dynamic = () => createScaler('pytorch', { growthInterval: 50 });
const fixed = () => createScaler('static', { initScale: 1024 });
const train = (
  format: FormatName,
  seed: number,
  more: Partial<TrainingOptions> = {},
): StepReport[] => {
  const training = createTraining({ format, steps: STEPS, random: seededRandom(seed), ...more });
  return Array.from({ length: STEPS }, () => training.step());
};
const lastLoss = (...run: Parameters<typeof train>) => train(...run).at(-1)?.loss ?? NaN;

describe.each([1, 2])('seed %i', (seed) => {
  const reference = lastLoss('fp32', seed);

  it('FP32 learns', () => {
    expect(reference).toBeLessThan(3e-4);
  });

  it('FP16 without scaling stalls at over 100 times the loss: most of its gradients are zero', () => {
    const reports = train('fp16', seed);
    expect(reports.at(-1)?.loss).toBeGreaterThan(100 * reference);
    expect(reports[0]?.zeroShare).toBeGreaterThan(0.7);
    expect(reports.at(-1)?.zeroShare).toBeGreaterThan(0.98);
  });

  it('FP16 with a static or a dynamic scale ends within 1.2 times the loss of FP32', () => {
    expect(lastLoss('fp16', seed, { scaler: fixed() })).toBeLessThan(1.2 * reference);
    expect(lastLoss('fp16', seed, { scaler: dynamic() })).toBeLessThan(1.2 * reference);
  });

  it('BF16 needs no scale: within 2.5 times, which its 8 bits of precision account for', () => {
    expect(lastLoss('bf16', seed)).toBeLessThan(2.5 * reference);
  });

  it('without master weights updates vanish in the weights: BF16 is stuck, FP16 worse by 4 times or more', () => {
    const reports = train('bf16', seed, { masterWeights: false });
    expect(reports.at(-1)?.loss).toBeGreaterThan(40 * reference);
    expect(reports[1500]?.swampedShare).toBeGreaterThan(0.9);
    const scaled = lastLoss('fp16', seed, { masterWeights: false, scaler: dynamic() });
    expect(scaled).toBeGreaterThan(4 * reference);
  });

  it('dynamic scaling climbs until it overflows, skips, halves, and climbs again', () => {
    const reports = train('fp16', seed, { scaler: dynamic() });
    const skipped = reports.filter((report) => report.skipped);
    expect(skipped.length).toBeGreaterThan(5);
    expect(skipped[0]?.step).toBeGreaterThan(1000);
    for (const { step, scale } of skipped.slice(0, -1)) {
      expect(reports[step + 1]?.scale).toBe(scale / 2);
    }
    expect(reports[50]?.scale).toBe(2 ** 17);
  });
});

it('trains 2,000 steps in seconds', () => {
  const began = performance.now();
  train('fp16', 1, { scaler: dynamic() });
  expect(performance.now() - began).toBeLessThan(5000);
});
