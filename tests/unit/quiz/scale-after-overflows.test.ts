import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import drill from '../../../src/quiz/drills/scale-after-overflows.ts';

/** A seeded generator of numbers in [0, 1), as the quiz passes one (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('scale-after-overflows', () => {
  test('the example: DeepSpeed absorbs the first overflow and halves on the second', () => {
    const { value, unit, tolerance, shown } = drill.solve(drill.example);
    expect({ value, unit, tolerance }).toEqual({ value: 32_768, unit: 'count', tolerance: 0 });
    expect(shown).toEqual({
      framework: 'DeepSpeed (ZeRO)',
      initialScale: '65,536 = 2¹⁶',
      window: '1,000',
      hysteresis: '2',
      overflowsAt: '0 · 500',
      lastStep: '500',
      trace: '0: 2¹⁶ → 2¹⁶ · 500: 2¹⁶ → 2¹⁵',
      skipped: '2',
      lowered: '1',
      raised: '0',
      finalScale: '32,768 = 2¹⁵',
    });
  });

  test('PyTorch on the same pattern halves twice', () => {
    expect(drill.solve({ ...drill.example, framework: 'pytorch' }).value).toBe(16_384);
  });

  test('Megatron grows after exactly 1,000 clean steps, DeepSpeed one step later', () => {
    const at = { overflowsAt: [0], lastStep: 1000 };
    expect(drill.solve({ framework: 'megatron', ...at }).value).toBe(2 ** 33);
    expect(drill.solve({ framework: 'deepspeed', ...at }).value).toBe(2 ** 16);
    expect(drill.solve({ framework: 'deepspeed', overflowsAt: [0], lastStep: 1001 }).value).toBe(
      2 ** 17,
    );
  });

  test('every draw can be solved and shows every number', () => {
    const names = Object.keys(drill.solve(drill.example).shown);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const params = drill.draw(seeded(seed));
        const { value, shown } = drill.solve(params);
        expect(Number.isInteger(Math.log2(value))).toBe(true);
        expect(Object.keys(shown)).toEqual(names);
        for (const text of Object.values(shown)) expect(text).not.toMatch(/^$|NaN|undefined|∞/);
        expect(shown['skipped']).toBe(String(params.overflowsAt.length));
        expect(new Set(params.overflowsAt).size).toBe(params.overflowsAt.length);
        expect(Math.max(...params.overflowsAt)).toBeLessThanOrEqual(params.lastStep);
        expect(drill.draw(seeded(seed))).toEqual(params);
      }),
    );
  });
});
