import { finiteNumber, integer } from '../arguments.ts';

/** Overlap of training text with evaluation items by shared runs of n words. */

export interface OverlapSettings {
  items: readonly string[];
  /** Words in a run. */
  n: number;
  /** An item is matched when more than this share of its words lies in runs that one training text shares. */
  coverage: number;
}

export interface ItemMatch {
  /** Item, from 0. */
  item: number;
  /** Share of its words that lie in shared runs, over 0, at most 1. */
  coverage: number;
}

export interface OverlapFinder {
  /** Matches of one training text. */
  match: (text: string) => ItemMatch[];
  /** Items with fewer than n words, which no run of n words can match. */
  tooShort: number;
}

const START = 0x811c9dc5;

/** Letters and digits of any script; Han and kana stand without spaces, so each is a word. Lower-cased. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+/gu;

/**
 * Looks for runs of n words that a text shares with evaluation items. Runs are compared as numbers of
 * 53 bits, so a match by chance does not happen in practice.
 *
 * @throws RangeError if `n` is not an integer ≥ 1 or `coverage` not in 0…1.
 */
export function createOverlapFinder({ items, n, coverage }: OverlapSettings): OverlapFinder {
  integer('n', n, 1);
  finiteNumber('coverage', coverage, 0, 1);
  /** Where runs of the items stand: pairs of item and place. */
  const places = new Map<number, number[]>();
  /** One bit for each run's low hash: tells for nearly all runs of a text that no item has them. */
  const sieve = new Uint8Array(1 << 19);
  const lengths: number[] = [];
  let tooShort = 0;
  items.forEach((text, item) => {
    const words = wordHashes(text);
    lengths.push(words.length);
    if (words.length < n) tooShort += 1;
    for (let at = 0; at + n <= words.length; at += 1) {
      const low = run(words, at, n, START);
      const key = keyOf(low, words, at, n);
      sieve[(low >>> 3) & (sieve.length - 1)]! |= 1 << (low & 7);
      const known = places.get(key);
      if (known) known.push(item, at);
      else places.set(key, [item, at]);
    }
  });

  return {
    tooShort,
    match(text) {
      const words = wordHashes(text);
      const covered = new Map<number, Set<number>>();
      for (let at = 0; at + n <= words.length; at += 1) {
        const low = run(words, at, n, START);
        if (!(sieve[(low >>> 3) & (sieve.length - 1)]! & (1 << (low & 7)))) continue;
        const known = places.get(keyOf(low, words, at, n)) ?? [];
        for (let index = 0; index < known.length; index += 2) {
          const item = known[index]!;
          const starts = covered.get(item) ?? new Set();
          covered.set(item, starts.add(known[index + 1]!));
        }
      }
      const matches: ItemMatch[] = [];
      for (const [item, starts] of covered) {
        const share = coveredWords(starts, n) / lengths[item]!;
        if (share > coverage) matches.push({ item, coverage: share });
      }
      return matches;
    },
  };
}

/** Words under runs that begin at these places. */
function coveredWords(starts: ReadonlySet<number>, n: number): number {
  let covered = 0;
  let until = 0;
  for (const start of [...starts].sort((a, b) => a - b)) {
    covered += start + n - Math.max(start, until);
    until = start + n;
  }
  return covered;
}

function wordHashes(text: string): Uint32Array {
  const words = text.toLowerCase().match(WORD) ?? [];
  const hashes = new Uint32Array(words.length);
  words.forEach((word, index) => {
    let hash = START;
    for (let at = 0; at < word.length; at += 1) {
      hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
    }
    hashes[index] = hash ^ (hash >>> 15);
  });
  return hashes;
}

function run(words: Uint32Array, at: number, n: number, start: number): number {
  let hash = start;
  for (let index = at; index < at + n; index += 1) {
    hash = Math.imul(hash ^ words[index]!, 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  return hash >>> 0;
}

function keyOf(low: number, words: Uint32Array, at: number, n: number): number {
  return low + (run(words, at, n, 0x9e3779b9) & 0x1fffff) * 2 ** 32;
}
