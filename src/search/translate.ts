/** Glossary names in a query as this language writes them. Pure. */
import { lower, plain, type Query, readQuery } from './query.ts';
import type { SearchWords } from './words.ts';

/**
 * translated('BF16为什么不需要loss scaling', …) on a Chinese page → 'BF16为什么不需要损失缩放'.
 * Nothing if no name in the query is written otherwise here.
 */
export function translated(query: Query, terms: SearchWords['terms']): Query | undefined {
  let { text } = query;
  for (const { name, here } of namesOf(terms)) {
    const low = spaced(text);
    const at = low.indexOf(name);
    if (at < 0 || low.includes(spaced(here))) continue;
    const plural = low[at + name.length] === 's' ? 1 : 0;
    const end = at + name.length + plural;
    if (isInsideWord(low, at) || isInsideWord(low, end)) continue;
    text = `${text.slice(0, at)} ${here} ${text.slice(end)}`;
  }
  const written = readQuery(text.replace(/ (?=\p{Script=Han})|(?<=\p{Script=Han}) /gu, ''));
  return plain(written.text) === plain(query.text) ? undefined : written;
}

interface Name {
  name: string;
  here: string;
}

const known = new WeakMap<SearchWords['terms'], Name[]>();

/** Every other name of every term, long names first. */
function namesOf(terms: SearchWords['terms']): Name[] {
  const before = known.get(terms);
  if (before) return before;
  const names = terms
    .flatMap(([here = '', ...others]) => others.map((name) => ({ here, name: spaced(name) })))
    .filter(({ here, name }) => plain(here) !== plain(name))
    .map(({ here, name }) => ({ here, name: name.replace(/(?<=[a-z]{3})s$/, '') }))
    .sort((a, b) => b.name.length - a.name.length);
  known.set(terms, names);
  return names;
}

/** Lower case and hyphens as spaces, at the same length. */
function spaced(text: string): string {
  return lower(text).replaceAll('-', ' ');
}

/** True between two letters or digits that are no Chinese characters. */
function isInsideWord(text: string, at: number): boolean {
  const letter = /[a-z0-9]/;
  return letter.test(text[at - 1] ?? '') && letter.test(text[at] ?? '');
}
