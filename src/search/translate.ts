/** Glossary names in a query as this language writes them. Pure. */
import { plain, type Query, readQuery } from './query.ts';
import type { SearchWords } from './words.ts';

/**
 * translated('BF16为什么不需要loss scaling', …) on a Chinese page → 'BF16为什么不需要损失缩放'.
 * Nothing if no name in the query is written otherwise here.
 */
export function translated(query: Query, terms: SearchWords['terms']): Query | undefined {
  let text = query.text;
  for (const { here, pattern } of waysOf(terms)) {
    if (!text.toLowerCase().includes(here.toLowerCase())) text = text.replace(pattern, ` ${here} `);
  }
  const written = readQuery(text.replace(/ (?=\p{Script=Han})|(?<=\p{Script=Han}) /gu, ''));
  return plain(written.text) === plain(query.text) ? undefined : written;
}

interface Way {
  here: string;
  pattern: RegExp;
}

const known = new WeakMap<SearchWords['terms'], Way[]>();

/** Every other name of every term, long names first. */
function waysOf(terms: SearchWords['terms']): Way[] {
  const before = known.get(terms);
  if (before) return before;
  const ways = terms
    .flatMap(([here = '', ...others]) => others.map((name) => ({ here, name })))
    .filter(({ here, name }) => plain(here) !== plain(name))
    .sort((a, b) => b.name.length - a.name.length)
    .map(({ here, name }) => ({ here, pattern: asWord(name) }));
  known.set(terms, ways);
  return ways;
}

function asWord(name: string): RegExp {
  const pattern = name
    .replace(/(?<=[a-z]{3})s$/, '')
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(/[\s-]+/g, '[\\s-]*')
    .replace(/(?<=[a-z]{3})$/, 's?');
  const [before, after] = ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}])'];
  return /\p{Script=Han}/u.test(name)
    ? new RegExp(pattern, 'iu')
    : new RegExp(
        `(?:(?<=\\p{Script=Han})|${before})${pattern}(?:(?=\\p{Script=Han})|${after})`,
        'iu',
      );
}
