import { useEffect, useMemo, useState } from 'preact/hooks';
import type { TemplateName } from './chat.ts';
import { type Made, printed } from './example.ts';
import { DEFAULTS, type State, trainingInput } from './state.ts';

type Make = typeof import('./make.ts').make;

const keyOf = (state: State): string => JSON.stringify(trainingInput(state));
const EXAMPLE_KEY = keyOf(DEFAULTS);

/** The training text of a state; of the state before while the renderer is on its way. */
export function useMade(state: State): {
  made: Made;
  template: TemplateName;
  failed: boolean;
  retry: () => void;
} {
  const [make, setMake] = useState<{ make: Make }>();
  const [failed, setFailed] = useState(false);
  const [asked, setAsked] = useState(0);
  const key = keyOf(state);
  const wanted = key !== EXAMPLE_KEY && !make;
  useEffect(() => {
    if (!wanted) return;
    setFailed(false);
    import('./make.ts').then(setMake, () => setFailed(true));
  }, [wanted, asked]);
  const shown = useMemo(
    () =>
      key === EXAMPLE_KEY || !make
        ? { made: printed(), template: DEFAULTS.template }
        : { made: make.make(trainingInput(state)), template: state.template },
    [key, make],
  );
  return { ...shown, failed: failed && wanted, retry: () => setAsked(asked + 1) };
}
