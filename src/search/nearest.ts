/** The nearest known word or name to a misspelt one. Pure. */
import { isFunctionWord, latinWords, plain } from './query.ts';
import type { SearchWords } from './words.ts';

/** Words of titles, names and glossary, with the number of times they stand there. */
export type Vocabulary = ReadonlyMap<string, number>;

const MIN_LENGTH = 4;
const PARTS = /[\s_./'’-]+/;

export function vocabularyOf({ pages, terms }: Pick<SearchWords, 'pages' | 'terms'>): Vocabulary {
  const vocabulary = new Map<string, number>();
  for (const name of [...pages.flatMap(({ title, names }) => [title, ...names]), ...terms.flat()]) {
    for (const word of [...spelled(name), ...hanNames(name)]) {
      vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1);
    }
  }
  return vocabulary;
}

/** The words of a text that can be misspelt: spelled('why gradient_cliping') → ['gradient', 'cliping']. */
export function spelled(text: string): string[] {
  return latinWords(text)
    .flatMap((word) => word.toLowerCase().split(PARTS))
    .filter((word) => word.length >= MIN_LENGTH && /^\p{L}+$/u.test(word) && !isFunctionWord(word));
}

export function isKnown(word: string, vocabulary: Vocabulary): boolean {
  return vocabulary.has(word) || [...vocabulary.keys()].some((known) => known.startsWith(word));
}

/** nearestWord('precisoin', …) → 'precision'; one slip in short words, two in words of eight letters and more. */
export function nearestWord(word: string, vocabulary: Vocabulary): string | undefined {
  const limit = word.length >= 8 ? 2 : 1;
  let best: { known: string; distance: number; count: number } | undefined;
  for (const [known, count] of vocabulary) {
    if (known.length < MIN_LENGTH || Math.abs(known.length - word.length) > limit) continue;
    const distance = editDistance(word, known, limit);
    if (distance > limit || distance === 0) continue;
    const closer = !best || distance < best.distance;
    if (closer || (distance === best?.distance && count > best.count)) {
      best = { known, distance, count };
    }
  }
  return best?.known;
}

/** The Chinese name that differs in one character: nearestName('混和精度', …) → '混合精度'. */
export function nearestName(run: string, vocabulary: Vocabulary): string | undefined {
  if (run.length < 3) return undefined;
  let best: { known: string; count: number } | undefined;
  for (const [known, count] of vocabulary) {
    if (known.length !== run.length || known[0] === undefined || /^[a-z]/.test(known)) continue;
    if (editDistance(run, known, 1) === 1 && count > (best?.count ?? 0)) best = { known, count };
  }
  return best?.known;
}

/** Insertions, deletions, changes and swaps of neighbours; gives up above the limit. */
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = last;
    last = row;
  }
  return Math.min(last[b.length] ?? limit, limit + 1);
}

/** How alike two names are, 0 to 1, by the pairs of characters they share. */
export function likeness(a: string, b: string): number {
  const pairsOf = (text: string): string[] =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
  const left = pairsOf(plain(a));
  const right = pairsOf(plain(b));
  if (left.length + right.length === 0) return 0;
  const rest = [...right];
  const shared = left.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at < 0) return false;
    rest.splice(at, 1);
    return true;
  });
  return (2 * shared.length) / (left.length + right.length);
}

function hanNames(name: string): string[] {
  return name.match(/\p{Script=Han}{3,8}/gu) ?? [];
}
