import type { Locale } from '~/i18n/locale.ts';

/** What every lab (`src/labs/<lab>/Lab.tsx`, default export) is given. */
export interface LabProps {
  locale: Locale;
  /** Query of the address it was opened with, without '?'; empty for the published example. */
  query: string;
  /** Takes the query that brings the present state back; empty for the example. */
  onQuery: (query: string) => void;
}
