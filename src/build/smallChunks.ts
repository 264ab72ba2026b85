import { createHash } from 'node:crypto';
import { readCbor, writeArray, writeText } from './cbor.ts';

/** Bytes of words in a chunk before compression: some 3.5 KiB on the way. */
const CHUNK_BYTES = 6_000;

export interface ChunkedIndex {
  meta: Uint8Array;
  chunks: ReadonlyMap<string, Uint8Array>;
}

/**
 * Cuts Pagefind's word index finer. Its own chunks hold 20,000 places each (36 KiB compressed), made
 * for sites of thousands of pages; on this one two words of a query would fetch half the index.
 *
 * A chunk ends only where the beginning of the words changes, and claims every word with its
 * beginnings: so a word half typed finds all its endings in one chunk, and a word whose stem is
 * shorter than itself is never looked for beside it.
 */
export function smallChunks(
  meta: Uint8Array,
  chunkOf: (hash: string) => Uint8Array,
  language: string,
  chunkBytes = CHUNK_BYTES,
): ChunkedIndex {
  const parts = readCbor(meta).items();
  const list = parts[2];
  if (parts.length !== 6 || !list) throw new Error('pagefind: the meta file has a new form');
  const words = list.items().flatMap((chunk) => {
    const [, , hash] = chunk.items();
    if (!hash) throw new Error('pagefind: a chunk without a name');
    return (
      readCbor(chunkOf(hash.text()))
        .items()[0]
        ?.items()
        .map((word) => ({
          beginning: beginning(word.items()[0]?.text() ?? ''),
          bytes: word.bytes,
        })) ?? []
    );
  });
  const groups: (typeof words)[] = [];
  let size = 0;
  for (const word of words) {
    const last = groups.at(-1)?.at(-1)?.beginning;
    if (last === undefined || (size >= chunkBytes && !word.beginning.startsWith(last))) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(word);
    size += word.bytes.length;
  }
  const chunks = new Map<string, Uint8Array>();
  const entries = groups.map((group) => {
    const bytes = writeArray([writeArray(group.map((word) => word.bytes))]);
    const name = `${language}_${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}`;
    chunks.set(name, bytes);
    const from = group[0]?.beginning ?? '';
    const to = `${group.at(-1)?.beginning}\u{10FFFF}`;
    return writeArray([from, to, name].map(writeText));
  });
  const rest = parts.map(({ bytes }, index) => (index === 2 ? writeArray(entries) : bytes));
  return { meta: writeArray(rest), chunks };
}

/** What words of one chunk share: the first character of a Chinese word, three letters of another. */
function beginning(word: string): string {
  const characters = [...word];
  return characters.slice(0, /\p{Script=Han}/u.test(characters[0] ?? '') ? 1 : 3).join('');
}
