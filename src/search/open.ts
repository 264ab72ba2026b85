/** The always loaded part of the search: what opens it, and what shows that it is about to be opened. */
export function initSearch(): void {
  const dialog = document.querySelector<HTMLDialogElement>('[data-search]');
  const field = document.querySelector<HTMLInputElement>('input[name="q"]');
  const warm = (): void => {
    const early = dialog?.querySelector('template');
    if (!dialog || !early) return;
    document.head.append(early.content);
    early.remove();
    import('./dialog.ts').then(({ start }) => start(dialog));
  };
  const open = (): void => {
    if (dialog && !dialog.open) dialog.showModal();
    warm();
    field?.focus();
  };
  for (const link of document.querySelectorAll('[data-search-open]')) {
    for (const sign of ['pointerenter', 'touchstart', 'focus']) {
      link.addEventListener(sign, warm, { passive: true });
    }
    link.addEventListener('click', (event) => {
      const { ctrlKey, metaKey, shiftKey } = event as MouseEvent;
      if (!dialog || ctrlKey || metaKey || shiftKey) return;
      event.preventDefault();
      open();
    });
  }
  addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const typing = (target as Element).closest?.('input:not([type=checkbox],[type=radio],[type=range]),textarea,select,[contenteditable]');
    const slash = key === '/' && !ctrlKey && !metaKey && !altKey && !typing;
    if (!slash && !(key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !typing)) return;
    if (document.querySelector('dialog[open]')) return;
    event.preventDefault();
    open();
  });
}

/** A page that was reached from a result shows where it holds the query. */
export function initHits(): void {
  if (/[?&]q=/.test(location.search) && document.querySelector('[data-pagefind-body]')) {
    import('./highlight.ts');
  }
}
