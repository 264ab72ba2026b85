/** Begins keeping the site on the device, once the page has been drawn and the browser has nothing to do. */
import { whenQuiet } from '~/reading/whenQuiet.ts';
import { keepsSite } from './choice.ts';

export function initOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || !keepsSite()) return;
  // A browser that refuses, in a private window say, has the site as long as it has a network.
  const keep = () => import('./keep.ts').then(({ keepSite }) => keepSite()).catch(() => undefined);
  whenQuiet(keep, 1_500);
}
