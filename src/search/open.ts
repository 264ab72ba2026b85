/** The always loaded part of the search: what opens it, and what shows that it is about to be opened. */

/** The rest waits in a template; in the document it is loaded. */
function load(template: string): void {
  const parts = document.querySelector<HTMLTemplateElement>(template);
  if (!parts) return;
  document.head.append(parts.content);
  parts.remove();
}

export function initSearch(): void {
  const dialog = document.querySelector<HTMLDialogElement>('[data-search]');
  const field = document.querySelector<HTMLInputElement>('[name=q]');
  const warm = (): void => load('[data-search-parts]');
  const open = (event: Event): void => {
    event.preventDefault();
    if (dialog && !dialog.open) dialog.showModal();
    field?.select();
    field?.focus();
    warm();
  };
  for (const link of document.querySelectorAll<HTMLElement>('[data-search-open]')) {
    link.onpointerenter = link.ontouchstart = link.onfocus = warm;
    link.onclick = (event) => event.ctrlKey || event.metaKey || event.shiftKey || open(event);
  }
  if (field) field.onpointerdown = field.onkeydown = field.oninput = warm;
  if (!dialog && location.search) warm();
  addEventListener('keydown', (event) => {
    const { key, altKey, target } = event;
    const control = event.ctrlKey || event.metaKey;
    const wanted = control ? key === 'k' : key === '/' && !altKey;
    const typing = (target as Element).closest(
      'input:not([type=radio],[type=checkbox],[type=range]),textarea,select,[contenteditable]',
    );
    if (wanted && !typing && !document.querySelector('dialog[open]')) open(event);
  });
  // A page that was reached from a result shows where it holds the query.
  if (/[?&]q=/.test(location.search) && document.querySelector('[data-pagefind-body]')) {
    load('[data-hit-parts]');
  }
}
