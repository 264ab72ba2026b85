import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zeroModelStates } from '../../../src/engines/memory/index.ts';
import drill from '../../../src/quiz/drills/zero-fewest-gpus.ts';

const QUESTION = 'content/questions/deepspeed/zero-fewest-gpus';

describe('zero-fewest-gpus', () => {
  it('opens on the ZeRO paper’s Table 1: 128B, stage 3, 64 GPUs of 32 GB', () => {
    const { value, tolerance, shown } = drill.solve(drill.example);
    expect(value).toBe(64);
    expect(tolerance).toBe(0);
    expect(shown).toMatchObject({ perGpu: '32 GB', oneFewer: '63', perGpuOneFewer: '32.51 GB' });
  });

  it('draws answerable questions from any seed', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (stream) => {
          const { stage, params, memoryGb } = drill.draw(() => stream.next().value as number);
          const { value, shown } = drill.solve({ stage, params, memoryGb });
          expect(Number.isInteger(value)).toBe(true);
          expect(value).toBeGreaterThan(2);
          const held = (dpDegree: number): number =>
            zeroModelStates({ stage, params, dpDegree }).bytesPerGpu / 1e9;
          expect(held(value)).toBeLessThanOrEqual(memoryGb * (1 + 1e-12));
          expect(held(value - 1)).toBeGreaterThan(memoryGb);
          for (const text of Object.values(shown)) {
            expect(text).toMatch(/^\d/);
            expect(text).not.toMatch(/NaN|undefined|e\+|e-/);
          }
        },
      ),
    );
  });

  it.each(['en', 'zh-CN'])('shows every number the question asks for (%s)', (locale) => {
    const text = readFileSync(`${QUESTION}/${locale}.mdx`, 'utf8');
    const { shown } = drill.solve(drill.example);
    const names = [...text.matchAll(/<Drawn name="([^"]+)"/g)].map((match) => match[1] as string);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(shown).toHaveProperty(name);
  });
});
