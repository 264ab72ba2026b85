/** Text as outlines, so that a card looks the same on every machine, whichever fonts it has. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';
import subsetFont from 'subset-font';

const FONT = '@fontsource-variable/noto-sans-sc';
/** The gap that browsers set between Han and Latin with text-autospace, in em. */
const AUTOSPACE = 1 / 8;

export interface Letters {
  /** Advance of a line, in px. */
  width: (line: string, size: number) => number;
  /** SVG paths, without a colour, of a line whose baseline starts at x, y. */
  paths: (line: string, size: number, x: number, y: number) => string;
}

/**
 * Outlines for the signs of `text` in one weight of Noto Sans SC.
 * Throws when the font lacks one of them.
 */
export async function lettersOf(text: string, weight: number): Promise<Letters> {
  const signs = [...new Set(text)].filter((sign) => !/\s/.test(sign));
  const files = Map.groupBy(signs, fileOf);
  const fonts = new Map<string, fontkit.Font>();
  for (const [file, own] of files) {
    const cut = await subsetFont(readFileSync(file), `${own.join('')} `, {
      targetFormat: 'sfnt',
      noHinting: true,
      variationAxes: { wght: weight },
    });
    const font = fontkit.create(cut) as fontkit.Font;
    for (const sign of own) fonts.set(sign, font);
  }
  const anyFont = [...fonts.values()][0];
  const fontOf = (sign: string): fontkit.Font => {
    const font = fonts.get(sign) ?? anyFont;
    if (!font) throw new Error('a line without letters has no font');
    return font;
  };
  // Titles are tried in many widths and sizes, and thousands of titles share their words: each is set once.
  const set = new Map<string, SetText>();
  const setOnce: SetOnce = (font, text, narrow) => {
    const key = narrow ? `narrow ${text}` : text;
    const known = set.get(key) ?? setText(font, text, narrow);
    set.set(key, known);
    return known;
  };
  const runs = (line: string): Run[] => runsOf(line, fontOf, setOnce);
  return {
    width: (line, size) => runs(line).reduce((sum, run) => sum + run.width * size, 0),
    paths: (line, size, x, y) => {
      let at = x;
      return runs(line)
        .map(({ gap, outline, width, unitsPerEm }) => {
          const place = `translate(${round(at + gap * size)} ${round(y)})`;
          at += width * size;
          if (!outline) return '';
          const scale = size / unitsPerEm;
          return `<path transform="${place} scale(${scale} ${-scale})" d="${outline}"/>`;
        })
        .join('');
    },
  };
}

const round = (px: number): number => Math.round(px * 100) / 100;

interface SetText {
  /** In em. */
  width: number;
  /** SVG path in the font's units, y upwards. */
  outline: string;
  unitsPerEm: number;
}

interface Run extends SetText {
  /** In em, before it and part of its width. */
  gap: number;
}

/** Of a font, a word or a single Han character, and whether it is a quote among Latin letters. */
type SetOnce = (font: fontkit.Font, text: string, narrow: boolean) => SetText;

/** The letters of a word are set together, which keeps Latin kerning. */
function runsOf(line: string, fontOf: (sign: string) => fontkit.Font, setOnce: SetOnce): Run[] {
  const runs: { font: fontkit.Font; text: string; gap: number; narrow: boolean }[] = [];
  const han = HAN.test(line);
  let before = '';
  for (const sign of line) {
    const last = runs.at(-1);
    const font = sign === ' ' && last ? last.font : fontOf(sign);
    const gap = spaced(before, sign) ? AUTOSPACE : 0;
    const narrow = QUOTE.test(sign) && !han;
    const joins = last && last.font === font && gap === 0 && !narrow && !last.narrow;
    if (joins && before !== ' ' && !HAN.test(sign)) last.text += sign;
    else runs.push({ font, text: sign, gap, narrow });
    before = sign;
  }
  return runs.map(({ font, text, gap, narrow }) => {
    const set = setOnce(font, text, narrow);
    return { ...set, gap, width: set.width + gap };
  });
}

function setText(font: fontkit.Font, text: string, narrow: boolean): SetText {
  const { glyphs, positions } = font.layout(text);
  if (narrow) tighten(font, glyphs[0], positions[0]);
  const { unitsPerEm } = font;
  let at = 0;
  const outline = glyphs.map((glyph, index) => {
    const { xAdvance = 0, xOffset = 0 } = positions[index] ?? {};
    const drawn = glyph.path.translate(at + xOffset, 0).toSVG();
    at += xAdvance;
    return drawn;
  });
  return { width: at / unitsPerEm, outline: outline.join(''), unitsPerEm };
}

const HAN = /\p{Script=Han}/u;
const LATIN = /[\p{Script=Latin}\p{Script=Greek}\d]/u;
const QUOTE = /[‘’“”]/u;

function spaced(before: string, after: string): boolean {
  return (HAN.test(before) && LATIN.test(after)) || (LATIN.test(before) && HAN.test(after));
}

/** The font's curled quotes are as wide as a Han character; among Latin letters they are set by their own width. */
function tighten(
  { unitsPerEm }: fontkit.Font,
  glyph: fontkit.Glyph | undefined,
  position: fontkit.GlyphPosition | undefined,
): void {
  if (!glyph || !position) return;
  const { minX, maxX } = glyph.path.bbox;
  const side = 0.04 * unitsPerEm;
  position.xOffset = side - minX;
  position.xAdvance = maxX - minX + 2 * side;
}

interface Part {
  file: string;
  ranges: [number, number][];
}
let known: Part[] | undefined;

/** The font comes in some hundred files, each for its own code points. */
function fileOf(sign: string): string {
  known ??= partsOfFont();
  const code = sign.codePointAt(0)!;
  const part = known.find(({ ranges }) => ranges.some(([from, to]) => code >= from && code <= to));
  if (!part) {
    throw new Error(`preview images: ${FONT} has no “${sign}” (U+${code.toString(16)})`);
  }
  return part.file;
}

function partsOfFont(): Part[] {
  const { resolve } = createRequire(import.meta.url);
  const table = readFileSync(resolve(`${FONT}/unicode.json`), 'utf8');
  return (
    Object.entries(JSON.parse(table) as Record<string, string>)
      .map(([name, ranges]) => ({
        file: resolve(`${FONT}/files/noto-sans-sc-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`),
        ranges: ranges.split(',').map((range): [number, number] => {
          const [from = '', to = from] = range.replace('U+', '').split('-');
          return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
        }),
      }))
      // The named parts overlap; Latin is the one that kerns the others' letters too.
      .reverse()
  );
}
