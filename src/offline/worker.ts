/**
 * The service worker: keeps one version of the site and answers every page of that version from it. A
 * new version is kept beside the old one and takes over when no page of the old one is open any more, or
 * when the reader says so.
 */
import { PrecacheController, type PrecacheStrategy } from 'workbox-precaching';
import { localeOf } from '../i18n/locale.ts';
import { groupsFor, type KeptFile, listed, wanted } from './files.ts';
import { cacheNames, type Message, type Reply } from './messages.ts';

/** Written in front of this file at build. */
declare const SITE: { version: string; files: KeptFile[] };
declare const self: ServiceWorkerGlobalScope;

const base = self.registration.scope;
const basePath = new URL(base).pathname;
const { files: CACHE, foreign: FOREIGN } = cacheNames(basePath);
const files = new Map(SITE.files.map((file) => [file.path, file]));

/** As many at once as browsers open to one host. */
const AT_ONCE = 6;
/** A page that is not kept is waited for this long before the reader is told. */
const PATIENCE_MS = 8_000;

const site = new PrecacheController({ cacheName: CACHE });
site.addToCacheList(
  SITE.files.map(({ path, hash }) => ({
    url: base + encodeURI(path),
    // The name of such a file changes with its content, so that versions share it.
    revision: path.startsWith('_astro/') ? null : hash,
    integrity: hash,
  })),
);
const strategy = site.strategy as PrecacheStrategy;

/** From what is kept, else from the network if its bytes are those of this version; then it is kept. */
function get(event: ExtendableEvent, { path, hash }: KeptFile): Promise<Response> {
  const url = base + encodeURI(path);
  const cacheKey = site.getCacheKeyForURL(url);
  return strategy.handle({
    event,
    // Past the browser's own cache, which may hold another version.
    request: new Request(url, { integrity: hash, cache: 'no-cache', credentials: 'same-origin' }),
    params: { cacheKey, integrity: hash },
  });
}

let stopped = false;
const running = new Set<Promise<unknown>>();

/** Several at a time, each once; rejects when one cannot be had, and a later call goes on from there. */
async function keep(event: ExtendableEvent, wish: readonly KeptFile[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  const missing = wish.filter(
    ({ path }) => !kept.has(site.getCacheKeyForURL(base + encodeURI(path)) ?? ''),
  );
  const next = missing.values();
  const work = async (): Promise<void> => {
    for (const file of next) {
      if (stopped) throw new Error('stopped');
      await get(event, file);
    }
  };
  const workers = Array.from({ length: AT_ONCE }, work);
  const all = Promise.allSettled(workers);
  running.add(all);
  all.then(() => running.delete(all));
  await Promise.all(workers);
}

const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

async function install(event: ExtendableEvent): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const cache = await caches.open(CACHE);
  const kept = (await cache.keys()).flatMap(({ url }) => listed(url, base) ?? []);
  await keep(
    event,
    wanted({
      files: SITE.files,
      locales: new Set(pages.map(({ url }) => localeOf(new URL(url).pathname, basePath))),
      kept: new Set(kept),
      saveData: savesData(),
    }),
  );
}

/** Tabs whose page is of another version: the network answers them, so that theirs stay whole too. */
const foreign = {
  async add(client: string): Promise<void> {
    const cache = await caches.open(FOREIGN);
    await cache.put(`${base}?${client}`, new Response());
  },
  async remove(client: string): Promise<void> {
    if (await caches.has(FOREIGN)) await (await caches.open(FOREIGN)).delete(`${base}?${client}`);
  },
  async has(client: string): Promise<boolean> {
    if (!(await caches.has(FOREIGN))) return false;
    return (await (await caches.open(FOREIGN)).match(`${base}?${client}`)) !== undefined;
  },
};

self.addEventListener('install', (event) => event.waitUntil(install(event)));

self.addEventListener('activate', (event) => {
  site.activate(event);
  event.waitUntil(caches.delete(FOREIGN));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = request.method === 'GET' ? listed(request.url, base) : undefined;
  if (path === undefined) return;
  if (request.mode === 'navigate') event.respondWith(page(event, path));
  else {
    const file = files.get(path);
    if (file) event.respondWith(part(event, file));
  }
});

async function page(event: FetchEvent, path: string): Promise<Response> {
  // The reader switched keeping off while this page was open.
  if (!(await caches.has(CACHE))) return fetch(event.request);
  const deadline = after(PATIENCE_MS);
  const file = files.get(path);
  try {
    if (file) return await Promise.race([get(event, file), deadline]);
  } catch {
    // No network, or another version is published there.
  }
  if (files.has(`${path}/`)) return Response.redirect(`${base}${encodeURI(path)}/`);
  try {
    const answer = await Promise.race([fetch(event.request), deadline]);
    await foreign.add(event.resultingClientId);
    // Where it comes from a new version may be, too.
    event.waitUntil(self.registration.update().catch(() => undefined));
    return answer;
  } catch {
    const notKept = files.get(path.startsWith('zh/') ? 'zh/offline/' : 'offline/');
    return notKept ? get(event, notKept) : Response.error();
  }
}

async function part(event: FetchEvent, file: KeptFile): Promise<Response> {
  const { request, clientId } = event;
  if (!(await caches.has(CACHE)) || (await foreign.has(clientId))) return fetch(request);
  return get(event, file).catch(() => {
    // A page is whole in itself; anything else of another version would not fit what is open.
    return file.path.endsWith('/') ? fetch(request) : Response.error();
  });
}

function after(ms: number): Promise<never> {
  const late = new Promise<never>((_, fail) => {
    setTimeout(() => fail(new Error(`no answer in ${ms} ms`)), ms);
  });
  late.catch(() => undefined);
  return late;
}

self.addEventListener('message', (event) => {
  const message = event.data as Message;
  const answer = (work: Promise<unknown>): void => {
    const done = work.then(
      () => true,
      () => false,
    );
    event.waitUntil(
      done.then((worked) => event.ports[0]?.postMessage({ done: worked } satisfies Reply)),
    );
  };
  if (message.kind === 'activate') answer(self.skipWaiting());
  if (message.kind === 'page') answer(greet((event.source as Client).id, message.version));
  if (message.kind === 'stop') {
    stopped = true;
    answer(Promise.all(running));
  }
  if (message.kind === 'keep') {
    stopped = false;
    const groups = groupsFor(message.locales);
    answer(
      keep(
        event,
        SITE.files.filter(({ group }) => groups.has(group)),
      ),
    );
  }
});

/** A page of this version that was loaded before the worker ran is answered by it from now on. */
async function greet(client: string, version: string): Promise<void> {
  if (version !== SITE.version) return foreign.add(client);
  await foreign.remove(client);
  await self.clients.claim();
}
