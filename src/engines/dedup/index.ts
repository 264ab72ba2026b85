/** Near-duplicate detection: shingles, Jaccard similarity, MinHash signatures and LSH banding. */
export { jaccard, type Overlap, shingleOverlap } from './jaccard.ts';
export { type Banding, lshProbability, lshThreshold } from './lsh.ts';
export { estimateJaccard, isCandidate, minhashSignature } from './minhash.ts';
export { SHINGLE_UNITS, type ShingleUnit, shingles } from './shingles.ts';
