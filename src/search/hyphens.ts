/** Words that the texts write with a hyphen and readers often without one. Pure. */
import { latinWords, type Query, readQuery } from './query.ts';
import type { SearchWords } from './words.ts';

/** By the word without its hyphens: 'finetuning' → 'fine-tuning'. */
export type Hyphens = ReadonlyMap<string, string>;

const HYPHENED = /[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+/g;

export function hyphensOf({ pages, terms }: Pick<SearchWords, 'pages' | 'terms'>): Hyphens {
  const names = [...pages.flatMap(({ title, names }) => [title, ...names]), ...terms.flat()];
  const all = names.join(' · ');
  const low = all.toLowerCase();
  const counts = new Map<string, number>();
  for (const [word] of all.matchAll(HYPHENED)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const hyphens = new Map<string, string>();
  for (const [word, count] of counts) {
    const bare = word.toLowerCase().replaceAll('-', '');
    if (count >= low.split(bare).length - 1) hyphens.set(bare, word);
  }
  return hyphens;
}

/** hyphened('ZeRO3 finetuning', …) → 'ZeRO-3 fine-tuning'. */
export function hyphened(query: Query, hyphens: Hyphens): Query {
  let { text } = query;
  for (const word of latinWords(text)) {
    const written = hyphens.get(word.toLowerCase());
    if (written) text = text.replace(word, written);
  }
  return text === query.text ? query : readQuery(text);
}
