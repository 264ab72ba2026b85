import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deepspeedZero2Estimator,
  deepspeedZero3Estimator,
} from '../../../src/engines/memory/index.ts';
import drill from '../../../src/quiz/drills/zero-offload-residual.ts';

const QUESTION = 'content/questions/deepspeed/zero-offload-residual';
const randoms = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

describe('zero-offload-residual', () => {
  it('opens on what DeepSpeed’s documentation prints for 2851M: 0.78', () => {
    const { shown } = drill.solve(drill.example);
    expect(shown['totalBinary']).toBe('0.78 GiB');
    expect(shown).toMatchObject({ resident: '0.71 GB', gathered: '0.13 GB', total: '0.84 GB' });
  });

  it('answers as DeepSpeed’s estimators do, from any seed', () => {
    fc.assert(
      fc.property(randoms, (stream) => {
        const drawn = drill.draw(() => stream.next().value as number);
        const { stage, offloadParameters, params, largest, gpus } = drawn;
        const { value, shown } = drill.solve(drawn);
        const shared = { totalParams: params, numGpusPerNode: gpus, cpuOffload: true };
        const { gpuBytes } =
          stage === 2
            ? deepspeedZero2Estimator(shared)
            : deepspeedZero3Estimator({
                ...shared,
                largestLayerParams: largest,
                cpuOffloadParams: offloadParameters,
              });
        expect(Math.abs(value - gpuBytes)).toBeLessThanOrEqual(1);
        for (const text of Object.values(shown)) expect(text).not.toMatch(/NaN|undefined/);
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
