import { exportProgress } from '../progress/exchange.ts';
import type { Journal } from './journal.ts';
import { localDay } from './localDay.ts';

/** Saves everything as a file, and notes when. */
export async function download(journal: Journal): Promise<void> {
  const now = new Date();
  const text = exportProgress(journal.progress().events);
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), {
    href: address,
    download: `llm-interview-lab-${localDay(now)}.json`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  await journal.settings({ exported: now.getTime() });
}
