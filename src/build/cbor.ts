/**
 * As much CBOR (RFC 8949) as Pagefind's files use: integers, text and arrays of known length.
 * Items are handed on as slices, so that what is not understood is at least never changed.
 */
export interface Item {
  bytes: Uint8Array;
  /** The items of an array. */
  items: () => Item[];
  text: () => string;
}

const UNSIGNED = 0;
const NEGATIVE = 1;
const TEXT = 3;
const ARRAY = 4;

/** The one item that these bytes hold. */
export function readCbor(bytes: Uint8Array): Item {
  const end = skip(bytes, 0);
  if (end !== bytes.length) throw new Error(`CBOR: ${bytes.length - end} bytes after the item`);
  return itemOf(bytes);
}

export function writeArray(items: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([head(ARRAY, items.length), ...items]);
}

export function writeText(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([head(TEXT, bytes.length), bytes]);
}

function itemOf(bytes: Uint8Array): Item {
  return {
    bytes,
    items: () => {
      const { value, next } = readHead(bytes, 0, ARRAY);
      const items: Item[] = [];
      let at = next;
      for (let n = 0; n < value; n += 1) {
        const end = skip(bytes, at);
        items.push(itemOf(bytes.subarray(at, end)));
        at = end;
      }
      return items;
    },
    text: () => {
      const { value, next } = readHead(bytes, 0, TEXT);
      return Buffer.from(bytes.subarray(next, next + value)).toString('utf8');
    },
  };
}

/** Where the item that begins at `at` ends. */
function skip(bytes: Uint8Array, at: number): number {
  const { type, value, next } = readHead(bytes, at);
  if (type === UNSIGNED || type === NEGATIVE) return next;
  if (type === TEXT) return next + value;
  let end = next;
  for (let n = 0; n < value; n += 1) end = skip(bytes, end);
  return end;
}

function readHead(
  bytes: Uint8Array,
  at: number,
  expected?: number,
): { type: number; value: number; next: number } {
  const first = bytes[at];
  if (first === undefined) throw new Error('CBOR: the bytes end too early');
  const type = first >> 5;
  if (![UNSIGNED, NEGATIVE, TEXT, ARRAY].includes(type) || (expected ?? type) !== type) {
    throw new Error(`CBOR: type ${type} was not expected at byte ${at}`);
  }
  const short = first & 31;
  if (short < 24) return { type, value: short, next: at + 1 };
  const width = [1, 2, 4][short - 24];
  if (!width) throw new Error(`CBOR: length ${short} was not expected at byte ${at}`);
  let value = 0;
  for (let n = 0; n < width; n += 1) value = value * 256 + (bytes[at + 1 + n] ?? 0);
  return { type, value, next: at + 1 + width };
}

function head(type: number, value: number): Uint8Array {
  const first = type << 5;
  if (value < 24) return Uint8Array.of(first | value);
  if (value < 0x100) return Uint8Array.of(first | 24, value);
  if (value < 0x1_0000) return Uint8Array.of(first | 25, value >> 8, value & 255);
  const four = new DataView(new ArrayBuffer(5));
  four.setUint8(0, first | 26);
  four.setUint32(1, value);
  return new Uint8Array(four.buffer);
}
