/** Reads one example in any of the formats that trainers take, and says what keeps it from being one. */

export const FORMATS = ['messages', 'sharegpt', 'alpaca', 'completion'] as const;
/**
 * `messages`: OpenAI's `{ messages: [{ role, content }] }`. `sharegpt`: `{ conversations: [{ from,
 * value }] }`. `alpaca`: `{ instruction, input?, output, system?, history? }`. `completion`:
 * `{ prompt, completion }`, each a text or a list of messages.
 */
export type Format = (typeof FORMATS)[number];

export interface Turn {
  role: 'system' | 'user' | 'assistant' | 'tool';
  text: string;
  /** An assistant that calls tools; its text may be empty. */
  calls: boolean;
}

export const SCHEMA_PROBLEMS = [
  'notJson',
  'notUtf8',
  'tooLong',
  'notObject',
  'unknownFormat',
  'preference',
  'missing',
  'wrongType',
  'unknownRole',
  'emptyList',
  'badWeight',
  'loneSurrogate',
] as const;
export type SchemaProblemCode = (typeof SCHEMA_PROBLEMS)[number];

export interface SchemaProblem {
  code: SchemaProblemCode;
  /** Where, as `messages[2].content`; empty for the whole example. */
  at: string;
  /** What stands there: a type, a role, the keys; at most 80 characters. */
  found: string;
}

export type Reading =
  | { format: Format; turns: Turn[]; problem?: undefined }
  | { problem: SchemaProblem };

/** Reads a parsed example. Never throws; stops at the first problem. */
export function readExample(value: unknown): Reading {
  try {
    if (!isObject(value)) fail('notObject', '', typeOf(value));
    const format = formatOf(value);
    const turns = READERS[format](value);
    return { format, turns };
  } catch (error) {
    if (error instanceof Problem) return { problem: error.problem };
    throw error;
  }
}

type Fields = Readonly<Record<string, unknown>>;

class Problem extends Error {
  readonly problem: SchemaProblem;
  constructor(problem: SchemaProblem) {
    super(problem.code);
    this.problem = problem;
  }
}

function fail(code: SchemaProblemCode, at: string, found: string): never {
  // A stack for each of a hundred thousand broken lines would take longer than reading them.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const problem = new Problem({ code, at, found: found.slice(0, 80) });
  Error.stackTraceLimit = stackTraceLimit;
  throw problem;
}

function formatOf(fields: Fields): Format {
  const has = (key: string): boolean => Object.hasOwn(fields, key);
  if (has('messages')) return 'messages';
  if (has('conversations')) return 'sharegpt';
  if (has('instruction')) return 'alpaca';
  if (has('chosen') || has('rejected')) return fail('preference', '', keysOf(fields));
  if (has('prompt')) return 'completion';
  return fail('unknownFormat', '', keysOf(fields));
}

const READERS: Readonly<Record<Format, (fields: Fields) => Turn[]>> = {
  messages: (fields) => messages(fields, 'messages'),
  sharegpt(fields) {
    const turns = list(fields, 'conversations').map((item, index): Turn => {
      const at = `conversations[${index}]`;
      if (!isObject(item)) fail('wrongType', at, typeOf(item));
      const from = text(item, 'from', at);
      const role = SHAREGPT_ROLES.get(from) ?? fail('unknownRole', `${at}.from`, from);
      return { role, text: text(item, 'value', at), calls: from === 'function_call' };
    });
    const system = optionalText(fields, 'system');
    return system ? [{ role: 'system', text: system, calls: false }, ...turns] : turns;
  },
  alpaca(fields) {
    const turns: Turn[] = [];
    const say = (role: Turn['role'], said: string): void => {
      turns.push({ role, text: said, calls: false });
    };
    const instruction = text(fields, 'instruction');
    const input = optionalText(fields, 'input');
    const output = text(fields, 'output');
    const system = optionalText(fields, 'system');
    if (system) say('system', system);
    if (Object.hasOwn(fields, 'history') && fields['history'] !== null) {
      list(fields, 'history', true).forEach((pair, index) => {
        const at = `history[${index}]`;
        if (!Array.isArray(pair) || pair.length !== 2) fail('wrongType', at, typeOf(pair));
        say('user', checked(pair[0], `${at}[0]`));
        say('assistant', checked(pair[1], `${at}[1]`));
      });
    }
    say('user', input ? `${instruction}\n${input}` : instruction);
    say('assistant', output);
    return turns;
  },
  completion(fields) {
    if (!Object.hasOwn(fields, 'completion')) fail('missing', 'completion', keysOf(fields));
    const half = (key: string, role: Turn['role']): Turn[] =>
      Array.isArray(fields[key])
        ? messages(fields, key)
        : [{ role, text: text(fields, key), calls: false }];
    return [...half('prompt', 'user'), ...half('completion', 'assistant')];
  },
};

const ROLES: ReadonlyMap<string, Turn['role']> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['tool', 'tool'],
  ['function', 'tool'],
]);

const SHAREGPT_ROLES: ReadonlyMap<string, Turn['role']> = new Map([
  ['system', 'system'],
  ['human', 'user'],
  ['gpt', 'assistant'],
  ['function_call', 'assistant'],
  ['observation', 'tool'],
]);

function messages(fields: Fields, key: string): Turn[] {
  return list(fields, key).map((item, index): Turn => {
    const at = `${key}[${index}]`;
    if (!isObject(item)) fail('wrongType', at, typeOf(item));
    const named = text(item, 'role', at);
    const role = ROLES.get(named) ?? fail('unknownRole', `${at}.role`, named);
    const calls =
      (Array.isArray(item['tool_calls']) && item['tool_calls'].length > 0) ||
      isObject(item['function_call']);
    const { weight } = item;
    if (weight !== undefined && weight !== 0 && weight !== 1) {
      fail(
        'badWeight',
        `${at}.weight`,
        String(typeof weight === 'number' ? weight : typeOf(weight)),
      );
    }
    return { role, text: content(item, at, calls), calls };
  });
}

/** Text, or OpenAI's list of parts, or nothing beside a call of tools. */
function content(item: Fields, at: string, calls: boolean): string {
  const value = Object.hasOwn(item, 'content') ? item['content'] : undefined;
  if (calls && (value === null || value === undefined)) return '';
  if (!Array.isArray(value)) return text(item, 'content', at);
  return value
    .map((part, index) => {
      const place = `${at}.content[${index}]`;
      if (!isObject(part)) return fail('wrongType', place, typeOf(part));
      // Pictures and sound carry no text; they are nobody's mistake.
      return Object.hasOwn(part, 'text') ? text(part, 'text', place) : '';
    })
    .join('\n');
}

function list(fields: Fields, key: string, mayBeEmpty = false): unknown[] {
  const value = fields[key];
  if (!Array.isArray(value)) return fail('wrongType', key, typeOf(value));
  if (value.length === 0 && !mayBeEmpty) fail('emptyList', key, '[]');
  return value;
}

function text(fields: Fields, key: string, inside = ''): string {
  const at = inside ? `${inside}.${key}` : key;
  if (!Object.hasOwn(fields, key)) return fail('missing', at, keysOf(fields));
  return checked(fields[key], at);
}

function optionalText(fields: Fields, key: string): string {
  if (!Object.hasOwn(fields, key) || fields[key] === null) return '';
  return checked(fields[key], key);
}

function checked(value: unknown, at: string): string {
  if (typeof value !== 'string') return fail('wrongType', at, typeOf(value));
  // Half of a surrogate pair is no character: no tokenizer can encode it.
  if (!value.isWellFormed()) fail('loneSurrogate', at, '');
  return value;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

/** Keys as they would stand in the file, for the message. */
function keysOf(fields: Fields): string {
  return Object.keys(fields)
    .slice(0, 8)
    .map((key) => key.slice(0, 20))
    .join(', ');
}
