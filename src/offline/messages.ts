/** What pages and the service worker say to each other, and the names they share. */
import type { Locale } from '../i18n/locale.ts';

/** Caches belong to an origin, which may hold other sites: the base path tells this one's apart. */
export const cacheNames = (basePath: string): { files: string; foreign: string } => ({
  files: `llm-interview-lab ${basePath}`,
  foreign: `llm-interview-lab foreign ${basePath}`,
});

/** Held, shared, while a run of the quiz or an interview is open: no new version takes over then. */
export const SESSION_LOCK = 'quiz-session';

export type Message =
  /** From every page: the version it is of. */
  | { kind: 'page'; version: string }
  /** Keep all pages of these languages. */
  | { kind: 'keep'; locales: readonly Locale[] }
  /** The reader takes the new version. */
  | { kind: 'activate' }
  /** Keep nothing more; answered when nothing is being written. */
  | { kind: 'stop' };

export interface Reply {
  done: boolean;
}
