import { dataFile, fetched } from '../../kit/dataFile.ts';
import address from './example.json?url';
import type { Runs } from './runs.ts';

/** The runs of the published example, at fewer steps. */
export const { data: exampleRuns, ready } = dataFile(
  async (): Promise<Runs> =>
    import.meta.env.SSR
      ? // JSON knows no pairs, only lists.
        ((await import('./example.json')).default as unknown as Runs)
      : (await fetched(address)).json(),
);
