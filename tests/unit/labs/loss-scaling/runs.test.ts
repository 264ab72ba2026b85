import { expect, test } from 'vitest';
import {
  abridge,
  indexAt,
  samplesOf,
  snapshotAt,
  stepAt,
  trainAll,
} from '~/labs/loss-scaling/training/runs.ts';
import { STEPS, TRAINING_DEFAULTS } from '~/labs/loss-scaling/training/state.ts';

test('the printed example is what the engine computes', { timeout: 60_000 }, async () => {
  const told: number[] = [];
  const runs = trainAll(TRAINING_DEFAULTS, (done, all) => told.push(done / all));
  expect(told.at(-1)).toBe(1);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(runs.gradients.values.length).toBe(runs.gradients.steps.length * runs.gradients.size);
  // `vitest -u` writes it again.
  await expect(`${JSON.stringify(abridge(runs))}\n`).toMatchFileSnapshot(
    '../../../../src/labs/loss-scaling/training/example.json',
  );
});

test('a step finds its place among values at every so many steps, the last one included', () => {
  expect([0, 19, 20, 1998, 1999].map((step) => indexAt(step, 20))).toEqual([0, 0, 1, 99, 100]);
  expect([0, 1, 99, 100].map((index) => stepAt(index, 20))).toEqual([0, 20, 1980, STEPS - 1]);
  expect([samplesOf(1), samplesOf(20)]).toEqual([STEPS, 101]);
});

test('a snapshot is the last one taken', () => {
  const snapshots = { steps: [0, 20], size: 2, values: [1, 2, 3, 4] };
  expect(snapshotAt(snapshots, 19)).toEqual({ step: 0, values: Float32Array.of(1, 2) });
  expect(snapshotAt(snapshots, 20)).toEqual({ step: 20, values: Float32Array.of(3, 4) });
  expect(snapshotAt({ ...snapshots, steps: [5] }, 4)).toBeUndefined();
});
