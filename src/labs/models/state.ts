/** Everything the model atlas shows, as it travels in the address. */
import { LAWS, type LawName, trainingFlops } from '~/engines/scaling-laws/index.ts';
import {
  type AddressOf,
  type AddressProblem,
  printAddress,
  readAddress,
  settleAddress,
} from '../kit/address.ts';
import type { Atlas, Run } from './atlas.ts';
import { FACETS, type Facet, sift, valuesOf } from './sift.ts';

export interface State extends Record<Facet, string> {
  /** The model whose details are open. */
  shown: string;
  /** Ids side by side, joined by _. */
  compare: string;
  /** Positions of the masks, and how many of them are the input. */
  length: number;
  input: number;
  /** The run whose budget is taken; `none` for a budget of one's own. */
  run: string;
  flops: number;
  law: LawName;
}

export const LAW_NAMES = [
  'kaplan',
  'chinchilla-1',
  'chinchilla-2',
  'chinchilla-3',
  'chinchilla-3-unrounded',
  'chinchilla-refit',
  'twenty-tokens',
] as const satisfies readonly LawName[];

export const MOST_COMPARED = 4;

export const RANGES = { length: [2, 12], input: [1, 11], flops: [1e17, 1e28] } as const;

/** GPT-3's run under the first of Chinchilla's laws. */
export const DEFAULTS: State = {
  field: 'all',
  architecture: 'all',
  objective: 'all',
  maker: 'all',
  weights: 'all',
  named: 'all',
  shown: 'gpt-3',
  compare: 'gpt-3_chinchilla_llama-3.1',
  length: 6,
  input: 3,
  run: 'gpt-3',
  flops: trainingFlops({ parameters: 175e9, tokens: 300e9 }),
  law: 'chinchilla-1',
};

const KEYS = {
  field: 'field',
  architecture: 'arch',
  objective: 'goal',
  maker: 'by',
  weights: 'weights',
  named: 'named',
  shown: 'model',
  compare: 'with',
  length: 'n',
  input: 'p',
  run: 'run',
  flops: 'c',
  law: 'law',
} as const satisfies Record<keyof State, string>;

function addressOf({ models, runs }: Atlas): AddressOf<State> {
  const ids = models.map(({ id }) => id);
  const facets = Object.fromEntries(
    FACETS.map((facet) => [facet, ['all', ...valuesOf(models, facet)]]),
  );
  return {
    defaults: DEFAULTS,
    keys: KEYS,
    lists: {
      ...facets,
      shown: ids,
      run: ['none', ...runs.map(({ id }) => id)],
      law: LAW_NAMES.filter((law) => law in LAWS),
    },
    ranges: { length: RANGES.length, input: RANGES.input },
    fractions: [],
    digits: 2,
    readers: {
      compare: (text) => {
        const chosen = comparedIds(text);
        const known = chosen.every((id) => ids.includes(id));
        const once = new Set(chosen).size === chosen.length;
        return known && once && chosen.length <= MOST_COMPARED ? text : undefined;
      },
      flops: (text) => {
        const flops = /^\d{1,22}(?:\.\d+)?(?:e\+?\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
        return flops >= RANGES.flops[0] && flops <= RANGES.flops[1] ? flops : undefined;
      },
    },
  };
}

export function comparedIds(compare: string): string[] {
  return compare === '' ? [] : compare.split('_');
}

export function runOf({ runs }: Atlas, id: string): Run | undefined {
  return runs.find((run) => run.id === id);
}

/** Details are of a model that is left; the input leaves a position to write; a run has its own budget. */
export function settle(atlas: Atlas, state: State): State {
  const left = sift(atlas.models, state);
  const isLeft = left.some(({ id }) => id === state.shown);
  const run = runOf(atlas, state.run);
  return {
    ...state,
    shown: isLeft ? state.shown : (left.at(-1)?.id ?? state.shown),
    input: Math.min(state.input, state.length - 1),
    flops: run ? trainingFlops(run) : state.flops,
  };
}

export function printState(atlas: Atlas, state: State): string {
  const flops = state.run === 'none' ? state.flops : DEFAULTS.flops;
  return printAddress(addressOf(atlas), { ...state, flops });
}

/** Never throws: what is malformed or impossible becomes a value that works, and is named. */
export function parseState(
  atlas: Atlas,
  query: string,
): { state: State; problems: AddressProblem[] } {
  const address = addressOf(atlas);
  return settleAddress(address, query, readAddress(address, query), (state) =>
    settle(atlas, state),
  );
}
