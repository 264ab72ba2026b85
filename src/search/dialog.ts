/** The search over any page. Loaded when it is opened or about to be. */
import { localeOf } from '~/i18n/locale.ts';
import { href } from '~/i18n/routes.ts';
import { addressOf } from './result.ts';
import { searchBox } from './searchBox.tsx';

const LAST = 'search';

function start(dialog: HTMLDialogElement): void {
  const locale = localeOf(location.pathname);
  const { input, set } = searchBox(dialog, {
    id: 'search',
    eager: true,
    fullPage: (asked) => addressOf(href(locale, 'search/'), asked),
    onChange: ({ query }) => remember(query),
  });
  const typed = input.value;
  set({ query: typed || recalled(), topic: '', level: '' });
  if (!typed) input.select();
  dialog.addEventListener('click', ({ target, ctrlKey, metaKey, shiftKey }) => {
    const elsewhere = ctrlKey || metaKey || shiftKey;
    const left = !elsewhere && (target as Element).closest('[data-search-close], a');
    if (left || target === dialog) dialog.close();
  });
}

/** The last query of this visit stands in the field again, selected: one result leads to the next. */
function recalled(): string {
  try {
    return sessionStorage.getItem(LAST) ?? '';
  } catch {
    return '';
  }
}

function remember(query: string): void {
  try {
    sessionStorage.setItem(LAST, query);
  } catch {
    // Without storage each search begins empty.
  }
}

const dialog = document.querySelector<HTMLDialogElement>('[data-search]');
if (dialog) start(dialog);
