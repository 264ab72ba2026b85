import { expect, test } from 'vitest';

/** What an argument may be, in the words of an engine's own messages. */
type Words =
  | `an integer ≥ ${number}`
  | `an integer from ${number} to ${number}`
  | `a finite number ≥ ${number}`
  | `a finite number from ${number} to ${number}`
  | `one of ${string}`
  | 'true or false';

const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g;

/** Values just outside what the words allow (whole ones, so 0 for a least of 5e-324), and the bounds inside. */
function around(words: Words): { outside: unknown[]; inside: unknown[] } {
  if (words.startsWith('one of ')) {
    const listed = words.slice('one of '.length).split(', ');
    const inside = listed.map((word) => (/^\d+$/.test(word) ? Number(word) : word));
    return { outside: ['nothing such', -1], inside };
  }
  if (words === 'true or false') return { outside: [0, 'true'], inside: [true, false] };
  const [min = 0, max] = (words.match(NUMBER) ?? []).map(Number);
  const outside: unknown[] = [Math.ceil(min) - 1, Number.NaN, Infinity, '1', true];
  if (words.startsWith('an integer')) outside.push(min + 0.5);
  if (max !== undefined) outside.push(Math.floor(max) + 1);
  return { outside, inside: max === undefined ? [min] : [min, max] };
}

/** A copy with the value at a path such as `moe.experts`. */
function changed(input: unknown, path: string, value: unknown): object {
  const [key = '', ...rest] = path.split('.');
  const inner = (input as Record<string, unknown>)[key];
  const next = rest.length === 0 ? value : changed(inner, rest.join('.'), value);
  return { ...(input as object), [key]: next };
}

function messageOf(work: () => unknown): { message: string; type: string } | undefined {
  try {
    work();
  } catch (error) {
    const { message, name } = error as Error;
    return { message, type: name };
  }
  return undefined;
}

/**
 * Tests that a function refuses each argument outside what is allowed, by a message that names the argument,
 * what is allowed and the value, and that it takes the bounds themselves. Keys are paths into `valid`; one
 * that ends in `?` may be left out.
 */
export function refuses<Input extends object>(
  call: (input: Input) => unknown,
  valid: Input,
  allowed: Readonly<Record<string, Words>>,
): void {
  test('takes a valid input', () => expect(messageOf(() => call(valid))).toBeUndefined());
  test.each(Object.entries(allowed))('%s is %s', (key, words) => {
    const path = key.replace('?', '');
    const kind = /^(an integer|a finite number)/.exec(words)?.[1]?.replace('finite ', '');
    const { outside, inside } = around(words);
    const refused = (value: unknown) => messageOf(() => call(changed(valid, path, value) as Input));
    if (!key.endsWith('?')) outside.push(undefined);
    for (const value of outside) {
      const wrongType = kind ? typeof value !== 'number' : words === 'true or false';
      const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
      expect(refused(value)).toEqual({
        message: `${path} must be ${kind && wrongType ? kind : words}, got ${shown}`,
        type: wrongType ? 'TypeError' : 'RangeError',
      });
    }
    // A bound may still not go with the other arguments, but then for a reason of its own.
    for (const value of inside) {
      expect(refused(value)?.message ?? '').not.toContain(`${path} must be ${words}`);
    }
  });
}

/** What a call throws, kind and whole message: `RangeError: n must be …`. */
export function refusal(call: () => unknown): string {
  const { type, message } = messageOf(call) ?? { type: 'nothing', message: 'thrown' };
  return `${type}: ${message}`;
}
