import type { Span } from './conventions.ts';

/** A token as byte-level BPE tokenizers write it, and its id. */
export interface Token {
  id: number;
  token: string;
  /** An added token, written as it stands in the text instead of byte by byte. */
  added: boolean;
}

/** A token's place in the text. A token that ends inside a character shares that character with the next. */
export type PlacedToken = Token & Span;

/** GPT-2's alphabet: printable bytes stand for themselves, the 68 others for the characters from U+0100 on. */
const BYTES: ReadonlyMap<string, number> = (() => {
  const bytes = new Map<string, number>();
  let next = 256;
  for (let byte = 0; byte < 256; byte += 1) {
    const printable =
      (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
    bytes.set(String.fromCodePoint(printable ? byte : next), byte);
    if (!printable) next += 1;
  }
  return bytes;
})();

/**
 * Where each token stands in the text, in UTF-16 units.
 *
 * @throws RangeError if the tokens do not spell the text byte for byte.
 */
export function placeTokens(text: string, tokens: readonly Token[]): PlacedToken[] {
  // Of each byte of the text: the character it belongs to.
  const starts: number[] = [];
  let at = 0;
  for (const character of text) {
    const bytes = utf8Length(character);
    for (let byte = 0; byte < bytes; byte += 1) starts.push(at);
    at += character.length;
  }
  const after = (byte: number): number => {
    const last = starts[byte - 1] ?? 0;
    return last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1);
  };
  let byte = 0;
  const placed = tokens.map((token) => {
    const from = byte;
    byte += token.added
      ? [...token.token].reduce((sum, character) => sum + utf8Length(character), 0)
      : [...token.token].length;
    if (byte > starts.length || !spells(token, text, starts, from)) {
      throw new RangeError(`tokens must spell the text, got ${JSON.stringify(token.token)}`);
    }
    return { ...token, start: starts[from] ?? text.length, end: after(byte) };
  });
  if (byte !== starts.length) throw new RangeError('tokens must spell the whole text');
  return placed;
}

function spells(
  { token, added }: Token,
  text: string,
  starts: readonly number[],
  from: number,
): boolean {
  if (added) return text.startsWith(token, starts[from]);
  // Compared where a byte is a character of its own; the others are held by their number.
  return [...token].every((letter, index) => {
    const value = BYTES.get(letter) ?? -1;
    const code = text.codePointAt(starts[from + index] ?? 0) ?? 0;
    return code > 127 ? value > 127 : value === code;
  });
}

function utf8Length(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

export interface LabelledToken extends PlacedToken {
  /** The id, or −100 where no loss falls. */
  label: number;
  /** A boundary of the loss falls inside the token: half of it belongs to the prompt. */
  straddles: boolean;
}

/**
 * Labels of a tokenized training text: a token bears loss if it begins where loss falls. One that
 * begins before and ends inside gets none, which is what measuring the prompt's length gives.
 */
export function labelTokens(
  tokens: readonly PlacedToken[],
  lossSpans: readonly Span[],
): LabelledToken[] {
  return tokens.map((token) => {
    const bears = lossSpans.some(({ start, end }) => start <= token.start && token.start < end);
    const straddles = lossSpans.some(({ start, end }) =>
      [start, end].some((edge) => token.start < edge && edge < token.end),
    );
    return { ...token, label: bears ? token.id : -100, straddles };
  });
}
