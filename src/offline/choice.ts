/** The reader's choice whether the site stays on the device. It does until they say no. */
const KEY = 'offline';

export function keepsSite(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    // A browser that refuses storage refuses caches too.
    return false;
  }
}

export function choose(keep: boolean): void {
  if (keep) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, 'off');
}
