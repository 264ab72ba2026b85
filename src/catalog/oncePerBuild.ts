/**
 * Remembers what each key gave: every page asks for all questions, and to join and sort them each time
 * makes a build grow with their square. Nothing is remembered while developing, when content changes.
 */
export function oncePerBuild<K, V>(make: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const made = new Map<K, Promise<V>>();
  return (key) => {
    const known = import.meta.env.PROD ? made.get(key) : undefined;
    if (known) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}
