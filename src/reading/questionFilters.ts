/** Narrows the table of questions; the choice stands in the address, so it can be shared and gone back to. */
export function initQuestionFilters(): void {
  const form = document.querySelector<HTMLFormElement>('[data-question-filters]');
  if (!form) return;
  const selects = [...form.querySelectorAll('select')];
  const wanted = new URLSearchParams(location.search);
  for (const select of selects) {
    const value = wanted.get(select.name) ?? '';
    if ([...select.options].some((option) => option.value === value)) select.value = value;
  }
  apply(form, selects);
  form.addEventListener('change', () => {
    apply(form, selects);
    const chosen = new URLSearchParams(
      selects.filter(({ value }) => value).map(({ name, value }) => [name, value]),
    );
    history.replaceState(null, '', chosen.size > 0 ? `?${chosen}` : location.pathname);
  });
}

function apply(form: HTMLFormElement, selects: HTMLSelectElement[]): void {
  let shown = 0;
  for (const row of document.querySelectorAll<HTMLElement>('tr[data-kind]')) {
    const fits = selects.every(({ name, value }) => !value || row.dataset[name] === value);
    row.hidden = !fits;
    if (fits) shown += 1;
  }
  const output = form.querySelector('output');
  if (output) output.value = (output.dataset['template'] ?? '').replace('{n}', String(shown));
  const none = document.querySelector<HTMLElement>('[data-no-question]');
  if (none) none.hidden = shown > 0;
}
