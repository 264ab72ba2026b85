import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/zero-bytes-per-gpu.ts';

const QUESTION = 'content/questions/deepspeed/zero-bytes-per-gpu';

describe('zero-bytes-per-gpu', () => {
  it('opens on the third bar of the ZeRO paper’s Figure 1, printed as 16.6 GB', () => {
    const { value, shown } = drill.solve(drill.example);
    expect(Math.abs(value / 1e9 - 16.6)).toBeLessThan(0.05);
    expect(shown.total).toBe('16.6 GB');
    expect(shown.gradientsStep).toBe('2 × 7.5B ÷ 64');
    expect(shown.parametersStep).toBe('2 × 7.5B');
  });

  it('draws answerable questions from any seed', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (stream) => {
          const drawn = drill.draw(() => stream.next().value as number);
          const solution = drill.solve(drawn);
          expect(Number.isFinite(solution.value)).toBe(true);
          expect(solution.value).toBeGreaterThan(0);
          expect(solution.value).toBeLessThan(16 * drawn.params);
          for (const text of Object.values(solution.shown)) {
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
