import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stateBytes, zeroModelStates, zeroStep } from '../../../src/engines/memory/index.ts';

const input = fc.record({
  stage: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
  params: fc.integer({ min: 1, max: 2e12 }),
  dpDegree: fc.integer({ min: 1, max: 4096 }),
  blocks: fc.integer({ min: 1, max: 128 }),
});

describe('one training step of a rank', () => {
  test.each([
    [0, 2],
    [1, 2],
    [2, 2],
    [3, 3],
  ] as const)('stage %i sends %iΨ (arXiv:1910.02054 §7)', (stage, times) => {
    const { moments } = zeroStep({ stage, params: 7.5e9, dpDegree: 64 });
    expect(moments.at(-1)?.paperElements).toBe(times * 7.5e9);
  });

  test('never un-sends, and a ring sends (N − 1)/N of the whole', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const { moments } = zeroStep(asked);
        const sent = moments.map(({ paperElements }) => paperElements);
        expect(sent).toEqual([...sent].sort((a, b) => a - b));
        const last = moments.at(-1)!;
        const n = asked.dpDegree;
        expect(last.ringElements).toBeCloseTo((last.paperElements * (n - 1)) / n, 3);
      }),
    );
  });

  test('the peak holds most, and never less than the model states at rest', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const { moments, peak } = zeroStep(asked);
        const most = Math.max(...moments.map(({ bytes }) => bytes));
        expect(moments[peak]?.bytes).toBe(most);
        const { parameters, optimizerStates } = zeroModelStates(asked);
        expect(most).toBeGreaterThanOrEqual((parameters + optimizerStates) * (1 - 1e-12));
      }),
    );
  });

  test('refuses a stage that is not there', () => {
    expect(() => zeroStep({ stage: 4 as never, params: 1, dpDegree: 1 })).toThrow(/stage/);
  });
});

describe('bytes per parameter by account', () => {
  test.each([
    ['zero-paper', 16],
    ['fp32-gradients', 18],
    ['two-gradients', 20],
  ] as const)('%s counts %i with Adam on one GPU', (account, bytes) => {
    const sum = stateBytes({ account, stage: 0, k: 12 }).reduce(
      (all, piece) => all + piece.bytes,
      0,
    );
    expect(sum).toBe(bytes);
  });

  test('each stage of the paper divides what the stage before did, and more', () => {
    const divided = ([0, 1, 2, 3] as const).map(
      (stage) =>
        stateBytes({ account: 'zero-paper', stage, k: 12 }).filter((piece) => piece.divided).length,
    );
    expect(divided).toEqual([0, 1, 2, 3]);
  });
});
