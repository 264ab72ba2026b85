/** A lab's state in the address: what differs from the example, under short keys. Pure. */

/** A part of an address that could not be meant: its key and what stood there. */
export interface AddressProblem {
  key: string;
  value: string;
}

export interface AddressOf<State extends object> {
  defaults: State;
  keys: Readonly<Record<keyof State, string>>;
  /** Allowed names of the fields that are names. */
  lists: Readonly<Partial<Record<keyof State, readonly string[]>>>;
  /** Ends of the fields that are numbers, and which of these may be fractions. */
  ranges: Readonly<Partial<Record<keyof State, readonly [number, number]>>>;
  fractions: readonly (keyof State)[];
  /** Most digits before the point. */
  digits: number;
  /** Fields that are read in a way of their own; undefined for what cannot be meant. */
  readers?: Readonly<Partial<Record<keyof State, (text: string) => unknown>>>;
}

/** The query of a state; empty for the example. */
export function printAddress<State extends object>(
  { defaults, keys }: AddressOf<State>,
  state: State,
): string {
  const query = new URLSearchParams();
  for (const field of Object.keys(keys) as (keyof State)[]) {
    const value = state[field];
    if (value === defaults[field]) continue;
    query.set(keys[field], typeof value === 'boolean' ? (value ? '1' : '0') : String(value));
  }
  return query.toString();
}

/** Never throws: what is malformed keeps the example's value and is named. */
export function readAddress<State extends object>(
  of: AddressOf<State>,
  query: string,
): { state: State; problems: AddressProblem[] } {
  const given = new URLSearchParams(query);
  const state = { ...of.defaults };
  const problems: AddressProblem[] = [];
  for (const field of Object.keys(of.keys) as (keyof State)[]) {
    const text = given.get(of.keys[field]);
    if (text === null) continue;
    const value = read(of, field, text);
    if (value === undefined) problems.push({ key: of.keys[field], value: text.slice(0, 40) });
    else Object.assign(state, { [field]: value });
  }
  return { state, problems };
}

/** Brings what was read to what can be shown; a value of the address that gives way is named as well. */
export function settleAddress<State extends object>(
  { keys }: AddressOf<State>,
  query: string,
  { state, problems }: { state: State; problems: AddressProblem[] },
  settle: (state: State) => State,
): { state: State; problems: AddressProblem[] } {
  const given = new URLSearchParams(query);
  const settled = settle(state);
  const named = new Set(problems.map(({ key }) => key));
  const gaveWay = (Object.keys(keys) as (keyof State)[])
    .filter((field) => settled[field] !== state[field])
    .map((field) => ({ key: keys[field], value: String(state[field]) }))
    .filter(({ key }) => given.has(key) && !named.has(key));
  return { state: settled, problems: [...problems, ...gaveWay] };
}

function read<State extends object>(
  { lists, ranges, fractions, digits, readers }: AddressOf<State>,
  field: keyof State,
  text: string,
): unknown {
  const reader = readers?.[field];
  if (reader) return reader(text);
  const list = lists[field];
  if (list) return list.includes(text) ? text : undefined;
  const range = ranges[field];
  if (!range) return text === '1' ? true : text === '0' ? false : undefined;
  // As String writes numbers: 0.30000000000000004, 0.0000010012163353339801, 1e-7.
  const [, whole = ''] = /^(\d+)(?:\.\d{1,25})?(?:e-\d{1,3})?$/.exec(text) ?? [];
  if (whole.length === 0 || whole.length > digits) return undefined;
  const value = Number(text);
  const allowed = fractions.includes(field) || Number.isInteger(value);
  return allowed && value >= range[0] && value <= range[1] ? value : undefined;
}
