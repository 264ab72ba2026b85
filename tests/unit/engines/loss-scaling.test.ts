import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS, roundTo } from '../../../src/engines/floats/index.ts';
import {
  createScaler,
  gradientWindow,
  MinScaleError,
  type Overflows,
  POLICY_NAMES,
  type PolicyName,
  replay,
  smallestScale,
} from '../../../src/engines/loss-scaling/index.ts';
import { refuses } from './refusals.ts';

const FORMAT = `one of ${Object.keys(FORMATS).join(', ')}` as const;
const pattern = fc.array(fc.boolean(), { maxLength: 60 });
const bits = (flags: boolean[]): string => flags.map((flag) => (flag ? '1' : '0')).join('');

describe('every policy', () => {
  // Windows short enough that growths happen within a test.
  const short: Record<PolicyName, object> = {
    static: { initScale: 128 },
    pytorch: { growthInterval: 3 },
    deepspeed: { scaleWindow: 3, raiseErrorAtMinScale: false },
    apex: { scaleWindow: 3 },
    megatron: { growthInterval: 3 },
    deepspeed_fp16_optimizer: { scaleWindow: 3 },
    keras3: { dynamicGrowthSteps: 3 },
    tf_keras2: { dynamicGrowthSteps: 3 },
  };

  test.each(POLICY_NAMES)(
    '%s: the scale stays a power of two, falls only on overflow',
    (policy) => {
      fc.assert(
        fc.property(pattern, (flags) => {
          const run = replay({ policy, params: short[policy], overflows: bits(flags) });
          expect(run.scales).toHaveLength(flags.length);
          expect(run.skipped).toBe(flags.filter(Boolean).length);
          expect(run.lowered).toBeLessThanOrEqual(run.skipped);
          let before = run.initialScale;
          for (const [step, scale] of run.scales.entries()) {
            expect(Number.isInteger(Math.log2(scale))).toBe(true);
            if (flags[step]) expect([before, before / 2]).toContain(scale);
            else expect([before, before * 2]).toContain(scale);
            before = scale;
          }
        }),
      );
    },
  );

  test.each(POLICY_NAMES)('%s: a sparse pattern replays as its string does', (policy) => {
    fc.assert(
      fc.property(pattern, (flags) => {
        const at = flags.flatMap((flag, step) => (flag ? [step] : []));
        const params = short[policy];
        expect(replay({ policy, params, overflows: { at, steps: flags.length } })).toEqual(
          replay({ policy, params, overflows: bits(flags) }),
        );
      }),
    );
  });
});

describe('differences between the frameworks', () => {
  test('DeepSpeed absorbs the first overflow and halves on the second, 500 clean steps later', () => {
    const run = replay({ policy: 'deepspeed', overflows: { at: [0, 500], steps: 501 } });
    expect(run.finalScale).toBe(32_768);
    expect(run.skipped).toBe(2);
    expect(run.lowered).toBe(1);
  });

  test('the first growth: 2000 clean steps in PyTorch, 1000 in Megatron, 1001 in DeepSpeed', () => {
    const firstGrowth = (policy: PolicyName): number => {
      const run = replay({ policy, overflows: { at: [], steps: 2500 } });
      return run.scales.findIndex((scale) => scale > run.initialScale) + 1;
    };
    expect(firstGrowth('pytorch')).toBe(2000);
    expect(firstGrowth('megatron')).toBe(1000);
    expect(firstGrowth('deepspeed')).toBe(1001);
  });

  test('overflow on every step: DeepSpeed raises, PyTorch goes below 1, Megatron stays at 1', () => {
    const always = '1'.repeat(40);
    const deepspeed = replay({ policy: 'deepspeed', overflows: always });
    expect(deepspeed.errorAt).toBe(17);
    expect(deepspeed.finalScale).toBe(1);
    expect(replay({ policy: 'pytorch', overflows: always }).finalScale).toBe(2 ** -24);
    expect(replay({ policy: 'megatron', overflows: always }).finalScale).toBe(1);
  });

  test('counts what rises, falls, and is skipped without falling', () => {
    const params = { growthInterval: 2 };
    expect(replay({ policy: 'megatron', params, overflows: '001100' })).toEqual({
      initialScale: 2 ** 32,
      scales: [32, 33, 33, 32, 32, 33].map((power) => 2 ** power),
      finalScale: 2 ** 33,
      skipped: 2,
      lowered: 1,
      raised: 2,
      errorAt: null,
    });
  });

  test('a scaler shows its state under the framework’s names', () => {
    const scaler = createScaler('deepspeed');
    expect(Object.keys(scaler)).toEqual([
      'policy',
      'params',
      'update',
      'scale',
      'curIter',
      'lastOverflowIter',
      'curHysteresis',
    ]);
    scaler.update(true);
    expect(scaler).toMatchObject({ curIter: 1, lastOverflowIter: 0, curHysteresis: 1 });
  });

  test('a parameter that is undefined is the framework’s own', () => {
    const params = { initScale: undefined } as object;
    expect(createScaler('pytorch', params).params).toEqual(createScaler('pytorch').params);
  });

  test('FP16_Optimizer of DeepSpeed has no credit to give, and does not raise', () => {
    const run = replay({ policy: 'deepspeed_fp16_optimizer', overflows: '1'.repeat(20) });
    expect(run).toMatchObject({ lowered: 16, skipped: 20, finalScale: 1, errorAt: null });
  });

  test('a scaler that raised can be asked again and raises again', () => {
    const scaler = createScaler('deepspeed', { initScale: 1, hysteresis: 1 });
    expect(() => scaler.update(true)).toThrow(MinScaleError);
    expect(() => scaler.update(true)).toThrow(
      expect.objectContaining({
        name: 'MinScaleError',
        minScale: 1,
        message: 'loss scale is already at its minimum (1) and the gradients overflowed again',
      }),
    );
    expect(scaler.scale).toBe(1);
    expect(scaler.curIter).toBe(0);
  });
});

describe('what a scale does to gradients', () => {
  test('the window of PyTorch’s initial scale', () => {
    const { keepAbove, overflowFrom } = gradientWindow({ scale: 2 ** 16 });
    expect(keepAbove).toBe(2 ** -41);
    expect(overflowFrom).toBeCloseTo(0.99976, 5);
  });

  test('agrees with rounding, on both edges', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 40 }), (exponent) => {
        const scale = 2 ** exponent;
        const { keepAbove, overflowFrom } = gradientWindow({ scale });
        expect(roundTo('fp16', keepAbove * scale)).toBe(0);
        expect(roundTo('fp16', keepAbove * (1 + 2 ** -40) * scale)).toBe(2 ** -24);
        expect(roundTo('fp16', overflowFrom * scale)).toBe(Infinity);
        expect(roundTo('fp16', overflowFrom * (1 - 2 ** -40) * scale)).toBe(65_504);
      }),
    );
  });

  test('SSD’s published factor: 8 keeps 2^-27, 4 does not (arXiv:1710.03740 §3.2)', () => {
    expect(smallestScale({ magnitude: 2 ** -27 }).scale).toBe(8);
  });

  test('the smallest scale keeps the gradient and half of it does not', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -149, max: 2 ** -25, noNaN: true }), (magnitude) => {
        const { scale } = smallestScale({ magnitude });
        expect(roundTo('fp16', magnitude * scale)).toBeGreaterThan(0);
        expect(roundTo('fp16', (magnitude * scale) / 2)).toBe(0);
      }),
    );
    expect(smallestScale({ magnitude: 1 }).scale).toBe(1);
  });
});

describe('wrong arguments are named', () => {
  const ABOVE_ZERO = `a finite number ≥ ${Number.MIN_VALUE}` as const;
  const ABOVE_ONE = `a finite number ≥ ${1 + Number.EPSILON}` as const;
  const BELOW_ONE =
    `a finite number from ${Number.MIN_VALUE} to ${1 - Number.EPSILON / 2}` as const;
  const COUNT = 'an integer ≥ 1';
  const allowed: Record<PolicyName, Parameters<typeof refuses>[2]> = {
    static: { 'initScale?': ABOVE_ZERO },
    pytorch: {
      'initScale?': ABOVE_ZERO,
      'growthFactor?': ABOVE_ONE,
      'backoffFactor?': BELOW_ONE,
      'growthInterval?': COUNT,
    },
    deepspeed: {
      'initScale?': ABOVE_ZERO,
      'scaleWindow?': COUNT,
      'minScale?': ABOVE_ZERO,
      'hysteresis?': COUNT,
      'consecutiveHysteresis?': 'true or false',
      'raiseErrorAtMinScale?': 'true or false',
    },
    deepspeed_fp16_optimizer: {
      'initScale?': ABOVE_ZERO,
      'scaleWindow?': COUNT,
      'minScale?': ABOVE_ZERO,
    },
    apex: {
      'initScale?': ABOVE_ZERO,
      'scaleWindow?': COUNT,
      'minLossScale?': 'a finite number ≥ 0',
      'maxLossScale?': ABOVE_ZERO,
    },
    megatron: {
      'initialScale?': ABOVE_ZERO,
      'minScale?': `a finite number from ${Number.MIN_VALUE} to ${2 ** 32}`,
      'growthFactor?': ABOVE_ONE,
      'backoffFactor?': BELOW_ONE,
      'growthInterval?': COUNT,
      'hysteresis?': COUNT,
    },
    keras3: { 'initialScale?': ABOVE_ZERO, 'dynamicGrowthSteps?': COUNT },
    tf_keras2: { 'initialScale?': ABOVE_ZERO, 'dynamicGrowthSteps?': COUNT },
  };
  for (const policy of POLICY_NAMES) {
    describe(policy, () =>
      refuses((params: object) => createScaler(policy, params), {}, allowed[policy]),
    );
  }
  describe('replay', () =>
    refuses(
      (input: { policy: PolicyName; overflows: Overflows }) => replay(input),
      { policy: 'pytorch', overflows: { at: [], steps: 3 } },
      {
        policy: `one of ${POLICY_NAMES.join(', ')}`,
        'overflows.steps': 'an integer from 0 to 1000000',
      },
    ));
  describe('gradientWindow', () =>
    refuses(gradientWindow, { scale: 2 ** 16 }, { scale: ABOVE_ZERO, 'format?': FORMAT }));
  describe('smallestScale', () =>
    refuses(
      smallestScale,
      { magnitude: 2 ** -27 },
      { magnitude: `a finite number ≥ ${2 ** -149}`, 'format?': FORMAT },
    ));

  test.each([
    [
      () => createScaler('pytorch', { window: 3 } as object),
      new TypeError(
        'window (3) is not a parameter of pytorch, which has initScale, growthFactor, backoffFactor, growthInterval',
      ),
    ],
    [
      () => createScaler('pytorch').update(1 as never),
      new TypeError('foundInf must be true or false, got 1'),
    ],
    [
      () => replay({ policy: 'pytorch', overflows: '01x' }),
      new RangeError('overflows must be a string of 0 and 1, got "01x"'),
    ],
    [
      () => replay({ policy: 'pytorch', overflows: { at: [3], steps: 3 } }),
      new RangeError('overflows.at must be an integer from 0 to 2, got 3'),
    ],
  ])('%s', (call, error) => {
    expect(call).toThrow(error);
  });
});
