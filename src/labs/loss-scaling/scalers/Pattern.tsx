import { useRef } from 'preact/hooks';
import type { ScalerState } from '../state.ts';
import { whole } from '../values.ts';
import type { Words } from '../words.ts';

interface Props {
  t: Words['scalers'];
  state: ScalerState;
  toggle: (column: number) => void;
  onAt: (column: number) => void;
}

/** One switch a column; arrow keys walk, so that the tab key does not have to. */
export function Pattern({ t, state, toggle, onAt }: Props) {
  const { overflows, columns, perColumn, at } = state;
  const strip = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent): void => {
    const to: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: columns - 1,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const column = Math.min(Math.max(next, 0), columns - 1);
    onAt(column);
    strip.current?.querySelectorAll<HTMLElement>('button')[column]?.focus();
  };
  return (
    <div class="ls-pattern" role="toolbar" aria-label={t.pattern} ref={strip} onKeyDown={walk}>
      {Array.from({ length: columns }, (_, column) => {
        const overflow = overflows.includes(column);
        return (
          <button
            key={column}
            type="button"
            tabIndex={column === at ? 0 : -1}
            aria-pressed={overflow}
            aria-current={column === at ? 'step' : undefined}
            aria-label={t.stepState(whole(column * perColumn), overflow)}
            onClick={() => toggle(column)}
          >
            <span>{overflow ? '×' : '·'}</span>
            <small>{perColumn === 1 || column % 4 === 0 ? column * perColumn : ''}</small>
          </button>
        );
      })}
    </div>
  );
}
