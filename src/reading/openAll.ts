/** A button that opens every question of a sheet, then closes them again. Its other label stands in its data. */
export function initOpenAll(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-open-all]');
  if (!button) return;
  const labels = [button.textContent, button.dataset['openAll'] ?? ''];
  let open = false;
  button.addEventListener('click', () => {
    open = !open;
    button.textContent = labels[open ? 1 : 0] ?? '';
    for (const details of document.querySelectorAll<HTMLDetailsElement>('.sheet-question')) {
      details.open = open;
      for (const answer of details.querySelectorAll('details')) answer.open = open;
    }
  });
}
