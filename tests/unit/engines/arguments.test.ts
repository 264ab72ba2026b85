import { describe, expect, it } from 'vitest';
import { boolean, divisor, finiteNumber, integer, oneOf } from '../../../src/engines/arguments.ts';
import { refusal } from './refusals.ts';

describe('what is allowed', () => {
  it('is given back as it came, the ends of its range too', () => {
    expect([finiteNumber('x', 0), finiteNumber('x', 0.5, 0.5), finiteNumber('x', 3, 0, 3)]).toEqual(
      [0, 0.5, 3],
    );
    expect([integer('n', 0), integer('n', 2, 2), integer('n', 7, 0, 7)]).toEqual([0, 2, 7]);
    expect(integer('n', Number.MAX_SAFE_INTEGER)).toBe(2 ** 53 - 1);
    expect([divisor('p', 1, 12, 'L'), divisor('p', 4, 12, 'L'), divisor('p', 12, 12, 'L')]).toEqual(
      [1, 4, 12],
    );
    expect([
      oneOf('s', 'b', ['a', 'b']),
      oneOf('s', 3, [1, 3]),
      oneOf('s', false, [false]),
    ]).toEqual(['b', 3, false]);
    expect([boolean('on', true), boolean('on', false)]).toEqual([true, false]);
  });
});

describe('what is not', () => {
  it.each<[() => unknown, string]>([
    [() => finiteNumber('x', '5'), 'TypeError: x must be a number, got "5"'],
    [() => finiteNumber('x', undefined), 'TypeError: x must be a number, got undefined'],
    [() => finiteNumber('x', null), 'TypeError: x must be a number, got null'],
    [() => finiteNumber('x', 5n), 'TypeError: x must be a number, got 5'],
    [() => finiteNumber('x', Number.NaN), 'RangeError: x must be a finite number ≥ 0, got NaN'],
    [() => finiteNumber('x', Infinity), 'RangeError: x must be a finite number ≥ 0, got Infinity'],
    [() => finiteNumber('x', -0.1), 'RangeError: x must be a finite number ≥ 0, got -0.1'],
    [() => finiteNumber('x', 4, 1, 3), 'RangeError: x must be a finite number from 1 to 3, got 4'],
    [() => integer('n', '5'), 'TypeError: n must be an integer, got "5"'],
    [() => integer('n', true), 'TypeError: n must be an integer, got true'],
    [() => integer('n', 0.5), 'RangeError: n must be an integer ≥ 0, got 0.5'],
    [() => integer('n', Number.NaN, 1), 'RangeError: n must be an integer ≥ 1, got NaN'],
    [() => integer('n', 2 ** 53), 'RangeError: n must be an integer ≥ 0, got 9007199254740992'],
    [() => integer('n', 0, 1), 'RangeError: n must be an integer ≥ 1, got 0'],
    [() => integer('n', 8, 1, 7), 'RangeError: n must be an integer from 1 to 7, got 8'],
    [() => divisor('p', 5, 12, 'layers'), 'RangeError: p must divide layers = 12, got 5'],
    [() => divisor('p', 24, 12, 'layers'), 'RangeError: p must divide layers = 12, got 24'],
    [() => divisor('p', 0, 12, 'layers'), 'RangeError: p must be an integer ≥ 1, got 0'],
    [() => divisor('p', '4', 12, 'layers'), 'TypeError: p must be an integer, got "4"'],
    [() => oneOf('s', 'c', ['a', 'b']), 'RangeError: s must be one of a, b, got "c"'],
    [() => oneOf('s', '1', [1, 2]), 'RangeError: s must be one of 1, 2, got "1"'],
    [() => oneOf('s', undefined, ['a']), 'RangeError: s must be one of a, got undefined'],
    [() => boolean('on', 0), 'TypeError: on must be true or false, got 0'],
    [() => boolean('on', 'true'), 'TypeError: on must be true or false, got "true"'],
  ])('%s is refused with the argument, its value and what may stand there', (call, message) => {
    expect(refusal(call)).toBe(message);
  });
});
