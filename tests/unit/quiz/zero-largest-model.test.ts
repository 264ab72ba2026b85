import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zeroModelStates } from '../../../src/engines/memory/index.ts';
import drill from '../../../src/quiz/drills/zero-largest-model.ts';

const QUESTION = 'content/questions/deepspeed/zero-largest-model';
const randoms = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

describe('zero-largest-model', () => {
  it('opens on the ZeRO paper’s Table 2: 14.4B in stage 2 on 64 V100s', () => {
    const { shown } = drill.solve(drill.example);
    expect(shown).toMatchObject({ largest: '14.4B', stage0: '2B', stage3: '128B' });
  });

  it('is a model that fills the memory, from any seed', () => {
    fc.assert(
      fc.property(randoms, (stream) => {
        const drawn = drill.draw(() => stream.next().value as number);
        const { value, shown } = drill.solve(drawn);
        const { bytesPerGpu } = zeroModelStates({
          stage: drawn.stage,
          params: Math.floor(value),
          dpDegree: drawn.gpus,
        });
        expect(bytesPerGpu / (drawn.memoryGb * 1e9)).toBeCloseTo(1, 6);
        for (const text of Object.values(shown)) expect(text).toMatch(/^\d/);
      }),
    );
  });

  it.each(['en', 'zh-CN'])('shows every number the question asks for (%s)', (locale) => {
    const text = readFileSync(`${QUESTION}/${locale}.mdx`, 'utf8');
    const { shown } = drill.solve(drill.example);
    const names = [...text.matchAll(/<Drawn name="([^"]+)"/g)].map((match) => match[1] as string);
    expect(new Set(names)).toEqual(new Set(Object.keys(shown)));
  });
});
