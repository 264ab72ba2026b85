import type { Locale } from '~/i18n/locale.ts';
import type { Atlas } from './atlas.ts';
import type { State } from './state.ts';

/** What each part of the lab is given. */
export interface PartProps {
  locale: Locale;
  atlas: Atlas;
  state: State;
  set: (change: Partial<State>) => void;
}
