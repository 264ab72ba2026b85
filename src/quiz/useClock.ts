import { useEffect, useState } from 'preact/hooks';

/** Milliseconds since `since`, a new value each second until `until` is given. */
export function useClock(since: number, until?: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (until !== undefined) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [since, until]);
  return Math.max(0, (until ?? now) - since);
}

/** 75000 → '1:15'. */
export function clockWords(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
