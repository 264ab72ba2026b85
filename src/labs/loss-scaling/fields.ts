/** How the values of the histogram and of the training run are written in the address and read from it. */
import type { AddressProblem } from '../kit/address.ts';

export interface Parsed<State> {
  readonly state: State;
  readonly problems: readonly AddressProblem[];
}

/** Undefined for what cannot be meant. */
type Read<Value> = (text: string) => Value | undefined;

/** One value of a state: how it is written in the address, and how it is read. */
interface Field<Value> {
  readonly key: string;
  readonly print: (value: Value) => string;
  readonly read: Read<Value>;
}

export type Fields<State> = { readonly [Name in keyof State]: Field<State[Name]> };

export const whole =
  (min: number, max: number): Read<number> =>
  (text) =>
    /^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined;

export const number = (key: string, min: number, max: number): Field<number> => ({
  key,
  print: String,
  read: whole(min, max),
});

export const flag = (key: string): Field<boolean> => ({
  key,
  print: (value) => (value ? '1' : '0'),
  read: (text) => (text === '1' ? true : text === '0' ? false : undefined),
});

/** Reads a slice; what is absent or malformed has its default, and what is malformed is named. Never throws. */
export function parse<State extends object>(
  fields: Fields<State>,
  defaults: State,
  params: URLSearchParams,
): Parsed<State> {
  const problems: AddressProblem[] = [];
  const state = { ...defaults };
  for (const name of Object.keys(fields) as (keyof State)[]) {
    const { key, read } = fields[name];
    const value = params.get(key);
    if (value === null) continue;
    const good = read(value);
    if (good === undefined) problems.push({ key, value });
    else state[name] = good;
  }
  return { state, problems };
}

/** Sets the keys that differ from the defaults and removes the others. */
export function print<State extends object>(
  fields: Fields<State>,
  defaults: State,
  state: State,
  params: URLSearchParams,
): void {
  for (const name of Object.keys(fields) as (keyof State)[]) {
    const { key, print: written } = fields[name];
    const text = written(state[name]);
    if (text === written(defaults[name])) params.delete(key);
    else params.set(key, text);
  }
}
