import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accumulate,
  cast,
  FORMAT_NAMES,
  FORMATS,
  type FormatName,
  fieldsOf,
  fromBits,
  roundTo,
  spacing,
  toBits,
  updatesUntilVisible,
  zoneOf,
} from '../../../src/engines/floats/index.ts';

const format = fc.constantFrom(...FORMAT_NAMES);

/** Doubles where formats have something to decide: any bit pattern, numbers in range, ties and their neighbours. */
const value = (name: FormatName): fc.Arbitrary<number> => {
  const { emin, emax, mantissaBits } = FORMATS[name];
  const scaled = fc
    .tuple(
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.integer({ min: emin - mantissaBits - 2, max: emax + 1 }),
    )
    .map(([m, e]) => m * 2 ** e);
  const nearTie = fc
    .tuple(
      fc.integer({ min: 0, max: 2 ** (mantissaBits + 3) }),
      fc.integer({ min: emin, max: emax }),
      fc.constantFrom(0, 2 ** -40, -(2 ** -40)),
      fc.constantFrom(1, -1),
    )
    .map(([n, e, nudge, sign]) => sign * (n + nudge) * 2 ** (e - mantissaBits - 1));
  return fc.oneof(fc.double({ noNaN: true }), scaled, nearTie);
};

/** A finite double as an exact fraction over 2^1074. */
function exact(x: number): bigint {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, x);
  const raw = bytes.getBigUint64(0);
  const field = (raw >> 52n) & 0x7ffn;
  const fraction = raw & 0xfffffffffffffn;
  const magnitude = field === 0n ? fraction : (fraction + (1n << 52n)) << (field - 1n);
  return raw >> 63n ? -magnitude : magnitude;
}

/** All finite non-negative numbers of a format in order; only for formats small enough to list. */
const listed = (name: FormatName): number[] =>
  Array.from({ length: 2 ** (FORMATS[name].bits - 1) }, (_, bits) => fromBits(name, bits)).filter(
    Number.isFinite,
  );

const distance = (a: bigint, b: bigint): bigint => (a < b ? b - a : a - b);

describe('rounding', () => {
  // fp32 has too many numbers to list; Math.fround is its reference below.
  const listable = FORMAT_NAMES.filter((name) => FORMATS[name].bits < 32);

  test.each(listable)(
    '%s: the nearest number, ties to the even code, by exact arithmetic',
    (name) => {
      const numbers = listed(name);
      const exactNumbers = numbers.map(exact);
      const f = FORMATS[name];
      fc.assert(
        fc.property(value(name), (x) => {
          fc.pre(Number.isFinite(x));
          const target = exact(Math.abs(x));
          // Binary search for the neighbours, then compare distances as integers.
          let low = 0;
          let high = numbers.length - 1;
          while (high - low > 1) {
            const middle = (low + high) >> 1;
            if ((exactNumbers[middle] as bigint) <= target) low = middle;
            else high = middle;
          }
          const toLow = distance(target, exactNumbers[low] as bigint);
          const toHigh = distance(target, exactNumbers[high] as bigint);
          const index = toLow < toHigh || (toLow === toHigh && low % 2 === 0) ? low : high;
          const pastTop =
            target > exact(f.overflowTie) || (target === exact(f.overflowTie) && f.overflowsAtTie);
          const rounded = Math.abs(roundTo(name, x));
          if (!pastTop) expect(rounded).toBe(numbers[index]);
          else if (f.special === 'none') expect(rounded).toBe(f.maxFinite);
          else expect(rounded).toBe(f.hasInfinity ? Infinity : NaN);
          expect(Math.abs(roundTo(name, x, { saturate: true }))).toBe(
            pastTop ? f.maxFinite : numbers[index],
          );
        }),
        { numRuns: 400 },
      );
    },
  );

  test('fp32 agrees with Math.fround', () => {
    fc.assert(
      fc.property(value('fp32'), (x) => {
        expect(roundTo('fp32', x)).toBe(Math.fround(x));
      }),
      { numRuns: 1000 },
    );
  });

  test('is monotone, idempotent and symmetric', () => {
    fc.assert(
      fc.property(
        format.chain((name) => fc.tuple(fc.constant(name), value(name), value(name))),
        fc.boolean(),
        ([name, a, b], saturate) => {
          const [x, y] = [Math.min(a, b), Math.max(a, b)];
          const [low, high] = [roundTo(name, x, { saturate }), roundTo(name, y, { saturate })];
          if (!Number.isNaN(low) && !Number.isNaN(high)) expect(low).toBeLessThanOrEqual(high);
          expect(roundTo(name, low, { saturate })).toBe(low);
          expect(roundTo(name, -x, { saturate })).toBe(-low);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('a relative error of at most the unit roundoff for normal numbers', () => {
    fc.assert(
      fc.property(
        format.chain((name) => fc.tuple(fc.constant(name), value(name))),
        ([name, x]) => {
          // Below the normals the spacing no longer shrinks: 0.75 rounds to 1 in FP4.
          fc.pre(zoneOf(name, x) === 'normal' && Math.abs(x) >= FORMATS[name].minNormal);
          const error = Math.abs(roundTo(name, x) - x) / Math.abs(x);
          expect(error).toBeLessThanOrEqual(FORMATS[name].unitRoundoff);
        },
      ),
    );
  });

  test('wrong arguments are named', () => {
    expect(() => roundTo('fp12' as FormatName, 1)).toThrow(/format.*fp16.*"fp12"/);
    expect(() => roundTo('fp16', '1' as unknown as number)).toThrow(TypeError);
    expect(() => roundTo('fp16', 1, { saturate: 1 as unknown as boolean })).toThrow(/saturate/);
  });
});

describe('encodings', () => {
  test('all 65,536 codes of fp16 decode and encode to themselves', () => {
    for (let bits = 0; bits < 65_536; bits += 1) {
      const x = fromBits('fp16', bits);
      if (Number.isNaN(x)) expect(toBits('fp16', x)).toBe(0x7e00);
      else if (toBits('fp16', x) !== bits) expect(toBits('fp16', x)).toBe(bits);
    }
  });

  test('between all neighbours of fp16 the nearer one wins, and the middle goes to the even code', () => {
    const wrong: number[] = [];
    for (let code = 0; code < 0x7bff; code += 1) {
      const low = fromBits('fp16', code);
      const high = fromBits('fp16', code + 1);
      // All exact in a double.
      const middle = (low + high) / 2;
      const quarter = (high - low) / 4;
      const right =
        high > low &&
        roundTo('fp16', middle) === (code % 2 === 0 ? low : high) &&
        roundTo('fp16', middle - quarter) === low &&
        roundTo('fp16', middle + quarter) === high &&
        roundTo('fp16', -middle) === -roundTo('fp16', middle);
      if (!right) wrong.push(code);
    }
    expect(wrong).toEqual([]);
  });

  test.each(FORMAT_NAMES)('%s: codes survive the round trip, fields included', (name) => {
    const f = FORMATS[name];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** f.bits - 1 }), (bits) => {
        const { sign, exponent, mantissa } = fieldsOf(name, bits);
        expect((sign * 2 ** f.exponentBits + exponent) * 2 ** f.mantissaBits + mantissa).toBe(bits);
        const x = fromBits(name, bits);
        if (!Number.isNaN(x)) expect(toBits(name, x)).toBe(bits);
      }),
    );
  });

  test('fp32 agrees with DataView', () => {
    const bytes = new DataView(new ArrayBuffer(4));
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        bytes.setFloat32(0, x);
        expect(toBits('fp32', x)).toBe(bytes.getUint32(0));
      }),
    );
  });

  test('wrong arguments are named', () => {
    expect(() => fromBits('fp16', 65_536)).toThrow(/bits must be an integer from 0 to 65535/);
    expect(() => fromBits('fp16', 1.5)).toThrow(RangeError);
    expect(() => fromBits('fp16', '0' as unknown as number)).toThrow(TypeError);
    expect(() => toBits('fp4_e2m1fn', NaN)).toThrow(/fp4_e2m1fn/);
    expect(() => zoneOf('fp16', NaN)).toThrow(/x must be/);
  });
});

describe('what the text says', () => {
  // FP8 Formats for Deep Learning §3; torch.finfo; circulating figures checked by exact arithmetic.
  test('255² fits in fp16, 256² does not', () => {
    expect(roundTo('fp16', 255 * 255)).toBe(65_024);
    expect(zoneOf('fp16', 256 * 256)).toBe('overflow');
  });

  test('0.3952 in four formats, as in the Transformer Engine introduction', () => {
    expect(roundTo('fp16', 0.3952)).toBe(0.395263671875);
    expect(roundTo('bf16', 0.3952)).toBe(0.39453125);
    expect(roundTo('fp8_e4m3fn', 0.3952)).toBe(0.40625);
    expect(roundTo('fp8_e5m2', 0.3952)).toBe(0.375);
  });

  test.each([
    ['fp16', 2048],
    ['bf16', 256],
    ['fp8_e4m3fn', 16],
    ['fp8_e5m2', 8],
  ] as const)('a sum of ones in %s stalls at %i', (name, stall) => {
    expect(accumulate({ format: name, start: 0, update: 1, steps: 5000 }).value).toBe(stall);
    expect(FORMATS[name].maxExactInteger).toBe(stall);
  });

  test('1000 updates of 1e-4 vanish without a master copy', () => {
    const updates = { start: 1, update: 1e-4, steps: 1000 };
    expect(accumulate({ format: 'fp16', ...updates })).toMatchObject({ value: 1, arrived: 0 });
    expect(accumulate({ format: 'bf16', ...updates })).toMatchObject({ value: 1, arrived: 0 });
    const kept = accumulate({ format: 'bf16', master: 'fp32', ...updates });
    expect(kept.master).toBeCloseTo(1.10002, 5);
    expect(kept.value).toBe(1.1015625);
    expect(kept.arrived).toBe(1000);
  });

  test('exp overflows fp16 above 11.09, fp32 above 88.7', () => {
    expect(FORMATS.fp16.maxExpArgument).toBeCloseTo(11.09, 2);
    expect(FORMATS.fp32.maxExpArgument).toBeCloseTo(88.72, 2);
    expect(zoneOf('fp16', Math.exp(11.09))).toBe('normal');
    expect(zoneOf('fp16', Math.exp(11.1))).toBe('overflow');
  });

  test('Adam’s eps is zero in fp16', () => {
    expect(zoneOf('fp16', 1e-8)).toBe('underflow');
  });

  test('the gap next to a bf16 weight of 0.02', () => {
    expect(roundTo('bf16', 0.02)).toBe(0.02001953125);
    expect(spacing('bf16', 0.02)).toBe(2 ** -13);
    expect(roundTo('bf16', 0.02001953125 + 1e-5)).toBe(0.02001953125);
    expect(spacing('fp16', 1e6)).toBeNaN();
  });

  test('one cast with all its numbers', () => {
    expect(cast({ format: 'bf16', x: 0.02 })).toEqual({
      value: 0.02001953125,
      error: Math.abs(0.02001953125 - 0.02) / 0.02,
      spacing: 2 ** -13,
      zone: 'normal',
      bits: 0x3ca4,
    });
    expect(cast({ format: 'fp8_e4m3fn', x: 500 })).toMatchObject({ value: NaN, zone: 'overflow' });
    expect(cast({ format: 'fp8_e4m3fn', x: 500, saturate: true }).value).toBe(448);
  });

  test('zones', () => {
    expect(zoneOf('fp16', 0)).toBe('zero');
    expect(zoneOf('fp16', 2 ** -25)).toBe('underflow');
    expect(zoneOf('fp16', 1.01 * 2 ** -25)).toBe('subnormal');
    expect(zoneOf('fp16', -(2 ** -14))).toBe('normal');
    expect(zoneOf('fp16', 65_519)).toBe('normal');
    expect(zoneOf('fp16', 65_520)).toBe('overflow');
    expect(zoneOf('fp8_e4m3fn', 464)).toBe('normal');
  });

  test('accumulate names what is wrong', () => {
    expect(() => accumulate({ format: 'fp16', start: 0, update: 1, steps: -1 })).toThrow(/steps/);
    expect(() => accumulate({ format: 'fp16', start: NaN, update: 1, steps: 1 })).toThrow(/start/);
    expect(() =>
      accumulate({ format: 'fp16', master: 'fp7' as FormatName, start: 0, update: 1, steps: 1 }),
    ).toThrow(/fp7/);
  });
});

describe('updatesUntilVisible', () => {
  test('0.0001 on 1.0: 40 updates in bf16, 5 in fp16, the first in fp32', () => {
    const at = { start: 1, update: 1e-4 };
    expect(updatesUntilVisible({ format: 'bf16', ...at })).toEqual({
      steps: 40,
      from: 1,
      to: 1.0078125,
      gap: 2 ** -7,
      halfGap: 2 ** -8,
      arrivedWithoutMaster: 0,
    });
    expect(updatesUntilVisible({ format: 'fp16', ...at }).steps).toBe(5);
    expect(updatesUntilVisible({ format: 'fp32', ...at }).steps).toBe(1);
  });

  test('an update of more than half the gap arrives at once, with and without a master', () => {
    const run = updatesUntilVisible({ format: 'bf16', start: 1, update: 0.004 });
    expect(run).toMatchObject({ steps: 1, arrivedWithoutMaster: 1 });
  });

  test('a tie goes to the even neighbour: from 1.0 past the middle, from the next number onto it', () => {
    const update = 2 ** -8;
    expect(updatesUntilVisible({ format: 'bf16', start: 1, update }).steps).toBe(2);
    expect(updatesUntilVisible({ format: 'bf16', start: 1 + 2 ** -7, update }).steps).toBe(1);
  });

  test('the step is the first at which accumulate sees another value', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<FormatName>('fp16', 'bf16', 'fp8_e4m3fn'),
        fc.double({ min: 2 ** -5, max: 200, noNaN: true }),
        fc.double({ min: 0.003, max: 3, noNaN: true }),
        (name, start, share) => {
          const update = spacing(name, start) * share;
          const { steps, from, to } = updatesUntilVisible({ format: name, start, update });
          const seen = (n: number): number =>
            accumulate({ format: name, master: 'fp32', start, update, steps: n }).value;
          expect(seen(steps)).toBe(to);
          expect(seen(steps - 1)).toBe(from);
          expect(to).toBeGreaterThan(from);
        },
      ),
    );
  });

  test('wrong arguments are named', () => {
    const run =
      (start: number, update: number, format: FormatName = 'fp16') =>
      () =>
        updatesUntilVisible({ format, start, update });
    expect(run(0, 1)).toThrow(/start/);
    expect(run(70_000, 1)).toThrow(/start/);
    expect(run(1, 0)).toThrow(/update/);
    expect(run(1, -1)).toThrow(/update/);
    expect(run(1, 1e-12)).toThrow(/update must show in fp16/);
    expect(run(1, 1, 'fp7' as FormatName)).toThrow(/fp7/);
  });
});
