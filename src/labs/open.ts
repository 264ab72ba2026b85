/** Wakes the labs of a page: a printed one when it is seen, one that a topic's page offers when it is asked for. */
import { localeOf } from '~/i18n/locale.ts';
import type { LabModule } from './kit/lab.ts';
import { styled } from './kit/styled.ts';
import { whenSeen } from './kit/whenSeen.ts';
import { kitWords } from './kit/words.ts';

const labs = import.meta.glob<LabModule>('./*/Lab.tsx');

for (const place of document.querySelectorAll<HTMLElement>('[data-lab]')) {
  if (place.childElementCount > 0) whenSeen(place, () => attempt(place));
}

/** Puts the lab that a button of `offer.ts` offers into its place, and the focus with it. */
export async function openOffered(opener: HTMLElement): Promise<void> {
  const place = document.querySelector<HTMLElement>(`[data-lab="${opener.dataset['labOpen']}"]`);
  if (!place) return;
  await attempt(place, () => {
    opener.remove();
    place.focus();
  });
}

/** Says in place that a lab could not be loaded, and offers to try again; what is printed stays readable. */
async function attempt(place: HTMLElement, then = (): void => {}): Promise<void> {
  const told = place.previousElementSibling;
  if (told?.matches('[data-lab-failed]')) told.remove();
  try {
    await wake(place);
    then();
  } catch (error) {
    const t = kitWords(localeOf(location.pathname));
    const notice = document.createElement('p');
    notice.className = 'lab-notice';
    notice.dataset['labFailed'] = '';
    notice.setAttribute('role', 'alert');
    const again = Object.assign(document.createElement('button'), {
      type: 'button',
      textContent: t.retry,
    });
    again.addEventListener('click', () => attempt(place, then));
    notice.append(t.failed, ' ', again);
    place.before(notice);
    console.warn(error);
  }
}

async function wake(place: HTMLElement): Promise<void> {
  const name = place.dataset['lab'];
  const styles = place.dataset['labCss']?.split(' ') ?? [];
  const loaded = labs[`./${name}/Lab.tsx`]?.();
  if (!loaded) throw new Error(`no lab ${name}`);
  const locale = localeOf(location.pathname);
  const prepared = loaded.then(async (module) => {
    await module.ready?.(locale);
    return module.default;
  });
  // Preact too comes only now: most readers of a topic open no lab.
  const [Lab, { h, hydrate, render }] = await Promise.all([
    prepared,
    import('preact'),
    ...styles.map(styled),
  ]);
  // On a topic's page the address belongs to the topic.
  const own = place.childElementCount > 0;
  const query = own ? location.search.slice(1) : '';
  const lab = h(Lab, { locale, query, onQuery: (next) => own && keep(next) });
  if (own && !query) {
    hydrate(lab, place);
  } else {
    place.replaceChildren();
    render(lab, place);
  }
  place.dataset['awake'] = '';
}

let writing: ReturnType<typeof setTimeout>;

/** Browsers refuse an address that is rewritten with every move of a slider. */
function keep(query: string): void {
  clearTimeout(writing);
  writing = setTimeout(write, 200, query);
}

function write(query: string): void {
  const url = new URL(location.href);
  url.search = query;
  history.replaceState(history.state, '', url);
  // The other language opens on the same state.
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-language-switch]')) {
    link.search = query;
  }
}
