/** Opens what is folded around the target of a link, for browsers that don't do it themselves. */
export function initReveal(): void {
  const reveal = (): void => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id ? document.getElementById(id) : null;
    if (!target) return;
    let opened = false;
    for (let at: Element | null = target; at; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement && !at.open) {
        at.open = true;
        opened = true;
      }
    }
    if (opened) target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();
}
