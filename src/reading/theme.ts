/** The reader's choice of colours: follows the system until they choose. The head applies it before the first paint. */
const KEY = 'theme';
const CHOICES = ['system', 'light', 'dark'] as const;
type Choice = (typeof CHOICES)[number];

export function initTheme(root: HTMLElement = document.documentElement): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name="theme"]')) {
    input.checked = input.value === current(root);
    input.addEventListener('change', () => choose(root, input.value as Choice));
  }
  addEventListener('storage', (event) => {
    if (event.key === KEY) apply(root, (event.newValue ?? 'system') as Choice);
  });
}

function current(root: HTMLElement): Choice {
  return CHOICES.find((choice) => choice === root.dataset['theme']) ?? 'system';
}

function choose(root: HTMLElement, choice: Choice): void {
  apply(root, choice);
  try {
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // A browser that refuses storage still gets the colours for this page.
  }
}

function apply(root: HTMLElement, choice: Choice): void {
  if (choice === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = choice;
}
