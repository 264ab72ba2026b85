import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zeroStep } from '../../../src/engines/memory/index.ts';
import drill from '../../../src/quiz/drills/zero-communication-time.ts';

const QUESTION = 'content/questions/deepspeed/zero-communication-time';
const randoms = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

describe('zero-communication-time', () => {
  it('takes 3 × 15 GB × 63/64 at 50 GB/s in stage 3', () => {
    const { value, shown } = drill.solve(drill.example);
    expect(value).toBeCloseTo(885.94, 2);
    expect(shown).toMatchObject({ passes: '3', sent: '44.30 GB', time: '886 ms', plain: '591 ms' });
  });

  it('is what the step trace sends, from any seed', () => {
    fc.assert(
      fc.property(randoms, (stream) => {
        const drawn = drill.draw(() => stream.next().value as number);
        const { stage, params, gpus, gigabits } = drawn;
        const { value, shown } = drill.solve(drawn);
        const { moments } = zeroStep({ stage, params, dpDegree: gpus });
        const seconds = (moments.at(-1)!.sentBytes * 8) / (gigabits * 1e9);
        expect(value / (seconds * 1e3)).toBeCloseTo(1, 9);
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
