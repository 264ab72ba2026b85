import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findPii,
  isChineseId,
  maskHit,
  maskPii,
  type PiiRule,
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

  it.each([
    '0.1.1.1',
    '10.1.1.1',
    '127.1.1.1',
    '100.64.0.1',
    '100.127.255.1',
    '169.254.1.1',
    '172.16.0.1',
    '172.31.0.1',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '256.1.1.1',
    '1.256.1.1',
    '1.1.1.256',
    '01.2.3.4',
    '1.2.3.04',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.4567',
  ])('%s is nobody’s address', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    '1.1.1.1',
    '8.8.8.0',
    '9.255.1.1',
    '11.0.0.1',
    '126.1.1.1',
    '128.1.1.1',
    '100.63.255.255',
    '100.128.0.0',
    '101.64.0.1',
    '169.253.1.1',
    '168.254.1.1',
    '172.15.1.1',
    '172.32.1.1',
    '171.16.1.1',
    '192.167.1.1',
    '191.168.1.1',
    '223.255.255.255',
  ])('%s is', (text) => {
    expect(found(`at ${text}.`)).toEqual([['ipv4', text]]);
  });

  it.each([
    [`sk-${'a'.repeat(20)}`, true],
    [`sk-${'a'.repeat(19)}`, false],
    [`sk-ant-${'B-_9'.repeat(5)}`, true],
    [`sk-svcacct-${'a'.repeat(20)}`, true],
    [`AKIA${'A1'.repeat(8)}`, true],
    [`AKIA${'A1'.repeat(8)}B`, false],
    [`AKIA${'a1'.repeat(8)}`, false],
    [`AIza${'x_-9a'.repeat(7)}`, true],
    [`AIza${'x'.repeat(34)}`, false],
    [`ghp_${'aZ9'.repeat(12)}`, true],
    [`ghp_${'a'.repeat(35)}`, false],
    [`github_pat_${'a_'.repeat(11)}`, true],
    [`github_pat_${'a'.repeat(21)}`, false],
    [`hf_${'a'.repeat(30)}`, true],
    [`hf_${'a'.repeat(29)}`, false],
    [`xoxb-${'1a'.repeat(5)}`, true],
    ['xoxb-123456789', false],
    [`xoxc-${'1a'.repeat(5)}`, false],
    [`eyJ${'a'.repeat(8)}.eyJ${'b'.repeat(8)}.${'c'.repeat(8)}`, true],
    [`eyJ${'a'.repeat(8)}.${'b'.repeat(11)}.${'c'.repeat(8)}`, false],
    ['-----BEGIN PRIVATE KEY-----', true],
    ['-----BEGIN OPENSSH PRIVATE KEY-----', true],
    ['-----BEGIN PUBLIC KEY-----', false],
  ])('%s is a key: %s', (text, is) => {
    expect(found(`key=${text}`)).toEqual(is ? [['apiKey', text]] : []);
    expect(
      found(`x${text}`).filter(([rule]) => rule === 'apiKey' && text.startsWith('sk')),
    ).toEqual([]);
    expect(found(`${text} ${text}`)).toHaveLength(is ? 2 : 0);
  });

  it.each([
    ['a@b.co', 'a@b.co'],
    ['..a.b@c.de', 'a.b@c.de'],
    ['(x_y%z+1-2@sub.mail-host.org)', 'x_y%z+1-2@sub.mail-host.org'],
    [`${'a'.repeat(70)}@b.co`, `${'a'.repeat(64)}@b.co`],
    ['a.@b.co', undefined],
    ['@b.co', undefined],
    ['...@b.co', undefined],
    ['a@b', undefined],
    ['a@-b.co', undefined],
    ['a@b.c', undefined],
    ['a@b.co1', undefined],
    ['a@b.co-x', undefined],
    ['x@@b.co', undefined],
  ])('%s holds the mail address %s', (text, address) => {
    expect(found(text)).toEqual(address === undefined ? [] : [['email', address]]);
  });

  it.each([
    ['4111-1111-1111-1111', 'card'],
    ['4111111111111111', 'card'],
    ['3782 822463 10005', 'card'],
    ['6011000990139424', 'card'],
    ['2223003122003222', 'card'],
    ['4222222222222', 'card'],
    ['4111 1111-1111 1111', undefined],
    ['411111111111111', undefined],
    ['7111111111111117', undefined],
    ['4111111111111111-', undefined],
    ['-4111111111111111', undefined],
    ['.4111111111111111', undefined],
    ['2222222222222224', 'card'],
    ['5555555555555555', undefined],
    ['4444444444444448', 'card'],
    ['+8613800138000', 'chineseMobile'],
    ['8613800138000', 'chineseMobile'],
    ['138 0013 8000', 'chineseMobile'],
    ['12800138000', undefined],
    ['138001380001', undefined],
    ['-13800138000', undefined],
    ['13800138000-1', undefined],
    ['+442079460958', 'phone'],
    ['+1 (202) 555-0143', 'phone'],
    ['+1234567', undefined],
    ['+0123456789', undefined],
    ['x+442079460958', undefined],
    ['202.555.0143', 'phone'],
    ['102-555-0143', undefined],
    ['202-155-0143', undefined],
    ['202-555-01431', undefined],
    ['202-555-0143-1', undefined],
    ['2025550143', undefined],
    ['(202)555-0143', 'phone'],
  ])('%s is a %s', (text, rule) => {
    expect(found(text).map(([name, hit]) => [name, hit])).toEqual(rule ? [[rule, text]] : []);
  });

  it('give signs that two rules want to the earlier rule, and go on behind them', () => {
    expect(found('13800138000@example.cn 13800138000')).toEqual([
      ['email', '13800138000@example.cn'],
      ['chineseMobile', '13800138000'],
    ]);
    expect(found('AKIAIOSFODNN7EXAMPLE@example.com, 8.8.8.8')).toEqual([
      ['apiKey', 'AKIAIOSFODNN7EXAMPLE'],
      ['ipv4', '8.8.8.8'],
    ]);
    expect(
      found('8.8.8.8, a@b.co, 13800138000, AKIAIOSFODNN7EXAMPLE').map(([rule]) => rule),
    ).toEqual(['ipv4', 'email', 'chineseMobile', 'apiKey']);
  });

  it.each<[PiiRule, string, string]>([
    ['email', 'ada@mail.example.co.uk', 'a•••@m•••.uk'],
    ['apiKey', 'AKIAIOSFODNN7EXAMPLE', 'AKIA••••'],
    ['ipv4', '8.8.4.4', '8.8.•.•'],
    ['card', '4111 1111 1111 1111', '41••••11'],
    ['chineseId', '11010519491231002X', '11••••2X'],
    ['phone', '+44 20 7946 0958', '+4••••58'],
  ])('mask %s', (rule, hit, masked) => {
    expect(maskHit(rule, hit)).toBe(masked);
  });

  /** ISO 7064 MOD 11-2: the sign that makes Σ aᵢ·2^(18−i) leave 1 over 11. */
  const withCheck = (first17: string): string => {
    const sum = [...first17].reduce(
      (total, digit, at) => total + Number(digit) * 2 ** (17 - at),
      0,
    );
    const check = (12 - (sum % 11)) % 11;
    return first17 + (check === 10 ? 'X' : check);
  };

  it.each([
    ['1850', '0101', true],
    ['1849', '1231', false],
    ['2100', '1231', true],
    ['2101', '0101', false],
    ['1999', '0131', true],
    ['1999', '0132', false],
    ['1999', '0229', true],
    ['1999', '0230', false],
    ['1999', '0331', true],
    ['1999', '0430', true],
    ['1999', '0431', false],
    ['1999', '0531', true],
    ['1999', '0630', true],
    ['1999', '0631', false],
    ['1999', '0731', true],
    ['1999', '0831', true],
    ['1999', '0930', true],
    ['1999', '0931', false],
    ['1999', '1031', true],
    ['1999', '1130', true],
    ['1999', '1131', false],
    ['1999', '1232', false],
    ['1999', '1301', false],
    ['1999', '0001', false],
    ['1999', '0500', false],
  ])('born %s-%s: %s', (year, day, possible) => {
    const id = withCheck(`110105${year}${day}123`);
    expect(isChineseId(id)).toBe(possible);
    expect(isChineseId(id.toLowerCase())).toBe(possible);
    for (const sign of '0123456789X') {
      if (!id.endsWith(sign)) expect(isChineseId(id.slice(0, 17) + sign)).toBe(false);
    }
    expect(isChineseId(`${id}1`)).toBe(false);
    expect(isChineseId(`A${id.slice(1)}`)).toBe(false);
  });

  it('check Luhn by digits alone', () => {
    expect(['', ' ', '0', '18', '4111 1111 1111 1111', '59'].map(passesLuhn)).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
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
