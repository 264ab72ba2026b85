/**
 * Narrows and sorts a table in place. Filters are selects whose names are data attributes of the rows;
 * sorting buttons stand in the header cells. The choice stands in the address, to be shared and gone back to.
 */
export function initTableControls(): void {
  for (const filters of document.querySelectorAll<HTMLElement>('[data-table-filters]')) {
    const table = document.getElementById(filters.dataset['tableFilters'] ?? '');
    if (table instanceof HTMLTableElement) control(filters, table);
  }
}

function control(filters: HTMLElement, table: HTMLTableElement): void {
  const selects = [...filters.querySelectorAll('select')];
  const wanted = new URLSearchParams(location.search);
  for (const select of selects) {
    const value = wanted.get(select.name) ?? '';
    if ([...select.options].some((option) => option.value === value)) select.value = value;
  }
  const buttons = [...table.querySelectorAll<HTMLButtonElement>('thead [data-sort]')];
  const [key, direction] = (wanted.get('sort') ?? '').split('.');
  const chosen = buttons.find((button) => button.dataset['sort'] === key);
  if (chosen) sort(table, chosen, direction === 'desc');
  narrow(filters, table, selects);

  filters.addEventListener('change', () => {
    narrow(filters, table, selects);
    remember(selects, buttons);
  });
  for (const button of buttons) {
    button.addEventListener('click', () => {
      sort(table, button, button.closest('th')?.ariaSort === 'ascending');
      remember(selects, buttons);
    });
  }
}

function narrow(filters: HTMLElement, table: HTMLTableElement, selects: HTMLSelectElement[]): void {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  for (const row of rows) {
    row.hidden = !selects.every(
      ({ name, value }) => !value || (row.dataset[name] ?? '').split(' ').includes(value),
    );
  }
  const shown = rows.filter((row) => !row.hidden).length;
  const output = filters.querySelector('output');
  if (output) output.value = (output.dataset['template'] ?? '').replace('{n}', String(shown));
  const none = table.parentElement?.querySelector<HTMLElement>('[data-no-row]');
  if (none) none.hidden = shown > 0;
}

function sort(table: HTMLTableElement, button: HTMLButtonElement, descending: boolean): void {
  const key = button.dataset['sort'] ?? '';
  const body = table.tBodies[0];
  for (const cell of table.querySelectorAll('thead th')) cell.removeAttribute('aria-sort');
  button.closest('th')?.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  const rows = [...(body?.rows ?? [])].sort(
    (a, b) => compare(a.dataset[key] ?? '', b.dataset[key] ?? '') * (descending ? -1 : 1),
  );
  body?.append(...rows);
}

/** Numbers by size, words by the alphabet, nothing last. */
function compare(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  const numbers = [Number(a), Number(b)] as const;
  return Number.isNaN(numbers[0] + numbers[1]) ? a.localeCompare(b) : numbers[0] - numbers[1];
}

function remember(selects: HTMLSelectElement[], buttons: HTMLButtonElement[]): void {
  const chosen = new URLSearchParams(
    selects.filter(({ value }) => value).map(({ name, value }) => [name, value]),
  );
  const sorted = buttons.find((button) => button.closest('th')?.ariaSort);
  if (sorted) {
    const suffix = sorted.closest('th')?.ariaSort === 'descending' ? '.desc' : '';
    chosen.set('sort', `${sorted.dataset['sort']}${suffix}`);
  }
  history.replaceState(null, '', chosen.size > 0 ? `?${chosen}` : location.pathname);
}
