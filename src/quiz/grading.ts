/** From what was answered to a verdict and a suggested grade. Pure: the grade is always the reader's to change. */
import type { Grade } from '../progress/events.ts';
import type { AnswerUnit, Solution } from './drills/drill.ts';

const POWERS = { K: 1, M: 2, G: 3, T: 4, P: 5 } as const;

/** What a unit multiplies by. Keys are folded by `fold`. */
const UNITS: Readonly<Record<AnswerUnit, Readonly<Record<string, number>>>> = {
  bytes: {
    b: 1,
    byte: 1,
    bytes: 1,
    字节: 1,
    ...Object.fromEntries(
      Object.entries(POWERS).flatMap(([letter, power]) => {
        const prefix = letter.toLowerCase();
        const [decimal, binary] = [1000 ** power, 1024 ** power];
        return [
          [prefix, decimal],
          [`${prefix}b`, decimal],
          [`${prefix}ib`, binary],
          [`${prefix}i`, binary],
        ];
      }),
    ),
  },
  ratio: { '%': 0.01, percent: 0.01 },
  days: {
    d: 1,
    day: 1,
    days: 1,
    天: 1,
    日: 1,
    h: 1 / 24,
    hour: 1 / 24,
    hours: 1 / 24,
    小时: 1 / 24,
    week: 7,
    weeks: 7,
    周: 7,
  },
  parameters: counts('parameters', 'params', 'parameter', '参数', '个参数'),
  tokens: counts('tokens', 'token', '个token', '词元'),
  flops: counts('flops', 'flop'),
  count: counts('steps', 'step', 'gpus', 'gpu', '个', '步', '张', '次', '倍'),
};

function counts(...words: string[]): Readonly<Record<string, number>> {
  return {
    k: 1e3,
    m: 1e6,
    b: 1e9,
    g: 1e9,
    t: 1e12,
    p: 1e15,
    e: 1e18,
    z: 1e21,
    thousand: 1e3,
    million: 1e6,
    billion: 1e9,
    trillion: 1e12,
    ...Object.fromEntries(words.map((word) => [word, 1])),
  };
}

/** Chinese multipliers stand in a row: 百万 is 100 × 10⁴, 万亿 is 10⁴ × 10⁸. */
const HAN: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8 };

/** Units offered beside the field, in the order in which they are tried; the first is the default. */
export const OFFERED_UNITS: Readonly<Record<AnswerUnit, readonly string[]>> = {
  bytes: ['GB', 'GiB', 'MB', 'MiB', 'TB', 'B'],
  ratio: ['', '%'],
  days: ['days', 'hours'],
  parameters: ['B', 'M', 'T', ''],
  tokens: ['B', 'M', 'T', ''],
  flops: ['', 'E', 'Z'],
  count: [],
};

export type ReadAnswer =
  | { value: number }
  | { problem: 'empty' }
  /** Not a number at all. */
  | { problem: 'number' }
  /** A number with a unit this answer does not have. */
  | { problem: 'unit'; unit: string };

/**
 * Reads a typed answer into base units (bytes, days, a ratio, a plain count): "16.6 GB", "15.5GiB",
 * "7.5B", "２７％", "75亿", "2^16", "1.2×10²¹", "3/11". `chosen` is the unit picked beside the field;
 * a unit that was typed wins over it. A finite number or a problem, never NaN; never throws.
 */
export function readAnswer(typed: string, unit: AnswerUnit, chosen = ''): ReadAnswer {
  const text = fold(typed);
  if (text === '') return { problem: 'empty' };
  const match = /^([-+]?(?:\d[\d.,]*|\.\d+)(?:e[-+]?\d+)?)(.*)$/.exec(text);
  if (!match) return { problem: 'number' };
  const [, digits = '', tail = ''] = match;
  const first = plainNumber(digits);
  if (first === undefined) return { problem: 'number' };
  const { value, rest } = extend(first, tail);
  const scale = unitScale(rest === '' ? fold(chosen) : rest, unit);
  if (scale === undefined) {
    return /^[\p{L}%/]+$/u.test(rest) ? { problem: 'unit', unit: rest } : { problem: 'number' };
  }
  const total = value * scale;
  return Number.isFinite(total) ? { value: total } : { problem: 'number' };
}

/** One spelling for what people type in many: full width, superscripts, signs, case, spaces, "per GPU". */
function fold(typed: string): string {
  return typed
    .replace(/[⁰¹²³⁴-⁹⁻]+/g, (power) => `^${power}`)
    .normalize('NFKC')
    .replaceAll('−', '-')
    .replace(/[×✕·*]{1,2}(?=\s*10\s*\^)/g, '×')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/^(?:[≈~=]|about|约|大约)+/, '')
    .replace(/(?:\/|per|每)(?:gpu|card|卡|step|步)$/, '')
    .replace(/[。.]$/, '');
}

/** '1,234.5', not '1,23'. */
function plainNumber(digits: string): number | undefined {
  const whole = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?(?:e[-+]?\d+)?$/.test(digits);
  if (digits.includes(',') && !whole) return undefined;
  const value = Number(digits.replaceAll(',', ''));
  return Number.isFinite(value) ? value : undefined;
}

/** Takes a power, a factor 10^n or a divisor that follows the number. */
function extend(value: number, tail: string): { value: number; rest: string } {
  const power = /^(?:\^|\*\*)\(?(-?\d{1,4})\)?(.*)$/.exec(tail);
  if (power) return { value: value ** Number(power[1]), rest: power[2] ?? '' };
  const tens = /^[×x]10(?:\^|\*\*)?\(?(-?\d{1,3})\)?(.*)$/.exec(tail);
  if (tens) return { value: value * 10 ** Number(tens[1]), rest: tens[2] ?? '' };
  const over = /^[/÷](\d+(?:\.\d+)?)(.*)$/.exec(tail);
  if (over && Number(over[1]) > 0) return { value: value / Number(over[1]), rest: over[2] ?? '' };
  return { value, rest: tail };
}

function unitScale(written: string, unit: AnswerUnit): number | undefined {
  const [, han = '', rest = ''] = /^([十百千万亿]*)(.*)$/.exec(written) ?? [];
  const multiplier = [...han].reduce((product, character) => product * (HAN[character] ?? 1), 1);
  if (rest === '') return multiplier;
  // "7.5Btokens", "75亿参数": a size, then the word for what is counted.
  const units = UNITS[unit];
  if (Object.hasOwn(units, rest)) return multiplier * (units[rest] ?? 1);
  for (const [word, scale] of Object.entries(units)) {
    const before = rest.slice(0, -word.length);
    if (scale === 1 && word.length > 1 && rest.endsWith(word) && Object.hasOwn(units, before))
      return multiplier * (units[before] ?? 1);
  }
  return undefined;
}

export type NumericVerdict =
  | 'right'
  /** Right if GB and GiB (or MB and MiB …) were taken for each other. */
  | 'binary'
  | 'wrong';

/** Whether an answer in base units is within the solution's tolerance. */
export function judge(value: number, { value: exact, tolerance, unit }: Solution): NumericVerdict {
  const near = (candidate: number): boolean =>
    Math.abs(candidate - exact) <= Math.max(tolerance, 1e-9) * Math.abs(exact);
  if (near(value)) return 'right';
  if (unit === 'bytes') {
    for (const power of Object.values(POWERS)) {
      const step = 1.024 ** power;
      if (near(value * step) || near(value / step)) return 'binary';
    }
  }
  return 'wrong';
}

/**
 * What ticked key points suggest: all of them 3 (2 when hints were needed), at least half 2, fewer 1.
 * More points never suggest less. 4 is never suggested: only the reader knows that it was easy.
 */
export function suggestOpen(met: number, total: number, hints = 0): Grade {
  if (total > 0 && met >= total) return hints > 0 ? 2 : 3;
  return met * 2 >= total ? 2 : 1;
}

/** What a right or wrong answer suggests; a hint makes a right one hard. */
export function suggestOutcome(right: boolean, hints = 0): Grade {
  if (!right) return 1;
  return hints > 0 ? 2 : 3;
}
