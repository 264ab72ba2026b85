import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerUnit, Solution } from '../../../src/quiz/drills/drill.ts';
import {
  judge,
  OFFERED_UNITS,
  readAnswer,
  suggestOpen,
  suggestOutcome,
} from '../../../src/quiz/grading.ts';

const UNITS = Object.keys(OFFERED_UNITS) as AnswerUnit[];

describe('readAnswer', () => {
  it.each<[string, AnswerUnit, number]>([
    ['16.6 GB', 'bytes', 16.6e9],
    ['16.6gb', 'bytes', 16.6e9],
    ['15.5 GiB', 'bytes', 15.5 * 2 ** 30],
    ['512 MiB', 'bytes', 2 ** 29],
    ['2048 MB per GPU', 'bytes', 2.048e9],
    ['１６．６ＧＢ', 'bytes', 16.6e9],
    ['166亿字节', 'bytes', 16.6e9],
    ['16,600,000,000 B', 'bytes', 16.6e9],
    ['1.2 TB/GPU', 'bytes', 1.2e12],
    ['30GB每卡', 'bytes', 30e9],
    ['27%', 'ratio', 0.27],
    ['２７％', 'ratio', 0.27],
    ['0.27', 'ratio', 0.27],
    ['3/11', 'ratio', 3 / 11],
    ['−0.2', 'ratio', -0.2],
    ['.5', 'ratio', 0.5],
    ['21 days', 'days', 21],
    ['21天', 'days', 21],
    ['504 h', 'days', 21],
    ['3周', 'days', 21],
    ['7.5B', 'parameters', 7.5e9],
    ['75亿', 'parameters', 7.5e9],
    ['75亿参数', 'parameters', 7.5e9],
    ['1.4 T tokens', 'tokens', 1.4e12],
    ['1.4万亿', 'tokens', 1.4e12],
    ['1400 billion', 'tokens', 1.4e12],
    ['200百万', 'tokens', 2e8],
    ['2^16', 'count', 65536],
    ['2**16', 'count', 65536],
    ['2¹⁶', 'count', 65536],
    ['2⁻²⁴', 'count', 2 ** -24],
    ['65,536', 'count', 65536],
    ['≈ 65536', 'count', 65536],
    ['256步', 'count', 256],
    ['8张', 'count', 8],
    ['1.2×10²¹', 'flops', 1.2e21],
    ['1.2x10^21', 'flops', 1.2e21],
    ['1.2*10^21', 'flops', 1.2e21],
    ['1.2e21 FLOPs', 'flops', 1.2e21],
  ])('reads %s as %s', (typed, unit, value) => {
    const read = readAnswer(typed, unit);
    expect(read).toHaveProperty('value');
    if ('value' in read) expect(read.value / value).toBeCloseTo(1, 9);
  });

  it('takes the unit beside the field for a bare number, and a typed unit before it', () => {
    expect(readAnswer('16.5', 'bytes', 'GB')).toEqual({ value: 16.5e9 });
    expect(readAnswer('2 GiB', 'bytes', 'GB')).toEqual({ value: 2 * 2 ** 30 });
    expect(readAnswer('27', 'ratio', '%')).toEqual({ value: 0.27 });
  });

  it.each<[string, AnswerUnit, string]>([
    ['', 'bytes', 'empty'],
    ['   ', 'count', 'empty'],
    ['many', 'count', 'number'],
    ['1,23 GB', 'bytes', 'number'],
    ['1.2.3', 'count', 'number'],
    ['16 GPUx', 'bytes', 'unit'],
    ['16 days', 'bytes', 'unit'],
    ['12 %', 'days', 'unit'],
    ['1e999', 'count', 'number'],
    ['<b>5</b>', 'count', 'number'],
  ])('refuses %s as %s: %s', (typed, unit, problem) => {
    expect(readAnswer(typed, unit)).toMatchObject({ problem });
  });

  it('gives a finite number or a problem for anything typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(...UNITS),
        fc.string(),
        (typed, unit, chosen) => {
          const read = readAnswer(typed, unit, chosen);
          if ('value' in read) expect(Number.isFinite(read.value)).toBe(true);
          else expect(['empty', 'number', 'unit']).toContain(read.problem);
        },
      ),
    );
  });

  it('reads every offered unit back, full width or not', () => {
    const wide = (text: string): string =>
      text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom(...UNITS), (n, unit) => {
        for (const offered of OFFERED_UNITS[unit]) {
          const beside = readAnswer(String(n), unit, offered);
          expect(beside).toHaveProperty('value');
          expect(readAnswer(`${n} ${offered}`, unit)).toEqual(beside);
          expect(readAnswer(wide(`${n}${offered}`), unit)).toEqual(beside);
        }
      }),
    );
  });
});

describe('judge', () => {
  const solution = (value: number, tolerance: number, unit: AnswerUnit = 'bytes'): Solution => ({
    value,
    unit,
    tolerance,
    shown: {},
  });

  it('accepts what is within the tolerance and nothing beyond', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e15, noNaN: true }),
        fc.double({ min: 0, max: 0.05, noNaN: true }),
        fc.double({ min: -0.99, max: 0.99, noNaN: true }),
        (value, tolerance, share) => {
          const count = solution(value, tolerance, 'count');
          expect(judge(value * (1 + tolerance * share), count)).toBe('right');
          expect(judge(value * (1 + tolerance * 1.01 + 1e-6), count)).toBe('wrong');
        },
      ),
    );
  });

  it('asks for the exact number where the tolerance is zero', () => {
    expect(judge(65536, solution(65536, 0, 'count'))).toBe('right');
    expect(judge(65537, solution(65536, 0, 'count'))).toBe('wrong');
  });

  it('tells a taken-for-binary unit from a wrong number', () => {
    expect(judge(16.6 * 2 ** 30, solution(16.6e9, 0.02))).toBe('binary');
    expect(judge(15.46e9, solution(16.6e9, 0.02))).toBe('binary');
    expect(judge(30e9, solution(16.6e9, 0.02))).toBe('wrong');
  });
});

describe('suggested grades', () => {
  it('never fall when another point is met, nor rise with another hint', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.nat(3), (total, hints) => {
        for (let met = 0; met < total; met += 1) {
          expect(suggestOpen(met + 1, total, hints)).toBeGreaterThanOrEqual(
            suggestOpen(met, total, hints),
          );
          expect(suggestOpen(met, total, hints + 1)).toBeLessThanOrEqual(
            suggestOpen(met, total, hints),
          );
        }
        expect(suggestOpen(0, total, hints)).toBe(1);
        expect(suggestOpen(total, total)).toBe(3);
      }),
    );
  });

  it('a wrong answer is to be asked again', () => {
    expect(suggestOutcome(false)).toBe(1);
    expect(suggestOutcome(true)).toBe(3);
    expect(suggestOutcome(true, 1)).toBe(2);
  });
});
