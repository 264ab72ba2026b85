/** Everything the SFT data lab shows, as it travels in the address. */
import {
  type Message,
  ROLES,
  type Role,
  TEMPLATE_NAMES,
  type TemplateName,
} from '~/engines/chat/index.ts';
import { type AddressOf, type AddressProblem, printAddress, readAddress } from '../kit/address.ts';
import { INSPECT_ADDRESS, INSPECT_DEFAULTS, type InspectState } from './inspect/state.ts';

export interface State extends InspectState {
  template: TemplateName;
  /** The messages as {@link writeMessages} writes them. */
  chat: string;
}

/** Most messages, and most UTF-16 units of one. */
export const MOST_MESSAGES = 24;
export const MOST_TEXT = 20_000;

/** A longer address may be cut on its way: the conversation is left out of it. */
export const MOST_ADDRESS = 4000;

/** One letter a role in the address. */
const LETTERS: Readonly<Record<Role, string>> = {
  system: 's',
  user: 'u',
  assistant: 'a',
  tool: 't',
};

export function writeMessages(messages: readonly Message[]): string {
  return JSON.stringify(messages.flatMap(({ role, content }) => [LETTERS[role], content]));
}

/** Undefined for what is no conversation that the lab can show. */
export function readMessages(text: string): Message[] | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length === 0 || parts.length % 2 === 1) return undefined;
  if (parts.length / 2 > MOST_MESSAGES) return undefined;
  const messages: Message[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const role = ROLES.find((name) => LETTERS[name] === parts[index]);
    const content: unknown = parts[index + 1];
    if (!role || typeof content !== 'string' || content.length > MOST_TEXT) return undefined;
    messages.push({ role, content });
  }
  return messages;
}

/** Row qwen2.5/g3-multi of the golden chat templates. */
export const EXAMPLE: readonly Message[] = [
  { role: 'user', content: 'Name one dedup method.' },
  { role: 'assistant', content: 'MinHash with LSH.' },
  { role: 'user', content: 'And one for exact copies?' },
  { role: 'assistant', content: 'Hash the normalised text.' },
];

export const DEFAULTS: State = {
  template: 'qwen2.5',
  chat: writeMessages(EXAMPLE),
  ...INSPECT_DEFAULTS,
};

const KEYS = {
  template: 'template',
  chat: 'chat',
  ...INSPECT_ADDRESS.keys,
} as const satisfies Record<keyof State, string>;

const ADDRESS: AddressOf<State> = {
  defaults: DEFAULTS,
  keys: KEYS,
  lists: { template: TEMPLATE_NAMES, ...INSPECT_ADDRESS.lists },
  ranges: INSPECT_ADDRESS.ranges,
  fractions: INSPECT_ADDRESS.fractions,
  digits: INSPECT_ADDRESS.digits,
  readers: {
    chat: (text) => {
      const messages = readMessages(text);
      return messages && writeMessages(messages);
    },
  },
};

/** Whether the conversation is too long to travel in the address. */
export function outgrown(state: State): boolean {
  return printAddress(ADDRESS, state).length > MOST_ADDRESS;
}

/** The query of a state, without its conversation when that has {@link outgrown} the address. */
export function printState(state: State): string {
  return printAddress(ADDRESS, outgrown(state) ? { ...state, chat: DEFAULTS.chat } : state);
}

/** Never throws: what is malformed keeps the example's value and is named. */
export function parseState(query: string): { state: State; problems: AddressProblem[] } {
  return readAddress(ADDRESS, query);
}
