import type { PartProps as KitPartProps } from '../kit/lab.ts';
import type { Atlas } from './atlas.ts';
import type { State } from './state.ts';

/** What each part of the lab is given. */
export interface PartProps extends KitPartProps<State> {
  atlas: Atlas;
}
