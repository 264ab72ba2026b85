import { dataFile, fetched } from '../kit/dataFile.ts';
import type { PlacedToken, TrainingText, Trap } from './chat.ts';
import address from './example.json?url';

export interface Made extends TrainingText {
  traps: Trap[];
}

/** What the engine and Qwen2.5's tokenizer make of the example, at hand before either is loaded. */
export const { data: printed, ready } = dataFile(
  async (): Promise<Made & { tokens: PlacedToken[] }> =>
    import.meta.env.SSR
      ? ((await import('./example.json')).default as Made & { tokens: PlacedToken[] })
      : (await fetched(address)).json(),
);
