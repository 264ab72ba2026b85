import { render } from 'preact';
import { localeOf } from '~/i18n/locale.ts';
import { Results } from './Results.tsx';
import type { Asked } from './result.ts';
import { createSession, type Session, type State } from './session.ts';
import { say } from './words.ts';

export interface SearchBox {
  session: Session;
  input: HTMLInputElement;
  /** Puts a query into the field and looks for it. */
  set: (asked: Asked) => void;
}

interface Options {
  /** Prefix of ids. */
  id: string;
  /** The first result is chosen at once, so that Enter opens it. */
  eager: boolean;
  /** Where the same results have an address of their own; none on the page that is it. */
  fullPage?: (asked: Asked) => string;
  onChange?: (state: State) => void;
}

/** Results are announced once the reader has stopped typing. */
const REST_MS = 700;

/** Brings a printed search field to life: the field stays as it is, the results stand below it. */
export function searchBox(
  root: HTMLElement,
  { id, eager, fullPage, onChange }: Options,
): SearchBox {
  const input = root.querySelector<HTMLInputElement>('input[name="q"]');
  const below = root.querySelector<HTMLElement>('[data-search-results]');
  if (!input || !below) throw new Error('search: the field or the place for results is missing');
  const failed = { text: root.dataset['failed'] ?? '', retry: root.dataset['retry'] ?? '' };
  let active = -1;
  let announced = '';
  let rest: ReturnType<typeof setTimeout> | undefined;

  const session = createSession(localeOf(location.pathname), (state) => {
    const last = options(state);
    active =
      eager && state.query.trim() && state.total > 0 ? Math.min(Math.max(active, 0), last - 1) : -1;
    announceLater(state);
    draw();
    onChange?.(state);
  });

  function draw(): void {
    const state = session.state();
    render(
      <Results
        {...{ state, session, active, announced, id, failed }}
        fullPage={fullPage?.(state)}
        onPoint={choose}
      />,
      below as HTMLElement,
    );
    input?.setAttribute('aria-expanded', String(state.results.length > 0));
    if (active < 0) input?.removeAttribute('aria-activedescendant');
    else input?.setAttribute('aria-activedescendant', `${id}-${active}`);
  }

  function choose(option: number): void {
    active = option;
    draw();
  }

  function announceLater(state: State): void {
    clearTimeout(rest);
    rest = setTimeout(() => {
      announced = announcement(state);
      draw();
    }, REST_MS);
  }

  function move(step: number): void {
    const count = options(session.state());
    if (count === 0) return;
    choose(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }

  function ask(tentative = false): void {
    if (!input || input.value === session.state().query) return;
    active = -1;
    session.ask({ query: input.value }, tentative);
  }

  input.addEventListener('input', (event) => {
    // Letters on their way to Chinese characters are not a query. On a touch keyboard English words
    // arrive as compositions too: those are tried, and shown only if something is found.
    const composing = event instanceof InputEvent && event.isComposing;
    if (!composing) ask();
    else if (matchMedia('(pointer: coarse)').matches) ask(true);
  });
  input.addEventListener('compositionend', () => ask());
  input.addEventListener('keydown', (event) => {
    // Safari reports the Enter that ends a composition with code 229 and without isComposing.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      open(`${id}-${active}`, event);
    }
  });

  return {
    session,
    input,
    set: (asked) => {
      input.value = asked.query;
      session.ask(asked);
    },
  };
}

function options({ results, nearest }: State): number {
  return [...results, ...nearest].reduce((sum, { passages }) => sum + 1 + passages.length, 0);
}

function announcement({ words, query, total, phase, better }: State): string {
  if (!words || !query.trim() || phase !== 'ready') return '';
  const { texts } = words;
  if (total === 0) return say(texts['search.none'], { q: query });
  const count = total === 1 ? texts['search.count.one'] : say(texts['search.count'], { n: total });
  return better ? `${say(texts['search.corrected'], { q: query, better })} ${count}` : count;
}

/** As a click on the link would: with Ctrl or ⌘ in a new tab. */
function open(optionId: string, { ctrlKey, metaKey, shiftKey }: KeyboardEvent): void {
  document
    .getElementById(optionId)
    ?.dispatchEvent(
      new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }),
    );
}
