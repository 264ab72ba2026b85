import { useState } from 'preact/hooks';
import type { AddressProblem } from './address.ts';
import type { LabProps, PartProps } from './lab.ts';

interface Address<State> {
  parse: (query: string) => { state: State; problems: readonly AddressProblem[] };
  print: (state: State) => string;
  /** Brings a changed state to what can be shown. */
  settle: (state: State) => State;
}

/** A lab's whole state, read from the address it was opened with and written back with each change. */
export function useAddress<State extends object>(
  { query, onQuery }: Pick<LabProps, 'query' | 'onQuery'>,
  { parse, print, settle }: Address<State>,
): Omit<PartProps<State>, 'locale'> & { problems: readonly AddressProblem[] } {
  const [{ state, problems }, setOpened] = useState(() => parse(query));
  const set = (change: Partial<State>): void => {
    const next = settle({ ...state, ...change });
    setOpened({ state: next, problems: [] });
    onQuery(print(next));
  };
  return { state, problems, set };
}
