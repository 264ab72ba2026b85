import { exportProgress } from '../progress/exchange.ts';
import type { Journal } from './journal.ts';

/** Saves everything as a file, and notes when. */
export async function download(journal: Journal): Promise<void> {
  const now = new Date();
  const text = exportProgress(journal.progress().events);
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  const link = Object.assign(document.createElement('a'), {
    href: address,
    download: `llm-interview-lab-${day}.json`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  await journal.settings({ exported: now.getTime() });
}
