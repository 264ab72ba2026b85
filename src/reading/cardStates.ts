/** The reader's own state beside each question. Costs a reader without progress nothing but this look. */
import { DATABASE } from '~/progress/database.ts';
import { whenQuiet } from './whenQuiet.ts';

const states = (): Promise<typeof import('~/quiz/states.ts')> => import('~/quiz/states.ts');

export function initCardStates(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-mark]')) {
    button.addEventListener('click', async () => {
      const { toggleMark } = await states();
      await toggleMark(
        button.dataset['markOf'] ?? '',
        button.dataset['mark'] as 'read' | 'revisit',
      );
    });
  }
  if (!document.querySelector('[data-card-state], [data-readiness]')) return;
  const look = async (): Promise<void> => {
    try {
      const known = await indexedDB.databases();
      if (known.some(({ name }) => name === DATABASE)) (await states()).showStates();
    } catch {
      // A browser that keeps nothing, or does not tell: the page is whole without states.
    }
  };
  whenQuiet(look, 200);
}
