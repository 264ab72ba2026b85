import { useLayoutEffect, useRef } from 'preact/hooks';

export type KeyMap = Readonly<Record<string, (() => void) | undefined>>;

/**
 * Listens to single keys while mounted. What is typed into a field stays there, except Escape; the space
 * bar and Enter on something that can be pressed press it; nothing is taken from behind a dialog.
 */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  latest.current = keys;
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (document.querySelector('dialog[open]')) return;
      const target = event.target as Element;
      const typing = target.closest(
        'input:not([type=checkbox],[type=radio]),select,textarea,[contenteditable]',
      );
      if (typing && event.key !== 'Escape') return;
      const pressable = target.closest('button,a[href],summary,input,label');
      if (event.key === ' ' && pressable) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const act = latest.current[key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

/** Moves the focus among what can be operated on a card. */
export function moveFocus(root: HTMLElement | null, step: 1 | -1): void {
  const stops = [...(root?.querySelectorAll<HTMLElement>('[data-move]') ?? [])];
  if (stops.length === 0) return;
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next =
    at < 0 ? (step > 0 ? 0 : stops.length - 1) : (at + step + stops.length) % stops.length;
  stops[next]?.focus();
}
