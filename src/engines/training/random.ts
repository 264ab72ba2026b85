import { integer } from '../arguments.ts';

/**
 * A generator of numbers in [0, 1) that is the same on every machine for one seed (mulberry32).
 *
 * @throws RangeError or TypeError unless `seed` is an integer from 0 to 2^32 − 1.
 */
export function seededRandom(seed: number): () => number {
  let state = integer('seed', seed, 0, 2 ** 32 - 1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
