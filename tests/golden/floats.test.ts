import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  FORMATS,
  type FormatName,
  fromBits,
  roundTo,
  toBits,
} from '../../src/engines/floats/index.ts';

interface Case {
  id: string;
  input: string;
  input_f64_hex: string;
  output: string;
  output_f64_hex: string;
  bits: string;
  output_saturating?: string;
  bits_saturating?: string;
}

// Exact rational arithmetic, cross-checked with struct, numpy and ml_dtypes; see "verified" in the file.
const golden = JSON.parse(
  readFileSync(new URL('./data/golden-fp-formats.json', import.meta.url), 'utf8'),
);
const cases = Object.entries(golden.cases) as [FormatName, Case[]][];

const hexOf = (x: number): string => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(x);
  return bytes.toString('hex');
};
const code = (format: FormatName, bits: number): string =>
  bits.toString(16).padStart(FORMATS[format].bits / 4, '0');

describe.each(cases)('golden roundings to %s', (format, rows) => {
  test.each(rows)('$id: $input → $output', (row) => {
    const input = Number(row.input);
    const output = roundTo(format, input);
    expect(output).toBe(Number(row.output));
    if (Number.isNaN(output)) {
      expect(fromBits(format, toBits(format, input))).toBeNaN();
    } else {
      expect(hexOf(input)).toBe(row.input_f64_hex);
      expect(hexOf(output)).toBe(row.output_f64_hex);
      expect(code(format, toBits(format, input))).toBe(row.bits);
      expect(fromBits(format, Number.parseInt(row.bits, 16))).toBe(output);
    }
  });
});

const saturatingCases = cases.filter(([, rows]) => rows[0]?.output_saturating !== undefined);

test.each(saturatingCases)('golden roundings to %s in saturating mode', (format, rows) => {
  for (const row of rows) {
    const input = Number(row.input);
    const output = roundTo(format, input, { saturate: true });
    expect(output, row.id).toBe(Number(row.output_saturating));
    if (Number.isNaN(output)) continue;
    expect(code(format, toBits(format, input, { saturate: true })), row.id).toBe(
      row.bits_saturating,
    );
  }
});

describe('golden constants', () => {
  test.each(Object.entries(golden.formats) as [FormatName, Record<string, unknown>][])(
    '%s',
    (name, row) => {
      const f = FORMATS[name];
      const value = (key: string): number => Number((row[key] as { value: string }).value);
      expect(f).toMatchObject({
        bits: row['bits'],
        signBits: row['sign_bits'],
        exponentBits: row['exponent_bits'],
        mantissaBits: row['mantissa_bits'],
        exponentBias: row['exponent_bias'],
        emin: row['emin'],
        emax: row['emax'],
        hasInfinity: row['has_infinity'],
        maxFinite: value('max'),
        minNormal: value('min_normal'),
        maxSubnormal: value('max_subnormal'),
        minSubnormal: value('min_subnormal'),
        epsilon: value('epsilon'),
        unitRoundoff: value('unit_roundoff'),
        underflowTie: value('underflow_tie'),
      });
      // The file prints bf16's tie with 15 digits; the hexadecimal form is exact.
      expect(hexOf(f.overflowTie)).toBe((row['overflow_tie'] as { f64_hex: string }).f64_hex);
      let finite = 0;
      for (let bits = 0; bits < 2 ** f.bits; bits += 1) {
        if (Number.isFinite(fromBits(name, bits))) finite += 1;
      }
      expect(finite).toBe(row['finite_codes']);
    },
  );

  const reference = Object.entries(golden.reference_formats).filter(([name]) => name in FORMATS);
  test.each(reference as [FormatName, Record<string, unknown>][])('%s', (name, row) => {
    expect(FORMATS[name]).toMatchObject({
      bits: row['bits'],
      exponentBits: row['exponent_bits'],
      mantissaBits: row['mantissa_bits'],
      exponentBias: row['exponent_bias'],
      maxFinite: Number(row['max']),
      minNormal: Number(row['min_normal']),
      minSubnormal: Number(row['min_subnormal']),
      epsilon: Number(row['epsilon']),
    });
  });

  test('FP4 has exactly the eight magnitudes of the file', () => {
    const magnitudes = Array.from({ length: 8 }, (_, bits) => fromBits('fp4_e2m1fn', bits));
    expect(magnitudes).toEqual(golden.reference_formats.fp4_e2m1fn.all_magnitudes.map(Number));
  });
});
