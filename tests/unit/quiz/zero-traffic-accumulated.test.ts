import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import drill from '../../../src/quiz/drills/zero-traffic-accumulated.ts';

const QUESTION = 'content/questions/deepspeed/zero-traffic-accumulated';

describe('zero-traffic-accumulated', () => {
  it('opens on (8 + 1)Ψ for stage 2, where plain data parallelism sends 2Ψ', () => {
    const { value, shown } = drill.solve(drill.example);
    expect(value).toBe(9 * 7e9 * 2);
    expect(shown).toMatchObject({ passes: '9', total: '126 GB', plain: '28 GB', ratio: '4.5×' });
  });

  it('without accumulation gives the ZeRO paper’s §7: 2Ψ, 2Ψ, 3Ψ', () => {
    const elements = ([1, 2, 3] as const).map(
      (stage) => drill.solve({ stage, params: 65e9, accumulation: 1 }).value / 2 / 65e9,
    );
    expect(elements).toEqual([2, 2, 3]);
  });

  it('draws answerable questions from any seed', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (stream) => {
          const drawn = drill.draw(() => stream.next().value as number);
          const { value, shown } = drill.solve(drawn);
          expect(Number.isFinite(value)).toBe(true);
          expect(value).toBeGreaterThan(0);
          // The passes told apart in the solution make up the answer.
          expect(Number(shown.reduces) + Number(shown.gathers)).toBe(Number(shown.passes));
          expect(Number(shown.passes) * 2 * drawn.params).toBe(value);
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
