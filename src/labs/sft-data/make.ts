/** Apart, because the template renderer outweighs the rest of the lab: it is loaded with the first change. */
import { type TrainingInput, trainingText, trapsOf } from '~/engines/chat/index.ts';
import type { Made } from './example.ts';

export function make(input: TrainingInput): Made {
  return { ...trainingText(input), traps: trapsOf(input) };
}
