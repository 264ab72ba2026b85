import { GRADES, isOurs, type StoredEvent } from './events.ts';

/** What is wrong with a file; the interface words it. */
export type ProblemKind =
  | 'too-large'
  | 'not-json'
  | 'not-progress'
  | 'missing'
  | 'unknown-field'
  | 'not-allowed'
  | 'forbidden-key'
  | 'too-deep'
  /** Two records share an id and differ, in the file or with what is here. */
  | 'conflict';

export interface Problem {
  /** Where: `line 12` of the text, or a path like `events[3].grade`. */
  place: string;
  problem: ProblemKind;
  /** What stands there, shortened; text, never markup. */
  value?: string;
  /** What may stand there. */
  allowed?: string;
}

/** Takes a value apart or says what is wrong with it. */
type Check = (value: unknown, place: string, problems: Problem[]) => void;

const MAX_DEPTH = 12;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const short = (value: unknown): string => {
  const text =
    isRecord(value) || Array.isArray(value) ? '…' : (JSON.stringify(value) ?? 'undefined');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

const rule =
  (allowed: string, holds: (value: unknown) => boolean): Check =>
  (value, place, problems) => {
    if (!holds(value))
      problems.push({ place, problem: 'not-allowed', value: short(value), allowed });
  };
const text = (allowed: string, pattern: RegExp): Check =>
  rule(allowed, (value) => typeof value === 'string' && pattern.test(value));
const whole = (low: number, high: number): Check =>
  rule(
    `whole number from ${low} to ${high}`,
    (value) => Number.isInteger(value) && (value as number) >= low && (value as number) <= high,
  );
const oneOf = (...values: readonly unknown[]): Check =>
  rule(values.map(short).join(', '), (value) => values.includes(value));
const list =
  (item: Check, most: number): Check =>
  (value, place, problems) => {
    if (!Array.isArray(value) || value.length > most) {
      problems.push({
        place,
        problem: 'not-allowed',
        value: short(value),
        allowed: `list of at most ${most}`,
      });
    } else for (const [i, entry] of value.entries()) item(entry, `${place}[${i}]`, problems);
  };

/** Checks whose field may be absent. */
const OPTIONAL = new WeakSet<Check>();
const maybe = (check: Check): Check => {
  const own: Check = (value, place, problems) => check(value, place, problems);
  OPTIONAL.add(own);
  return own;
};
/** Exactly these fields. */
const record = (fields: Readonly<Record<string, Check>>): Check => {
  const checks = new Map(Object.entries(fields));
  return (value, place, problems) => {
    if (!isRecord(value)) {
      problems.push({ place, problem: 'not-allowed', value: short(value), allowed: 'object' });
      return;
    }
    for (const key of Object.keys(value)) {
      if (!checks.has(key)) {
        problems.push({ place: `${place}.${key.slice(0, 60)}`, problem: 'unknown-field' });
      }
    }
    for (const [key, check] of checks) {
      const present = Object.hasOwn(value, key);
      if (present) check(value[key], `${place}.${key}`, problems);
      else if (!OPTIONAL.has(check))
        problems.push({ place: `${place}.${key}`, problem: 'missing' });
    }
  };
};
const LATEST = 4e15;
const id = text('6 to 64 letters, digits and hyphens', /^[0-9A-Za-z][0-9A-Za-z-]{5,63}$/);
const card = text('id of a question, as mp-001', /^[a-z]{2,5}-\d{3,6}$/);
const topic = text('prefix of a topic, as mp', /^[a-z]{2,5}$/);
const points = list(text('lower-case letters, digits, hyphens', /^[a-z0-9-]{1,80}$/), 50);
const time = whole(0, LATEST);
const grade = oneOf(...GRADES);
const flag = oneOf(true, false);

const scope: Check = (value, place, problems) => {
  if (value === 'all') return;
  if (isRecord(value) && Object.hasOwn(value, 'card')) record({ card })(value, place, problems);
  else if (isRecord(value)) record({ topic })(value, place, problems);
  else
    problems.push({
      place,
      problem: 'not-allowed',
      value: short(value),
      allowed: '"all", {card}, {topic}',
    });
};

const day = rule('null or a day as YYYY-MM-DD', (value) => value === null || isDay(value));

/** Whether the value is a day of the calendar as YYYY-MM-DD. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[12]\d{3}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

const base = { id, at: time, v: whole(1, 1_000_000), kind: text('text', /^.{1,64}$/) };
const CHECKS: ReadonlyMap<string, Check> = new Map([
  [
    'review',
    record({
      ...base,
      card,
      grade,
      ms: time,
      missed: maybe(points),
      seed: maybe(whole(0, Number.MAX_SAFE_INTEGER)),
    }),
  ],
  ['undo', record({ ...base, of: id })],
  ['reset', record({ ...base, scope })],
  ['mark', record({ ...base, card, mark: oneOf('read', 'revisit'), on: flag })],
  [
    'settings',
    record({
      ...base,
      set: record({
        interview: maybe(day),
        minutes: maybe(whole(1, 600)),
        retention: maybe(
          rule(
            'number from 0.7 to 0.97',
            (value) => typeof value === 'number' && value >= 0.7 && value <= 0.97,
          ),
        ),
        exported: maybe(time),
      }),
    }),
  ],
  [
    'mock',
    record({
      ...base,
      minutes: whole(1, 600),
      topics: list(topic, 50),
      level: oneOf(1, 2, 3),
      answers: list(
        record({ card, ms: time, grade, met: points, missed: points, followsUp: maybe(card) }),
        500,
      ),
    }),
  ],
]);

/** Everything wrong with one record. Of a foreign one only what every record has is checked. */
export function checkEvent(
  value: unknown,
  place: string,
  problems: Problem[],
): value is StoredEvent {
  const before = problems.length;
  checkKeys(value, place, problems, 0);
  if (problems.length > before) return false;
  if (!isRecord(value)) {
    problems.push({ place, problem: 'not-allowed', value: short(value), allowed: 'object' });
    return false;
  }
  for (const [field, check] of Object.entries(base)) {
    if (Object.hasOwn(value, field)) check(value[field], `${place}.${field}`, problems);
    else problems.push({ place: `${place}.${field}`, problem: 'missing' });
  }
  if (problems.length > before) return false;
  const event = value as unknown as StoredEvent;
  if (isOurs(event)) CHECKS.get(event.kind)?.(event, place, problems);
  return problems.length === before;
}

/** No key that reaches a prototype, and no nesting that could exhaust a stack, anywhere. */
function checkKeys(value: unknown, place: string, problems: Problem[], depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) {
    problems.push({ place, problem: 'too-deep' });
    return;
  }
  for (const key of Object.keys(value)) {
    if (FORBIDDEN_KEYS.has(key))
      problems.push({ place: `${place}.${key}`, problem: 'forbidden-key' });
    else {
      const inner = (value as Record<string, unknown>)[key];
      if (typeof inner === 'object' && inner !== null) {
        checkKeys(
          inner,
          Array.isArray(value) ? `${place}[${key}]` : `${place}.${key.slice(0, 60)}`,
          problems,
          depth + 1,
        );
      }
    }
  }
}
