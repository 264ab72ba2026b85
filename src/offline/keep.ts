/** Registers the service worker, has it keep what this page's reader needs, and offers new versions. */
import { LOCALES, type Locale, localeOf } from '~/i18n/locale.ts';
import { ownServiceWorker } from '~/security/trusted.ts';
import { cacheNames, type Message, type Reply, SESSION_LOCK } from './messages.ts';

const BASE = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/`;

/** Long-lived tabs look for a new version this often, when they are looked at. */
const LOOK_MS = 3_600_000;

/** Resolves with whether the pages of these languages are kept; by default those that suit the connection. */
export async function keepSite(locales: readonly Locale[] = fitting()): Promise<boolean> {
  const registration = await ownServiceWorker(`${BASE}sw.js`, BASE);
  watch(registration);
  const active = registration.active ?? (await activated(registration));
  if (!active) return false;
  await ask(active, { kind: 'page', version: document.documentElement.dataset['version'] ?? '' });
  for (const locale of locales) {
    if (!(await ask(active, { kind: 'keep', locales: [locale] }))) return false;
  }
  return true;
}

/** Undefined when it could not be installed: the next visit tries again. */
function activated({
  installing,
  waiting,
}: ServiceWorkerRegistration): Promise<ServiceWorker | undefined> {
  const worker = installing ?? waiting;
  return new Promise((resolve) => {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve(worker);
      if (worker.state === 'redundant') resolve(undefined);
    });
  });
}

/** This page's language first, then the other; with data to be saved neither, on a slow link the first. */
function fitting(): Locale[] {
  const link = (navigator as { connection?: { saveData?: boolean; effectiveType?: string } })
    .connection;
  if (link?.saveData) return [];
  const own = localeOf(location.pathname);
  const slow = link?.effectiveType !== undefined && link.effectiveType !== '4g';
  return slow ? [own] : [own, ...LOCALES.filter((locale) => locale !== own)];
}

function ask(worker: ServiceWorker, message: Message): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data.done);
    worker.postMessage(message, [port2]);
  });
}

let watched = false;

function watch(registration: ServiceWorkerRegistration): void {
  if (watched) return;
  watched = true;
  const workers = navigator.serviceWorker;
  // A page that no worker answered yet is as new as the first one.
  let answered = workers.controller !== null;
  workers.addEventListener('controllerchange', () => {
    if (answered) location.reload();
    answered = true;
  });
  const offer = (): void => {
    if (!registration.waiting || !workers.controller) return;
    void import('./notice.ts').then(({ offerUpdate }) => offerUpdate(() => take(registration)));
  };
  offer();
  registration.addEventListener('updatefound', () => {
    const fresh = registration.installing;
    fresh?.addEventListener('statechange', () => fresh.state === 'installed' && offer());
  });
  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < LOOK_MS) return;
    looked = Date.now();
    registration.update().catch(() => undefined);
  });
}

/** All tabs of the site come with the new version; false when one of them is in the middle of a quiz. */
async function take({ waiting }: ServiceWorkerRegistration): Promise<boolean> {
  const { held = [], pending = [] } = (await navigator.locks?.query()) ?? {};
  if ([...held, ...pending].some(({ name }) => name === SESSION_LOCK)) return false;
  if (waiting) waiting.postMessage({ kind: 'activate' } satisfies Message);
  else location.reload();
  return true;
}

/** Takes worker and files away. What a reader did is stored elsewhere and stays. */
export async function removeSite(): Promise<void> {
  const registrations = await navigator.serviceWorker.getRegistrations();
  for (const registration of registrations) {
    if (new URL(registration.scope).pathname !== BASE) continue;
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    if (worker) await ask(worker, { kind: 'stop' });
    await registration.unregister();
  }
  for (const name of Object.values(cacheNames(BASE))) await caches.delete(name);
}

/** Whether anything is kept now. */
export const isKept = (): Promise<boolean> => caches.has(cacheNames(BASE).files);
