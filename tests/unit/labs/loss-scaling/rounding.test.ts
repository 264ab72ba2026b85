import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FORMATS,
  fromBits,
  roundTo,
  toBits,
  zoneOf,
} from '../../../../src/engines/floats/index.ts';
import { parseNumber } from '../../../../src/labs/kit/parseNumber.ts';
import {
  between,
  bitsOf,
  flipped,
  neighbours,
  zoneEdges,
} from '../../../../src/labs/loss-scaling/formats/rounding.ts';
import { EXPLORED } from '../../../../src/labs/loss-scaling/state.ts';
import { both, plain, short, typed } from '../../../../src/labs/loss-scaling/values.ts';

const format = fc.constantFrom(...EXPLORED);

describe('one number in one format', () => {
  test('lies between its two neighbours, and the nearer one wins', () => {
    fc.assert(
      fc.property(format, fc.double({ noNaN: true, noDefaultInfinity: true }), (name, x) => {
        const place = between(name, x);
        if (!place) throw new Error('finite numbers have a place');
        const { low, high, share } = place;
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(Math.abs(x));
        const value = Math.abs(roundTo(name, x));
        if (Number.isFinite(value)) expect(value).toBe(share <= 0.5 && value === low ? low : high);
        else expect(high).toBe(value);
      }),
    );
  });

  test('its neighbours are the codes next to it', () => {
    fc.assert(
      fc.property(format, fc.double({ min: -400, max: 400, noNaN: true }), (name, x) => {
        const value = roundTo(name, x);
        const { below, above } = neighbours(name, value);
        if (Number.isFinite(below)) expect(below).toBeLessThan(value);
        if (Number.isFinite(above)) expect(above).toBeGreaterThan(value);
        expect(roundTo(name, value + (above - value) / 4) === value).toBe(true);
      }),
    );
  });

  test('zones change at the edges that are drawn', () => {
    for (const name of EXPLORED) {
      const [underflow, subnormal, normal] = zoneEdges(name);
      const edge = (exponent: number | undefined): number => 2 ** (exponent ?? NaN);
      expect(zoneOf(name, FORMATS[name].underflowTie)).toBe('underflow');
      expect(edge(underflow?.to)).toBe(FORMATS[name].underflowTie);
      expect(zoneOf(name, edge(subnormal?.to))).toBe('normal');
      expect(edge(normal?.to) / FORMATS[name].overflowTie).toBeCloseTo(1, 10);
    }
  });
});

describe('bits', () => {
  test('flipping one twice leads back, and changes that one alone', () => {
    fc.assert(
      fc.property(
        format.chain((name) =>
          fc.tuple(
            fc.constant(name),
            fc.integer({ min: 0, max: 2 ** FORMATS[name].bits - 1 }),
            fc.integer({ min: 0, max: FORMATS[name].bits - 1 }),
          ),
        ),
        ([name, code, index]) => {
          const other = flipped(name, code, index);
          expect(flipped(name, other, index)).toBe(code);
          const changed = bitsOf(name, code).map((bit, i) => bit !== bitsOf(name, other)[i]);
          expect(changed.filter(Boolean)).toHaveLength(1);
          expect(changed[index]).toBe(true);
        },
      ),
    );
  });

  test('spell the encoding', () => {
    expect(bitsOf('fp16', toBits('fp16', 1)).join('')).toBe('0011110000000000');
    expect(fromBits('fp16', flipped('fp16', 0x3c00, 0))).toBe(-1);
  });
});

describe('printed numbers', () => {
  test.each([
    [2 ** -27, '7.4506×10⁻⁹', '2⁻²⁷', '2⁻²⁷ ≈ 7.45×10⁻⁹'],
    [65_504, '65,504', '65,504', '65,504'],
    [65_536, '65,536', '2¹⁶', '65,536 = 2¹⁶'],
    [0.395263671875, '0.395263672', '0.395263672', '0.395263672'],
    [-0.5, '−0.5', '−0.5', '−0.5'],
    [-1e-8, '−1×10⁻⁸', '−1×10⁻⁸', '−1×10⁻⁸'],
    [1, '1', '1', '1'],
    [-0, '−0', '−0', '−0'],
    [Infinity, '∞', '∞', '∞'],
    [NaN, 'NaN', 'NaN', 'NaN'],
  ])('%d', (value, expected, asShort, asBoth) => {
    expect(plain(value)).toBe(expected);
    expect(short(value)).toBe(asShort);
    expect(both(value)).toBe(asBoth);
  });

  test('what stands in a field is read as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(typed(value))).toBe(value);
      }),
    );
  });
});
