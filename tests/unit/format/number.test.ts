import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, decimal, formatNumber, params, powerOfTwo, scientific } from '~/format/number.ts';

describe('numbers as they are printed', () => {
  it('prints bytes in the named unit, decimal and binary apart', () => {
    expect(bytes(31.40625e9, 'GB')).toBe('31.4 GB');
    expect(bytes(12_116_750_000, 'GiB', 2)).toBe('11.28 GiB');
  });

  it('prints parameter counts as engineers say them', () => {
    expect(params(7.5e9)).toBe('7.5B');
    expect(params(175e9)).toBe('175B');
    expect(params(350e6)).toBe('350M');
    expect(params(1.04e12, 2)).toBe('1.04T');
  });

  it('prints powers and exponents with real superscripts', () => {
    expect(powerOfTwo(2 ** -24)).toBe('2⁻²⁴');
    expect(scientific(5.9604645e-8)).toBe('5.96×10⁻⁸');
    expect(() => powerOfTwo(3)).toThrow(RangeError);
    expect(() => powerOfTwo(2 ** 24 * (1 + Number.EPSILON))).toThrow(RangeError);
    expect(() => powerOfTwo(Number.NaN)).toThrow(RangeError);
  });

  it('prints a minus sign, not a hyphen', () => {
    expect(formatNumber(-0.05, 'decimal', 2)).toBe('−0.05');
    expect(formatNumber(-0.125, 'percent')).toBe('−12.5%');
  });

  it('groups digits in threes and keeps the number of digits asked for', () => {
    expect(formatNumber(65504, 'integer')).toBe('65,504');
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.nat(6), (value, digits) => {
        const printed = decimal(value, digits);
        expect(printed.split('.')[1]?.length ?? 0).toBe(digits);
        expect(Number(printed.replaceAll(',', '').replace('−', '-'))).toBeCloseTo(
          value,
          digits - 1,
        );
      }),
    );
  });

  it('refuses what is no number', () => {
    expect(() => formatNumber('many', 'GB')).toThrow(TypeError);
    expect(() => formatNumber(Number.NaN, 'decimal')).toThrow(TypeError);
  });
});
