/** Tells the reader of a new version: beside the page, in their language, and not during a quiz. */
import { localeOf } from '~/i18n/locale.ts';
import { SESSION_LOCK } from './messages.ts';
import { offlineWords } from './words.ts';

let shown = false;

/** `take` resolves with false when another tab still needs the old version. */
export async function offerUpdate(take: () => Promise<boolean>): Promise<void> {
  if (shown) return;
  shown = true;
  // Granted when no run of the quiz is open in any tab.
  await navigator.locks?.request(SESSION_LOCK, () => undefined);
  const words = offlineWords(localeOf(location.pathname));
  const notice = document.createElement('div');
  notice.className = 'update-notice';
  const text = document.createElement('p');
  text.setAttribute('role', 'status');
  const reload = button(words.reload, async () => {
    if (!(await take())) text.textContent = words.busy;
  });
  const later = button(words.later, () => notice.remove());
  notice.append(text, reload, later);
  document.body.append(notice);
  // A live region speaks what changes in it, not what it was born with.
  requestAnimationFrame(() => {
    text.textContent = words.ready;
  });
}

function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement('button'), {
    type: 'button',
    textContent: label,
  });
  made.addEventListener('click', onClick);
  return made;
}
