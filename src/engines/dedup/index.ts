/** Near-duplicate detection: shingles, Jaccard similarity, MinHash signatures and LSH banding. */
export { jaccard, type Overlap, shingleOverlap } from './jaccard.ts';
export { type Banding, lshProbability, lshThreshold } from './lsh.ts';
export { estimateJaccard, isCandidate, minhashSignature } from './minhash.ts';
export {
  createNearDuplicateFinder,
  jaccardOfHashes,
  MOST_COMPARED,
  type NearDuplicateFinder,
  type NearDuplicateSettings,
  type NearDuplicates,
  SIMILARITY_BINS,
} from './near.ts';
export { shingleHashes } from './shingleHashes.ts';
export { SHINGLE_UNITS, type ShingleUnit, shingles } from './shingles.ts';
