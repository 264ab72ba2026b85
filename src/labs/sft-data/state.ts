/** Everything the SFT data lab shows, as it travels in the address. */

import { OVERLONG, type Overlong, STRATEGIES, type Strategy } from '~/engines/packing/index.ts';
import {
  type AddressOf,
  type AddressProblem,
  printAddress,
  readAddress,
  settleAddress,
} from '../kit/address.ts';
import {
  BOUNDARIES,
  type Boundary,
  LOSS_ON,
  type LossOn,
  type Message,
  ROLES,
  type Role,
  TEMPLATE_NAMES,
  type TemplateName,
  type TrainingInput,
} from './chat.ts';
import {
  INSPECT_ADDRESS,
  INSPECT_DEFAULTS,
  type InspectState,
  settleInspect,
} from './inspect/state.ts';

export interface State extends InspectState {
  template: TemplateName;
  /** The messages as {@link writeMessages} writes them. */
  chat: string;
  lossOn: LossOn;
  boundary: Boundary;
  endOfTurn: boolean;
  generationPrompt: boolean;
  secondBos: boolean;
  /** Lengths of the examples to pack, as {@link writeLengths} writes them. */
  lengths: string;
  window: number;
  overlong: Overlong;
  /** The packing that is drawn, and which of its windows, from 1. */
  strategy: Strategy;
  at: number;
  isolated: boolean;
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
  lossOn: 'every-turn',
  boundary: 'answer',
  endOfTurn: true,
  generationPrompt: false,
  secondBos: false,
  lengths: '5,2,3,1',
  window: 4,
  overlong: 'truncate',
  strategy: 'bfd',
  at: 2,
  isolated: false,
  ...INSPECT_DEFAULTS,
};

type Packed = Pick<State, 'lengths' | 'window' | 'overlong' | 'strategy' | 'at'>;

/**
 * `trl`: the docstring of TRL's pack_dataset. `llama3`: a hundred examples in the shares of Llama 3's
 * Table 7, each of its part's mean length. `unlucky`: two windows would do.
 */
export const PACKING_PRESETS = {
  trl: { lengths: '5,2,3,1', window: 4, overlong: 'truncate', strategy: 'bfd', at: 2 },
  llama3: {
    lengths: '53x974,15x753,3x521,8x298,21x662',
    window: 4096,
    overlong: 'truncate',
    strategy: 'bfd',
    at: 1,
  },
  unlucky: { lengths: '2x4,4x3', window: 10, overlong: 'truncate', strategy: 'ffd', at: 1 },
} as const satisfies Record<string, Packed>;
export type PackingPreset = keyof typeof PACKING_PRESETS;
export const PACKING_PRESET_NAMES = Object.keys(PACKING_PRESETS) as PackingPreset[];

export const MOST_EXAMPLES = 200;
export const MOST_TOKENS = 131_072;
export const RANGES = { window: [1, MOST_TOKENS], at: [1, 10_000] } as const;

/** 5, 5, 2 → '2x5,2'. */
export function writeLengths(lengths: readonly number[]): string {
  const runs: [count: number, length: number][] = [];
  for (const length of lengths) {
    const last = runs.at(-1);
    if (last?.[1] === length) last[0] += 1;
    else runs.push([1, length]);
  }
  return runs.map(([count, length]) => (count === 1 ? length : `${count}x${length}`)).join(',');
}

/** Lengths as people type them: '5 2 3 1', '5, 2', '53x974'. Undefined for what cannot be meant. */
export function readLengths(text: string): number[] | undefined {
  const lengths: number[] = [];
  for (const part of text.normalize('NFKC').split(/[\s,;、，]+/)) {
    if (part === '') continue;
    const [, count = '1', length = ''] = /^(?:(\d{1,3})[x×*])?(\d{1,6})$/i.exec(part) ?? [];
    if (length === '' || Number(length) < 1 || Number(length) > MOST_TOKENS) return undefined;
    if (Number(count) < 1 || lengths.length + Number(count) > MOST_EXAMPLES) return undefined;
    lengths.push(...Array<number>(Number(count)).fill(Number(length)));
  }
  return lengths.length > 0 ? lengths : undefined;
}

/** What the engine is asked about the conversation. */
export function trainingInput(state: State): TrainingInput {
  const { template, lossOn, boundary, endOfTurn, generationPrompt, secondBos } = state;
  return {
    template,
    messages: readMessages(state.chat) ?? EXAMPLE,
    lossOn,
    boundary,
    endOfTurn,
    generationPrompt,
    secondBos,
  };
}

const KEYS = {
  template: 'template',
  chat: 'chat',
  lossOn: 'loss',
  boundary: 'edge',
  endOfTurn: 'eot',
  generationPrompt: 'gen',
  secondBos: 'bos',
  lengths: 'n',
  window: 'w',
  overlong: 'long',
  strategy: 'pack',
  at: 'i',
  isolated: 'apart',
  ...INSPECT_ADDRESS.keys,
} as const satisfies Record<keyof State, string>;

const ADDRESS: AddressOf<State> = {
  defaults: DEFAULTS,
  keys: KEYS,
  lists: {
    template: TEMPLATE_NAMES,
    lossOn: LOSS_ON,
    boundary: BOUNDARIES,
    overlong: OVERLONG,
    strategy: STRATEGIES,
    ...INSPECT_ADDRESS.lists,
  },
  ranges: { ...RANGES, ...INSPECT_ADDRESS.ranges },
  fractions: INSPECT_ADDRESS.fractions,
  digits: Math.max(6, INSPECT_ADDRESS.digits),
  readers: {
    chat: (text) => {
      const messages = readMessages(text);
      return messages && writeMessages(messages);
    },
    lengths: (text) => {
      const lengths = readLengths(text);
      return lengths && writeLengths(lengths);
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

/** Never throws: what is malformed or impossible together becomes a value that works, and is named. */
export function parseState(query: string): { state: State; problems: AddressProblem[] } {
  return settleAddress(ADDRESS, query, readAddress(ADDRESS, query), settleInspect);
}
