/** Longer than a dragged slider or a running player rests between two changes, ms. */
const REST = 1500;

/** Gathers what changes and hands it on once, in the order of its first change, when nothing has changed for a while. */
export function gather<Source>(hand: (changed: readonly Source[]) => void, rest = REST) {
  const changed = new Set<Source>();
  let timer: ReturnType<typeof setTimeout>;
  return (source: Source): void => {
    changed.add(source);
    clearTimeout(timer);
    timer = setTimeout(() => {
      hand([...changed]);
      changed.clear();
    }, rest);
  };
}
