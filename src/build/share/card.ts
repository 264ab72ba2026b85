/** The picture a link shows when it is shared: the page's title in the site's look, with its topic's figure. */
import type { Topic } from '../../schemas/shared.ts';
import { colour } from './colours.ts';
import type { Letters } from './letters.ts';
import { balancedLines, pieces } from './lines.ts';
import { MOTIF_SIGNS, MOTIF_SIZE, MOTIFS } from './motifs.ts';

export const CARD = { width: 1200, height: 630 } as const;

export interface Card {
  language: string;
  title: string;
  siteName: string;
  /** Topic of the page, in its language; empty when it has none. */
  section: string;
  topic: Topic;
  /** The site's host. */
  place: string;
}

const LEFT = 84;
const RIGHT = CARD.width - LEFT;
const TITLE_WIDTH = 660;
const TITLE_TOP = 150;
const TITLE_BOTTOM = 518;
/** Where the title stands, with room for what its letters stick out. */
export const TITLE_BOX = { left: 60, top: 130, width: 740, height: 404 } as const;
const SIZES = [76, 70, 64, 58, 53, 48, 44, 40];

/** The signs the card sets, bold in the title, regular around it. */
export function signsOf(card: Card): { bold: string; regular: string } {
  return {
    bold: card.title,
    regular: `${card.siteName}${card.section}${card.place}${MOTIF_SIGNS}`,
  };
}

/** SVG of the title in its box, white on black, as outlines. Throws when it does not fit in the smallest size. */
export function titleSvg(card: Card, bold: Letters): string {
  const leading = card.language.startsWith('zh') ? 1.36 : 1.2;
  const { size, lines } = setTitle(card, leading, bold);
  const height = lines.length * size * leading;
  const first = (TITLE_TOP + TITLE_BOTTOM - height) / 2 + size * (leading / 2 + 0.36);
  const title = lines.map((line, index) =>
    bold.paths(line, size, LEFT - TITLE_BOX.left, first - TITLE_BOX.top + index * size * leading),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${TITLE_BOX.width}" height="${TITLE_BOX.height}">`,
    '<rect width="100%" height="100%" fill="#000"/>',
    `<g fill="#fff">${title.join('')}</g></svg>`,
  ].join('');
}

/** SVG of all around the title, the same for the pages of a topic in a language. */
export function groundSvg(card: Omit<Card, 'title'>, regular: Letters): string {
  const ink = (token: string, paths: string): string => `<g fill="${colour(token)}">${paths}</g>`;
  const place = regular.paths(card.place, 24, RIGHT - regular.width(card.place, 24), 578);
  const motifTop = (TITLE_TOP + TITLE_BOTTOM - MOTIF_SIZE) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.height}">`,
    `<rect width="100%" height="100%" fill="${colour('paper')}"/>`,
    `<g transform="translate(${LEFT} 58)">${MARK}</g>`,
    ink('ink', regular.paths(card.siteName, 28, LEFT + 60, 90)),
    `<g transform="translate(${RIGHT - MOTIF_SIZE} ${motifTop})">${MOTIFS[card.topic](regular)}</g>`,
    `<rect x="${LEFT}" y="538" width="${RIGHT - LEFT}" height="1.5" fill="${colour('rule')}"/>`,
    ...(card.section ? [ink('accent', regular.paths(card.section, 26, LEFT, 578))] : []),
    ink('ink-muted', place),
    '</svg>',
  ].join('');
}

/** In the largest size that fits. */
function setTitle(
  { title, language }: Card,
  leading: number,
  bold: Letters,
): { size: number; lines: string[] } {
  const parts = pieces(title, language);
  // A line is tried in many sizes, and in each for many widths.
  const ems = new Map<string, number>();
  const inEms = (line: string): number => {
    const em = ems.get(line) ?? bold.width(line, 1);
    ems.set(line, em);
    return em;
  };
  for (const size of SIZES) {
    const width = (line: string): number => inEms(line) * size;
    const lines = balancedLines(parts, TITLE_WIDTH, width);
    const high = lines.length * size * leading <= TITLE_BOTTOM - TITLE_TOP;
    if (high && lines.every((line) => width(line) <= TITLE_WIDTH)) return { size, lines };
  }
  throw new Error(`preview images: no room for “${title}”`);
}

/** The site's mark, as in public/favicon.svg: ZeRO's four stages. */
const MARK = [
  `<rect width="44" height="44" rx="9.6" fill="${colour('accent')}"/>`,
  '<g fill="#fff" transform="scale(1.375)">',
  '<rect x="6" y="7" width="20" height="3.4"/><rect x="6" y="12.2" width="12" height="3.4"/>',
  '<rect x="6" y="17.4" width="8" height="3.4"/><rect x="6" y="22.6" width="3.4" height="3.4"/></g>',
].join('');
