import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replay } from '../../../../src/engines/loss-scaling/index.ts';
import {
  EXAMPLES,
  logLine,
  type Moment,
  moments,
  toldOf,
} from '../../../../src/labs/loss-scaling/scalers/moments.ts';
import { FRAMEWORK_DEFAULTS, SHOWN } from '../../../../src/labs/loss-scaling/scalers/params.ts';
import { SCALER_DEFAULTS, type ScalerState } from '../../../../src/labs/loss-scaling/state.ts';

const kinds = (list: readonly Moment[]): string[] => list.map(({ kind }) => kind);

describe('moments', () => {
  test('follow the engine over any pattern', () => {
    const state = fc.record({
      overflows: fc
        .uniqueArray(fc.integer({ min: 0, max: 23 }))
        .map((list) => list.sort((a, b) => a - b)),
      perColumn: fc.constantFrom(1, 10),
    });
    fc.assert(
      fc.property(state, fc.constantFrom(...SHOWN), ({ overflows, perColumn }, policy) => {
        const shown: ScalerState = { ...EXAMPLES.figure, overflows, perColumn };
        const list = moments(policy, shown);
        const run = replay({
          policy,
          params: shown.params[policy],
          overflows: { at: overflows.map((column) => column * perColumn), steps: 24 * perColumn },
        });
        expect(list).toHaveLength(24 * perColumn);
        const alive = list.filter(({ kind }) => kind !== 'raised' && kind !== 'ended');
        expect(alive.map(({ after }) => after)).toEqual(run.scales);
        for (const moment of alive) {
          if (moment.kind === 'lowered') expect(moment.after).toBeLessThan(moment.before);
          else if (moment.kind === 'grew') expect(moment.after).toBe(2 * moment.before);
          else expect(moment.after).toBe(moment.before);
        }
      }),
    );
  });

  test('every growth is announced: the streak reaches what it was said to need', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 39 })),
        fc.constantFrom(...SHOWN),
        (overflows, policy) => {
          const list = moments(policy, { ...EXAMPLES.figure, columns: 40, overflows });
          list.forEach((moment, step) => {
            const next = list[step + 1];
            if (moment.kind !== 'clean' || !next || next.overflow || next.kind === 'ended') return;
            expect(next.kind !== 'clean').toBe(moment.streak + 1 === moment.growsAt);
          });
        },
      ),
    );
  });

  test('the example: DeepSpeed absorbs one of six overflows, PyTorch none', () => {
    const deepspeed = moments('deepspeed', SCALER_DEFAULTS);
    expect(kinds(deepspeed).slice(0, 7)).toEqual([
      'absorbed',
      ...Array.from({ length: 5 }, () => 'lowered'),
      'clean',
    ]);
    expect(deepspeed[5]).toMatchObject({ before: 4096, after: 2048 });
    expect(moments('pytorch', SCALER_DEFAULTS)[5]).toMatchObject({ after: 1024 });
    expect(moments('static', SCALER_DEFAULTS)[5]).toMatchObject({ kind: 'fixed', after: 1 });
  });

  test('when every step overflows DeepSpeed raises at step 17, the others go on', () => {
    const deepspeed = kinds(moments('deepspeed', EXAMPLES.falling));
    expect(deepspeed[17]).toBe('raised');
    expect(deepspeed[18]).toBe('ended');
    expect(kinds(moments('megatron', EXAMPLES.falling)).at(-1)).toBe('floor');
    expect(moments('pytorch', EXAMPLES.falling).at(-1)?.after).toBe(2 ** -24);
  });

  test('with 250 steps a column the frameworks’ own windows are seen', () => {
    const grows = (policy: 'pytorch' | 'deepspeed' | 'megatron'): number | undefined =>
      moments(policy, EXAMPLES.windows).find(({ kind }) => kind === 'grew')?.step;
    // Clean from step 501 on.
    expect(grows('megatron')).toBe(500 + 1000);
    expect(grows('deepspeed')).toBe(500 + 1001);
    expect(grows('pytorch')).toBe(500 + 2000);
  });

  test('a growth says how many clean steps it took', () => {
    const streaks = SHOWN.map((policy) =>
      moments(policy, EXAMPLES.windows).find(({ kind }) => kind === 'grew'),
    );
    expect(streaks.map((moment) => moment?.streak)).toEqual([2000, 1001, 2000, 1000, undefined]);
  });

  test('Apex at its ceiling', () => {
    const params = {
      ...FRAMEWORK_DEFAULTS,
      apex: { ...FRAMEWORK_DEFAULTS.apex, maxLossScale: 2 ** 16, scaleWindow: 4 },
    };
    const list = moments('apex', { ...SCALER_DEFAULTS, overflows: [], params });
    expect(kinds(list).slice(0, 4)).toEqual(['clean', 'clean', 'clean', 'capped']);
  });
});

describe('the moments told of a column', () => {
  test('are its overflow and its changes, else its last step', () => {
    const list = moments('deepspeed', EXAMPLES.windows);
    expect(toldOf(list, 2, 250).map(({ step, kind }) => [step, kind])).toEqual([[500, 'lowered']]);
    expect(toldOf(list, 6, 250).map(({ step, kind }) => [step, kind])).toEqual([[1501, 'grew']]);
    expect(toldOf(list, 1, 250).map(({ step, kind }) => [step, kind])).toEqual([[499, 'clean']]);
  });
});

describe('log lines', () => {
  const line = (policy: 'deepspeed' | 'apex' | 'pytorch', step: number, state = SCALER_DEFAULTS) =>
    logLine(policy, moments(policy, state)[step] as Moment, state.params);

  // deepspeed/runtime/fp16/loss_scaler.py; the first lines of the log in issue 931.
  test('DeepSpeed’s', () => {
    expect(line('deepspeed', 0)).toBe(
      '[deepspeed] OVERFLOW! Rank 0 Skipping step. Attempted loss scale: 65536, but hysteresis is 2. Reducing hysteresis to 1',
    );
    expect(line('deepspeed', 1)).toBe(
      '[deepspeed] OVERFLOW! Rank 0 Skipping step. Attempted loss scale: 65536, reducing to 32768',
    );
    expect(line('deepspeed', 17, EXAMPLES.falling)).toMatch(/^Exception: Current loss scale/);
    expect(line('deepspeed', 20, EXAMPLES.falling)).toBeUndefined();
    expect(line('deepspeed', 8)).toBeUndefined();
  });

  // apex/amp/handle.py; loss_scale() has been lowered before it is printed.
  test('Apex’s', () => {
    expect(line('apex', 0)).toBe(
      'Gradient overflow.  Skipping step, loss scaler 0 reducing loss scale to 32768.0',
    );
    expect(line('apex', 8)).toBeUndefined();
  });

  test('PyTorch prints none', () => {
    expect(line('pytorch', 0)).toBeUndefined();
  });
});
