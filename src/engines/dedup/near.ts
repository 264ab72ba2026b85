import { finiteNumber, integer } from '../arguments.ts';
import type { Banding } from './lsh.ts';
import { hashRows, leastHashes } from './minhash.ts';
import { mix, shingleHashes } from './shingleHashes.ts';
import type { ShingleUnit } from './shingles.ts';

export interface NearDuplicateSettings extends Banding {
  unit: ShingleUnit;
  /** Least Jaccard similarity of a near-duplicate, 0 to 1. */
  threshold: number;
  seed: number;
}

export interface NearDuplicates {
  /** For each text in the order added: an earlier text that stays and is this similar to it, or −1. */
  of: Int32Array;
  /** Their Jaccard similarity; 0 where `of` is −1. */
  jaccard: Float32Array;
  /** Pairs that shared a band and were compared, and how many of them reached the threshold. */
  compared: number;
  reached: number;
  /** Compared pairs by Jaccard similarity, in bins of 0.05; 1 belongs to the last. */
  similarities: number[];
  /** Texts with no shingle: too short to be compared. */
  tooShort: number;
  /** Texts whose comparing stopped at `MOST_COMPARED` unlike candidates. */
  limited: number;
}

export interface NearDuplicateFinder {
  /** Takes the next text. Keeps its shingles as numbers and a number for each band, not the text. */
  add: (text: string) => void;
  /** Takes a place in the order for a text that is not to be compared. */
  skip: () => void;
  /** Compares. To be called once, after the last text; `onProgress` is told a share from 0 to 1. */
  find: (onProgress?: (share: number) => void) => NearDuplicates;
}

/** Texts of one mould fill a band with look-alikes that are no duplicates; nobody waits for all of them. */
export const MOST_COMPARED = 200;
export const SIMILARITY_BINS = 20;

/**
 * Finds near-duplicates by MinHash-LSH: texts that share a band are candidates, and the exact Jaccard
 * similarity of their sets of hashed shingles decides. A text found to be one is no longer compared
 * with, so each is measured against a text that stays.
 *
 * @throws RangeError if `b`, `r` are not integers ≥ 1, `threshold` is not in 0…1, `seed` not an integer
 * from 0 to 2³² − 1.
 */
export function createNearDuplicateFinder(settings: NearDuplicateSettings): NearDuplicateFinder {
  const { b, r, unit, threshold, seed } = settings;
  integer('b', b, 1);
  integer('r', r, 1);
  finiteNumber('threshold', threshold, 0, 1);
  integer('seed', seed, 0, 2 ** 32 - 1);
  const rows = hashRows(b * r, seed);
  const signature = new Uint32Array(b * r);
  let bands = Array.from({ length: b }, () => new Uint32Array(1024));
  const sets = createSets();
  let tooShort = 0;

  return {
    add(text) {
      const hashes = shingleHashes(text, unit);
      const index = sets.count();
      sets.add(hashes);
      if (hashes.length === 0) {
        tooShort += 1;
        return;
      }
      leastHashes(hashes, rows, signature);
      if (index >= bands[0]!.length) bands = bands.map((band) => longer(band, index + 1));
      for (let band = 0; band < b; band += 1) {
        let key = band;
        for (let row = band * r; row < (band + 1) * r; row += 1) key = mix(key ^ signature[row]!);
        bands[band]![index] = key;
      }
    },
    skip() {
      sets.add(NONE);
    },
    find(onProgress) {
      const count = sets.count();
      const before = bands.map((band, done) => {
        onProgress?.((0.5 * done) / b);
        return chain(longer(band, count), sets);
      });
      bands = [];
      const found: NearDuplicates = {
        of: new Int32Array(count).fill(-1),
        jaccard: new Float32Array(count),
        compared: 0,
        reached: 0,
        similarities: new Array<number>(SIMILARITY_BINS).fill(0),
        tooShort,
        limited: 0,
      };
      const comparedWith = new Int32Array(count).fill(-1);
      for (let index = 0; index < count; index += 1) {
        if (sets.size(index) > 0) compare(index, sets, before, comparedWith, threshold, found);
        if (index % 4096 === 0) onProgress?.(0.5 + (0.5 * index) / count);
      }
      return found;
    },
  };
}

/** Compares one text with those before it that share a band and stay, until one is similar enough. */
function compare(
  index: number,
  sets: Sets,
  before: readonly Int32Array[],
  comparedWith: Int32Array,
  threshold: number,
  found: NearDuplicates,
): void {
  const own = sets.get(index);
  let left = MOST_COMPARED;
  for (const previous of before) {
    let from = index;
    for (;;) {
      let other = previous[from]!;
      // What was found to be a copy is stepped over, now and for all who come later.
      while (other >= 0 && found.of[other]! >= 0) other = previous[other]!;
      previous[from] = other;
      if (other < 0) break;
      from = other;
      if (comparedWith[other] === index) continue;
      comparedWith[other] = index;
      const similarity = jaccardOfHashes(own, sets.get(other));
      found.compared += 1;
      found.similarities[
        Math.min(SIMILARITY_BINS - 1, Math.floor(similarity * SIMILARITY_BINS))
      ]! += 1;
      if (similarity >= threshold) {
        found.of[index] = other;
        found.jaccard[index] = similarity;
        found.reached += 1;
        return;
      }
      left -= 1;
      if (left === 0) {
        found.limited += 1;
        return;
      }
    }
  }
}

/** Jaccard similarity of two ascending lists of distinct numbers; 0 if both are empty. */
export function jaccardOfHashes(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a[i]!;
    const y = b[j]!;
    if (x === y) shared += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  const union = a.length + b.length - shared;
  return union === 0 ? 0 : shared / union;
}

/** For each text the one before it with the same key, or −1. Writes over the keys: they are many. */
function chain(keys: Uint32Array, sets: Sets): Int32Array {
  const count = sets.count();
  const previous = new Int32Array(keys.buffer, 0, count);
  let size = 1024;
  while (size < count * 2) size *= 2;
  const last = new Int32Array(size).fill(-1);
  const keyOf = new Uint32Array(size);
  for (let index = 0; index < count; index += 1) {
    if (sets.size(index) === 0) {
      previous[index] = -1;
      continue;
    }
    const key = keys[index]!;
    let slot = key & (size - 1);
    while (last[slot]! >= 0 && keyOf[slot] !== key) slot = (slot + 1) & (size - 1);
    previous[index] = last[slot]!;
    last[slot] = index;
    keyOf[slot] = key;
  }
  return previous;
}

function longer(list: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (list.length >= length) return list;
  const grown = new Uint32Array(Math.max(length, list.length * 2));
  grown.set(list);
  return grown;
}

interface Sets {
  add: (set: Uint32Array) => void;
  get: (index: number) => Uint32Array;
  size: (index: number) => number;
  count: () => number;
}

const NONE = new Uint32Array(0);
const SLAB = 1 << 18;

/** Many short lists in few long ones: an array of its own for each would weigh more than what it holds. */
function createSets(): Sets {
  const slabs: Uint32Array[] = [];
  let used = SLAB;
  let slabOf = new Uint32Array(1024);
  let startOf = new Uint32Array(1024);
  let sizeOf = new Uint32Array(1024);
  let count = 0;
  return {
    add(set) {
      if (count === sizeOf.length) {
        slabOf = longer(slabOf, count + 1);
        startOf = longer(startOf, count + 1);
        sizeOf = longer(sizeOf, count + 1);
      }
      if (used + set.length > SLAB) {
        slabs.push(new Uint32Array(Math.max(SLAB, set.length)));
        used = 0;
      }
      slabs[slabs.length - 1]?.set(set, used);
      slabOf[count] = slabs.length - 1;
      startOf[count] = used;
      sizeOf[count] = set.length;
      used += set.length;
      count += 1;
    },
    get(index) {
      const start = startOf[index]!;
      return slabs[slabOf[index]!]!.subarray(start, start + sizeOf[index]!);
    },
    size: (index) => sizeOf[index]!,
    count: () => count,
  };
}
