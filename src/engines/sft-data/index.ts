/** A file of training examples: formats, schema, roles, copies, overlap with evaluations, personal data. */
export { countKept, createCleaner, flagsOf } from './cleaned.ts';
export {
  FORMATS,
  type Format,
  type Reading,
  readExample,
  SCHEMA_PROBLEMS,
  type SchemaProblem,
  type SchemaProblemCode,
  type Turn,
} from './example.ts';
export {
  comparedText,
  createInspector,
  FINDINGS,
  type Finding,
  flagOf,
  type Inspection,
  type InspectionSettings,
  type Inspector,
  type Listed,
  MOST_LISTED,
  PARTS,
  type Part,
  type RecordMap,
  read,
} from './inspector.ts';
export { type Lengths, summarizeLengths } from './lengths.ts';
export { createOverlapFinder, type ItemMatch, type OverlapSettings } from './overlap.ts';
export {
  findPii,
  isChineseId,
  maskHit,
  maskPii,
  PII_RULES,
  type PiiHit,
  type PiiRule,
  passesLuhn,
} from './pii.ts';
export {
  EMPTY_PROBLEMS,
  type EmptyProblem,
  emptyProblems,
  ROLE_PROBLEMS,
  type RoleProblem,
  roleProblems,
} from './roles.ts';
export {
  createSplitter,
  type FileKind,
  type FileProblem,
  MOST_RECORD_BYTES,
  type RecordSink,
} from './split.ts';
