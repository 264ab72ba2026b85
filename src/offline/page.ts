/** Begins keeping the site on the device, once the page has been drawn and the browser has nothing to do. */
import { keepsSite } from './choice.ts';

export function initOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || !keepsSite()) return;
  const start = (): void => {
    // A browser that refuses, in a private window say, has the site as long as it has a network.
    whenIdle(() => import('./keep.ts').then(({ keepSite }) => keepSite()).catch(() => undefined));
  };
  if (document.readyState === 'complete') start();
  else addEventListener('load', start, { once: true });
}

function whenIdle(then: () => unknown): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(then, { timeout: 5_000 });
  else setTimeout(then, 1_500);
}
