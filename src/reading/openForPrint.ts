/**
 * Paper shows what is folded by a rule of print.css. Browsers that do not know `::details-content` get
 * it opened while they print, and closed again; a sheet of questions stays one.
 */
export function initOpenForPrint(): void {
  if (CSS.supports('selector(::details-content)')) return;
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = [
      ...document.querySelectorAll<HTMLDetailsElement>('main details:not([open], .sheet-question)'),
    ];
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    opened = [];
  });
}
