/**
 * The only places where text becomes a document or an address becomes a script. Under Trusted Types a
 * browser refuses every other; one that does not know them gets the same check.
 */

/** Names of the policies, for `trusted-types`. */
export const TRUSTED_POLICIES = ['own-page', 'own-script'] as const;

interface Policy {
  createHTML(text: string): string;
  createScriptURL(address: string): string;
}
interface PolicyFactory {
  createPolicy(name: (typeof TRUSTED_POLICIES)[number], rules: Partial<Policy>): Policy;
}

/** Made on first use: a browser lets each name be made once. */
function lazily(name: (typeof TRUSTED_POLICIES)[number], rules: Partial<Policy>): () => Policy {
  let policy: Policy | undefined;
  return () => {
    const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
    policy ??= trustedTypes ? trustedTypes.createPolicy(name, rules) : (rules as Policy);
    return policy;
  };
}

const pages = lazily('own-page', { createHTML: (text) => text });
const scripts = lazily('own-script', {
  createScriptURL: (address) => {
    const url = new URL(address, location.href);
    if (url.origin !== location.origin)
      throw new TypeError(`${address}: not a script of this site`);
    return url.href;
  },
});

/** A page of this site as a document that runs and loads nothing. Throws for an answer from elsewhere. */
export async function readPage(answer: Response): Promise<Document> {
  if (new URL(answer.url).origin !== location.origin) {
    throw new TypeError(`${answer.url}: not a page of this site`);
  }
  return new DOMParser().parseFromString(pages().createHTML(await answer.text()), 'text/html');
}

/** A worker from a file of this site (`import address from './x.worker.ts?worker&url'`). */
export function ownWorker(address: string): Worker {
  return new Worker(scripts().createScriptURL(address), { type: 'module' });
}

/** The site's service worker, asked about at each visit. */
export function ownServiceWorker(
  address: string,
  scope: string,
): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register(scripts().createScriptURL(address), {
    scope,
    updateViaCache: 'none',
  });
}
