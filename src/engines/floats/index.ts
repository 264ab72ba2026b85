/** Low-precision number formats: their constants, correct rounding, and their encodings. */
export { type Accumulation, accumulate } from './accumulate.ts';
export { fieldsOf, fromBits, toBits } from './bits.ts';
export { cast } from './cast.ts';
export { roundAll, rounderOf } from './fast.ts';
export { type FloatFormat, FORMAT_NAMES, FORMATS, type FormatName } from './formats.ts';
export { type RoundOptions, roundTo, spacing, type Zone, zoneOf } from './round.ts';
export { updatesUntilVisible, type VisibleUpdate } from './visible.ts';
