import { useCallback, useRef, useState } from 'preact/hooks';
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
  const latest = useRef({ state, print, settle, onQuery });
  latest.current = { state, print, settle, onQuery };
  // The same function at every drawing, so that parts whose fields did not change are not drawn again.
  const set = useCallback((change: Partial<State>): void => {
    const now = latest.current;
    const next = now.settle({ ...now.state, ...change });
    now.state = next;
    setOpened({ state: next, problems: [] });
    now.onQuery(now.print(next));
  }, []);
  return { state, problems, set };
}
