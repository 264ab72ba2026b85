import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundTo } from '../../../src/engines/floats/index.ts';
import {
  createScaler,
  gradientWindow,
  MinScaleError,
  POLICY_NAMES,
  type PolicyName,
  replay,
  smallestScale,
} from '../../../src/engines/loss-scaling/index.ts';

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

  test('a scaler that raised can be asked again and raises again', () => {
    const scaler = createScaler('deepspeed', { initScale: 1, hysteresis: 1 });
    expect(() => scaler.update(true)).toThrow(MinScaleError);
    expect(() => scaler.update(true)).toThrow(/minimum \(1\)/);
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
  test.each([
    [() => createScaler('adam' as PolicyName), /policy must be one of .*"adam"/],
    [() => createScaler('pytorch', { window: 3 } as object), /window.*not a parameter of pytorch/],
    [() => createScaler('pytorch', { initScale: 0 }), /initScale/],
    [() => createScaler('pytorch', { growthFactor: 1 }), /growthFactor/],
    [() => createScaler('pytorch', { backoffFactor: 1 }), /backoffFactor/],
    [() => createScaler('pytorch', { growthInterval: 2.5 }), /growthInterval/],
    [() => createScaler('deepspeed', { hysteresis: 0 }), /hysteresis/],
    [() => createScaler('deepspeed', { consecutiveHysteresis: 1 as never }), /consecutiveHyst/],
    [() => createScaler('megatron', { initialScale: 1, minScale: 2 }), /minScale/],
    [() => createScaler('apex', { minLossScale: -1 }), /minLossScale/],
    [() => createScaler('keras3', { dynamicGrowthSteps: 0 }), /dynamicGrowthSteps/],
    [() => createScaler('pytorch').update(1 as never), /foundInf/],
    [() => replay({ policy: 'pytorch', overflows: '01x' }), /overflows/],
    [() => replay({ policy: 'pytorch', overflows: { at: [3], steps: 3 } }), /overflows\.at/],
    [() => gradientWindow({ scale: 0 }), /scale/],
    [() => gradientWindow({ scale: 1, format: 'fp9' as never }), /format/],
    [() => smallestScale({ magnitude: 0 }), /magnitude/],
  ])('%s', (call, message) => {
    expect(call).toThrow(message);
  });
});
