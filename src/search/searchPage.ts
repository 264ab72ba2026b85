/** The search with an address of its own: query and filters stand in it and come from it. */
import { type Asked, addressOf } from './result.ts';
import { searchBox } from './searchBox.tsx';

function start(root: HTMLElement): void {
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
  const typed = input.value;
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
  if (typed) {
    write();
    set({ ...asked(), query: typed });
  } else read();
}

function asked(): Asked {
  const address = new URLSearchParams(location.search);
  return {
    query: address.get('q') ?? '',
    topic: address.get('topic') ?? '',
    level: address.get('level') ?? '',
  };
}

const root = document.querySelector<HTMLElement>('[data-search-page]');
if (root) start(root);
