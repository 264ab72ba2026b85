/** As much of a service worker as this one uses: TypeScript's own library for workers does not go with that for pages. */

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  readonly clientId: string;
  readonly resultingClientId: string;
  respondWith(answer: Promise<Response>): void;
}

interface ExtendableMessageEvent extends ExtendableEvent {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
  readonly source: Client | null;
}

interface Client {
  readonly id: string;
  readonly url: string;
}

interface ServiceWorkerGlobalScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<Client[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', then: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', then: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', then: (event: ExtendableMessageEvent) => void): void;
}
