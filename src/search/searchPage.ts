/** The search with an address of its own: query and filters stand in it and come from it. */
import { addressOf, type Asked } from './result.ts';
import { searchBox } from './searchBox.tsx';

export function initSearchPage(): void {
  const root = document.querySelector<HTMLElement>('[data-search-page]');
  if (!root) return;
  /** What stands in the address was looked at, not just typed through: the way back leads to it. */
  let settled = true;
  let fromAddress = true;
  const { session, input, set } = searchBox(root, {
    id: 'search-page',
    eager: false,
    onChange: (state) => {
      const address = addressOf(location.pathname, state);
      if (fromAddress || address === location.pathname + location.search) return;
      if (settled) history.pushState(null, '', address);
      else history.replaceState(null, '', address);
      settled = false;
    },
  });
  const read = (): void => {
    fromAddress = true;
    set(asked());
  };
  const write = (): void => {
    fromAddress = false;
  };
  input.addEventListener('input', write);
  root.addEventListener('change', (event) => {
    write();
    settled ||= event.target instanceof HTMLSelectElement;
  });
  root.querySelector('form')?.addEventListener('submit', (event) => {
    event.preventDefault();
    settled = true;
    session.ask({ query: input.value });
  });
  root.addEventListener('click', (event) => {
    if ((event.target as Element).closest('a')) settled = true;
  });
  addEventListener('popstate', read);
  read();
  if (!input.value) input.focus();
}

function asked(): Asked {
  const address = new URLSearchParams(location.search);
  return {
    query: address.get('q') ?? '',
    topic: address.get('topic') ?? '',
    level: address.get('level') ?? '',
  };
}
