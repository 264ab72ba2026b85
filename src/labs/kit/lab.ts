import type { ComponentType } from 'preact';
import type { Locale } from '~/i18n/locale.ts';

/** What every lab (`src/labs/<lab>/Lab.tsx`, default export) is given. */
export interface LabProps {
  locale: Locale;
  /** Query of the address it was opened with, without '?'; empty for the published example. */
  query: string;
  /** Takes the query that brings the present state back; empty for the example. */
  onQuery: (query: string) => void;
}

/** What `src/labs/<lab>/Lab.tsx` exports. */
export interface LabModule {
  default: ComponentType<LabProps>;
  /** Brings what has to be there before the lab is drawn in a language. */
  ready?: (locale: Locale) => Promise<unknown>;
}

/** What a part of a lab is given: the lab's state, and how to change it. */
export interface PartProps<State> {
  locale: Locale;
  state: State;
  set: (change: Partial<State>) => void;
}
