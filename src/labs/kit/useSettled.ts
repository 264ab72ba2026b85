import { useEffect, useState } from 'preact/hooks';

/** Longer than the steps of a drag are apart. */
const CALM_MS = 120;

/** The value as it last stood still: for folded tables and the like, which need not follow each step of a drag. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (settled === value) return;
    const timer = setTimeout(() => setSettled(value), CALM_MS);
    return () => clearTimeout(timer);
  }, [value, settled]);
  return settled;
}
