/** Pieces of SVG text; `up` ones are set as superscripts (Unicode's own superscripts are too small to read in a figure). */
export interface TextPiece {
  text: string;
  up: boolean;
  /** The piece before was raised, so this one comes back down. */
  down: boolean;
}

/** Attributes of a piece's <tspan>, for text of 15 units. */
export function raise({ up, down }: TextPiece): { dy?: number; 'font-size'?: number } {
  if (up) return { dy: -5, 'font-size': 12 };
  return down ? { dy: 5 } : {};
}

const EXPONENT = /\^(−?\d+)/g;

/** pieces('2^−14 … 448') → 2, −14 raised, … 448. Spaces become no-break spaces, which SVG keeps. */
export function pieces(marked: string): TextPiece[] {
  return marked
    .replaceAll(' ', '\u00a0')
    .split(EXPONENT)
    .map((text, index) => ({ text, up: index % 2 === 1, down: index > 1 && index % 2 === 0 }))
    .filter(({ text }) => text !== '');
}

/** The exponent form of an exact power of two: markedPower(2 ** -14) → '2^−14'. */
export function markedPower(value: number): string {
  return `2^${String(Math.log2(value)).replace('-', '−')}`;
}
