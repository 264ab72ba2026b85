import { type Finding, flagOf, type RecordMap } from './inspector.ts';
import type { FileKind } from './split.ts';

/** Flags of the findings whose records are to go. */
export function flagsOf(findings: readonly Finding[]): number {
  return findings.reduce((flags, finding) => flags | flagOf(finding), 0);
}

/** Records that stay. */
export function countKept({ flags }: RecordMap, removed: number): number {
  let kept = 0;
  for (const found of flags) if (!(found & removed)) kept += 1;
  return kept;
}

/**
 * The cleaned file, piece by piece: the records that stay, byte for byte and in their order. Lines keep
 * their line ends, and only a last line that had none stays without; blank lines and a byte order mark
 * go. A list stays a list.
 */
export function createCleaner(map: RecordMap, kind: FileKind, removed: number) {
  const LIST_GAP = [',\n', '[\n', '\n]\n'].map((text) => new TextEncoder().encode(text));
  const [between, open, close] = LIST_GAP as [Uint8Array, Uint8Array, Uint8Array];
  let record = 0;
  let at = 0;
  let written = 0;

  return {
    /** Bytes to be written for the next bytes of the file. Views of `chunk`. */
    push(chunk: Uint8Array): Uint8Array[] {
      const out: Uint8Array[] = [];
      const until = at + chunk.length;
      for (; record < map.flags.length; record += 1) {
        const start = map.starts[record]!;
        // A line end belongs to its line; whatever else stands up to the next record does not.
        const end = map.ends[record]! + (kind === 'lines' ? 1 : 0);
        if (start >= until) break;
        if (!(map.flags[record]! & removed)) {
          if (start >= at) {
            if (kind === 'list') out.push(written === 0 ? open : between);
            written += 1;
          }
          if (end > at) out.push(chunk.subarray(Math.max(0, start - at), end - at));
        }
        if (end > until) break;
      }
      at = until;
      return out;
    },
    /** What stands after the last byte of the file. */
    end(): Uint8Array[] {
      if (kind === 'lines') return [];
      return written === 0 ? [open, close.subarray(1)] : [close];
    },
  };
}
