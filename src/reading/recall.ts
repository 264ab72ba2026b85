/** Recall mode: every answer folds, the reader says it first and opens one to compare. Kept from page to page. */
const KEY = 'recall';

export function initRecall(root: HTMLElement = document.documentElement): void {
  const button = document.querySelector<HTMLButtonElement>('[data-recall-toggle]');
  const on = (): boolean => root.dataset['recall'] !== undefined;
  const folds = document.querySelectorAll<HTMLDetailsElement>('details[data-fold]');
  const fold = (): void => {
    for (const details of folds) details.open = !on() || holdsTarget(details);
    root.dataset['folded'] = '';
    button?.setAttribute('aria-pressed', String(on()));
  };
  if (on()) fold();
  button?.addEventListener('click', () => {
    if (on()) delete root.dataset['recall'];
    else root.dataset['recall'] = '';
    remember(on());
    fold();
  });
}

/** The part that the address names stays open: the reader came for it. */
function holdsTarget(details: HTMLDetailsElement): boolean {
  const target =
    location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  return Boolean(
    target && details.contains(target) && !details.querySelector('summary')?.contains(target),
  );
}

function remember(on: boolean): void {
  try {
    if (on) localStorage.setItem(KEY, '1');
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the mode holds for this page.
  }
}
