/** Cards as PNG. Thousands differ in their title alone: what is around it is drawn once for each topic. */
import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import sharp from 'sharp';
import { CARD, TITLE_BOX } from './card.ts';

/** Shades from paper to ink: enough for the edges of letters. */
const SHADES = 16;
const MOST_COLOURS = 256;

export interface Ground {
  /** RGB, three bytes a colour; the last `SHADES` go from paper to ink. */
  palette: Buffer;
  /** Number of the colour of each pixel, row by row. */
  pixels: Buffer;
}

/** What `svg` shows, a picture of the size of a card, in as many colours as leave room for a title in `ink`. */
export async function drawGround(svg: string, paper: number, ink: number): Promise<Ground> {
  const rgb = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  const counted = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    counted.set(colour, (counted.get(colour) ?? 0) + 1);
  }
  const kept = [...counted]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_COLOURS - SHADES)
    .map(([colour]) => colour);
  const shades = Array.from({ length: SHADES }, (_, shade) =>
    mix(paper, ink, shade / (SHADES - 1)),
  );
  const palette = Buffer.alloc((kept.length + SHADES) * 3);
  [...kept, ...shades].forEach((colour, index) => {
    palette.writeUIntBE(colour, index * 3, 3);
  });
  const numbers = new Map<number, number>();
  for (const colour of counted.keys()) numbers.set(colour, nearest(kept, colour));
  const pixels = Buffer.alloc(rgb.length / 3);
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = numbers.get(rgb.readUIntBE(at * 3, 3)) ?? 0;
  }
  return { palette, pixels };
}

/** The ground with a title on it; `titleSvg` shows it white on black in the size of its box. */
export async function drawCard({ palette, pixels }: Ground, titleSvg: string): Promise<Buffer> {
  const title = await sharp(Buffer.from(titleSvg)).extractChannel(0).raw().toBuffer();
  const firstShade = palette.length / 3 - SHADES;
  // Each row of a PNG begins with the number of its filter: 0 is none.
  const rows = Buffer.alloc((CARD.width + 1) * CARD.height);
  for (let y = 0; y < CARD.height; y++) {
    pixels.copy(rows, y * (CARD.width + 1) + 1, y * CARD.width, (y + 1) * CARD.width);
  }
  for (let y = 0; y < TITLE_BOX.height; y++) {
    const from = y * TITLE_BOX.width;
    const to = (TITLE_BOX.top + y) * (CARD.width + 1) + 1 + TITLE_BOX.left;
    for (let x = 0; x < TITLE_BOX.width; x++) {
      const cover = title[from + x] ?? 0;
      if (cover > 0) rows[to + x] = firstShade + Math.round((cover / 255) * (SHADES - 1));
    }
  }
  return png(palette, rows);
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const compress = promisify(deflate);

/** An indexed picture, as the PNG specification (ISO/IEC 15948) has it. */
async function png(palette: Buffer, rows: Buffer): Promise<Buffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(CARD.width, 0);
  header.writeUInt32BE(CARD.height, 4);
  // Eight bits a pixel, each the number of a colour.
  header[8] = 8;
  header[9] = 3;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', await compress(rows, { level: 7 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

const channels = (colour: number): [number, number, number] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
];

function mix(from: number, to: number, share: number): number {
  const [start, end] = [channels(from), channels(to)];
  return start.reduce(
    (colour, value, at) => (colour << 8) | Math.round(value + (end[at]! - value) * share),
    0,
  );
}

function nearest(colours: readonly number[], colour: number): number {
  const exact = colours.indexOf(colour);
  if (exact !== -1) return exact;
  const own = channels(colour);
  const distance = (other: number): number =>
    channels(other).reduce((sum, value, at) => sum + (value - own[at]!) ** 2, 0);
  let best = 0;
  colours.forEach((other, index) => {
    if (distance(other) < distance(colours[best]!)) best = index;
  });
  return best;
}
