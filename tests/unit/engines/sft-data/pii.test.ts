import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findPii,
  isChineseId,
  maskPii,
  passesLuhn,
} from '../../../../src/engines/sft-data/index.ts';

const found = (text: string) =>
  findPii(text).map(({ rule, start, end }) => [rule, text.slice(start, end)]);

describe('rules', () => {
  it.each([
    ['mail ada.l+x@mail.example.co.uk.', [['email', 'ada.l+x@mail.example.co.uk']]],
    ['邮箱是li@example.cn，谢谢', [['email', 'li@example.cn']]],
    ['身份证11010519491231002X。', [['chineseId', '11010519491231002X']]],
    ['110105194912310021', []],
    ['card 4111 1111 1111 1111!', [['card', '4111 1111 1111 1111']]],
    ['card 378282246310005', [['card', '378282246310005']]],
    ['4111 1111 1111 1112', []],
    ['numbers 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', []],
    ['host 8.8.8.8:53', [['ipv4', '8.8.8.8']]],
    ['192.168.0.1, 10.0.0.1, 127.0.0.1, 300.1.1.1, 1.2.3.4.5, v1.02.3.4', []],
    ['打13800138000', [['chineseMobile', '13800138000']]],
    ['+86 138-0013-8000', [['chineseMobile', '+86 138-0013-8000']]],
    ['1700000000000 and 23800138000', []],
    ['call +44 20 7946 0958', [['phone', '+44 20 7946 0958']]],
    [
      '(202) 555-0143 or 202-555-0143',
      [
        ['phone', '(202) 555-0143'],
        ['phone', '202-555-0143'],
      ],
    ],
    ['AKIAIOSFODNN7EXAMPLE', [['apiKey', 'AKIAIOSFODNN7EXAMPLE']]],
    [`sk-proj-${'a1'.repeat(15)}`, [['apiKey', `sk-proj-${'a1'.repeat(15)}`]]],
    ['-----BEGIN RSA PRIVATE KEY-----', [['apiKey', '-----BEGIN RSA PRIVATE KEY-----']]],
    ['task-oriented risk-based sk-learn, user @ host, a@b', []],
  ])('%s', (text, hits) => {
    expect(found(text)).toEqual(hits);
  });

  it('check a Chinese number as its standard’s own example', () => {
    expect(isChineseId('11010519491231002X')).toBe(true);
    expect(isChineseId('11010519490230002X')).toBe(false);
    expect(isChineseId('440524188001010014')).toBe(true);
  });

  it('check Luhn: one wrong digit is always noticed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 9 }), (at, add) => {
        const digits = [...'4111111111111111'].map(Number);
        digits[at] = (digits[at]! + add) % 10;
        expect(passesLuhn(digits.join(''))).toBe(false);
      }),
    );
  });
});

describe('hits and masks', () => {
  const piece = fc.constantFrom(
    ' ',
    'a',
    '@',
    '.',
    '1',
    '13800138000',
    '4111111111111111',
    'x@y.io',
    '8.8.8.8',
    '+',
    '-',
    '好',
    'AKIAIOSFODNN7EXAMPLE',
    '11010519491231002X',
    '\ud83d',
  );
  const mixed = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  it('never overlap and stand in order', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        let until = 0;
        for (const { start, end } of findPii(text)) {
          expect(start).toBeGreaterThanOrEqual(until);
          expect(end).toBeGreaterThan(start);
          until = end;
        }
      }),
    );
  });

  it('leave none of the hits whole', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const masked = maskPii(text);
        for (const { start, end } of findPii(text))
          expect(masked).not.toContain(` ${text.slice(start, end)} `);
      }),
    );
    expect(maskPii('ada@mail.example.com, 13800138000, 8.8.4.4, AKIAIOSFODNN7EXAMPLE')).toBe(
      'a•••@m•••.com, 13••••00, 8.8.•.•, AKIA••••',
    );
  });

  it.each([
    ['digits', '1'],
    ['spaced digits', '1 '],
    ['at signs', '@'],
    ['addresses', 'a@b.co '],
    ['dots', 'a.'],
    ['starts of keys', 'sk-'],
    ['starts of tokens', 'eyJ'],
    ['plus and digits', '+1 '],
  ])('come in time from two million signs of %s', (_, unit) => {
    findPii(unit.repeat(2_000_000 / unit.length));
  });
});
