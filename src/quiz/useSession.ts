import { useEffect } from 'preact/hooks';
import { SESSION_LOCK } from '../offline/messages.ts';

/** While `open`, no tab takes a new version of the site: it would reload this one and lose what is being answered. */
export function useSession(open: boolean): void {
  useEffect(() => {
    if (!open || !navigator.locks) return;
    let end = (): void => {};
    const over = new Promise<void>((done) => {
      end = done;
    });
    navigator.locks.request(SESSION_LOCK, { mode: 'shared' }, () => over).catch(() => {});
    return () => end();
  }, [open]);
}
