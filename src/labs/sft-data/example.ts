import type { PlacedToken, TrainingText, Trap } from './chat.ts';
import json from './example.json';

/** What the engine and Qwen2.5's tokenizer make of the example, at hand before either is loaded. */
export const PRINTED = json as Made & { tokens: PlacedToken[] };

export interface Made extends TrainingText {
  traps: Trap[];
}
