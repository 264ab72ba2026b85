/** The one switch that keeps the site on the device or takes it away. */
import { LOCALES, localeOf } from '~/i18n/locale.ts';
import { choose, keepsSite } from './choice.ts';
import { isKept, keepSite, removeSite } from './keep.ts';
import { offlineWords } from './words.ts';

export async function initSwitch(): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('[data-offline-switch]');
  const said = document.querySelector<HTMLElement>('[data-offline-said]');
  if (!input || !said) return;
  const words = offlineWords(localeOf(location.pathname));
  const say = (text: string): void => {
    said.textContent = text;
  };
  if (!('serviceWorker' in navigator && 'caches' in globalThis)) {
    input.disabled = true;
    say(words.unsupported);
    return;
  }
  input.checked = keepsSite();
  if (input.checked && (await isKept().catch(() => false))) say(words.kept);
  input.addEventListener('change', async () => {
    input.disabled = true;
    try {
      choose(input.checked);
      if (input.checked) {
        say(words.keeping);
        say((await keepSite(LOCALES)) ? words.kept : words.failed);
      } else {
        await removeSite();
        say(words.removed);
      }
    } catch (error) {
      console.warn(error);
      say(words.failed);
    } finally {
      input.disabled = false;
    }
  });
}
