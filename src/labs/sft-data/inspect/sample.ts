import { dataFile, fetched } from '../../kit/dataFile.ts';
import records from './sample.jsonl?url';
import items from './sample-evaluation.txt?url';

const textOf = async (address: string): Promise<string> => (await fetched(address)).text();

/** The file shown until a reader has one, and the evaluation set it overlaps with. */
export const { data: sample, ready } = dataFile(async () => {
  const [text, evaluation] = await Promise.all([textOf(records), textOf(items)]);
  return { text, evaluation };
});
