import { useMemo } from 'preact/hooks';

/** Some fields of a lab's state: the same object until one of them changes, for parts that are `memo`. */
export function usePart<State extends object, Name extends keyof State>(
  state: State,
  names: readonly Name[],
): Pick<State, Name> {
  return useMemo(
    () => Object.fromEntries(names.map((name) => [name, state[name]])) as Pick<State, Name>,
    names.map((name) => state[name]),
  );
}
