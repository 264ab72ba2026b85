/** The search over any page. Loaded when it is opened or about to be. */
import '~/styles/search.css';
import { localeOf } from '~/i18n/locale.ts';
import { href } from '~/i18n/routes.ts';
import { addressOf } from './result.ts';
import { searchBox, type SearchBox } from './searchBox.tsx';

const LAST = 'search';
let box: SearchBox | undefined;

/** Starts loading what a search needs; called before the dialog opens and when it does. */
export function start(dialog: HTMLDialogElement): SearchBox {
  if (box) return box;
  const locale = localeOf(location.pathname);
  box = searchBox(dialog, {
    id: 'search',
    eager: true,
    fullPage: (asked) => addressOf(href(locale, 'search/'), asked),
    onChange: ({ query }) => remember(query),
  });
  const { input, set } = box;
  const typed = input.value;
  set({ query: typed || recalled(), topic: '', level: '' });
  if (!typed) input.select();
  dialog.addEventListener('click', (event) => {
    const { target } = event;
    if (target === dialog || (target as Element).closest('[data-search-close], a')) dialog.close();
  });
  return box;
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
