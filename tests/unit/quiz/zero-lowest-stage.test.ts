import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAGES, zeroModelStates } from '../../../src/engines/memory/index.ts';
import drill from '../../../src/quiz/drills/zero-lowest-stage.ts';

const QUESTION = 'content/questions/deepspeed/zero-lowest-stage';
const randoms = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

describe('zero-lowest-stage', () => {
  it('opens on the ZeRO paper’s Table 1: 7.5B on 64 GPUs of 32 GB fits from stage 1', () => {
    const { value, shown } = drill.solve(drill.example);
    expect(value).toBe(1);
    expect(shown).toMatchObject({ stage0: '120.0 GB', stage1: '31.4 GB', stage2: '16.6 GB' });
  });

  it('asks for every stage', () => {
    const asked = [0.1, 0.3, 0.6, 0.9].map((random) => drill.solve(drill.draw(() => random)).value);
    expect(asked).toEqual([0, 1, 2, 3]);
  });

  it('never asks within 2 % of the border', () => {
    fc.assert(
      fc.property(randoms, (stream) => {
        const drawn = drill.draw(() => stream.next().value as number);
        const { params, gpus, memoryGb } = drawn;
        const { value } = drill.solve(drawn);
        for (const stage of STAGES) {
          const held = zeroModelStates({ stage, params, dpDegree: gpus }).bytesPerGpu / 1e9;
          if (stage < value) expect(held).toBeGreaterThan(memoryGb * 1.02);
          if (stage === value) expect(held).toBeLessThan(memoryGb * 0.98);
        }
      }),
    );
  });

  it('refuses what no stage can hold', () => {
    expect(() => drill.solve({ params: 1e12, gpus: 4, memoryGb: 16 })).toThrow(/memoryGb.*16/);
  });

  it.each(['en', 'zh-CN'])('shows every number the question asks for (%s)', (locale) => {
    const text = readFileSync(`${QUESTION}/${locale}.mdx`, 'utf8');
    const { shown } = drill.solve(drill.example);
    const names = [...text.matchAll(/<Drawn name="([^"]+)"/g)].map((match) => match[1] as string);
    expect(new Set(names)).toEqual(new Set(Object.keys(shown)));
  });
});
