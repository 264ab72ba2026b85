/** Cuts a page's text into passages and shows the part of each that the reader asked for. Pure. */
import type { PageText } from './pagefind.ts';
import { coverage, findQuery, type Range } from './textMatch.ts';

export interface Excerpt {
  /** Alternately plain and marked, beginning plain. */
  parts: readonly string[];
}

export interface Passage extends Excerpt {
  /** Id to jump to; none for the beginning of the page. */
  anchor: string | undefined;
  heading: string;
}

/** Ends the names that stand before a page's text in the index and are never shown. */
export const NAMES_END = '⁂';

const MOST_PASSAGES = 3;
const LENGTH = { han: 64, latin: 150 } as const;

/** The best passages of a page, the best first; the beginning of the page if only its names were hit. */
export function passagesOf(page: PageText, query: string): Passage[] {
  const sections = sectionsOf(page);
  const scored = sections
    .map((section) => ({ section, value: valueOf(section, query) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  const best = scored[0]?.value ?? 0;
  const shown = scored.filter(({ value }) => value >= best / 3).slice(0, MOST_PASSAGES);
  const found = shown.map(({ section }) => passage(section, query));
  if (found.length > 0) return found;
  return sections.slice(0, 1).map((section) => passage(section, query));
}

/** How much of the query the whole page holds, 0 to 1. */
export function pageCoverage(page: PageText, query: string): number {
  return coverage(query, unescaped(page.raw_content.replaceAll('\u200B', '')));
}

interface Section {
  anchor: string | undefined;
  heading: string;
  text: string;
}

function sectionsOf({ raw_content, anchors }: PageText): Section[] {
  const chinese = raw_content.includes('\u200B');
  const words = raw_content.split(chinese ? '\u200B' : /\s+/);
  const start = words.findIndex((word) => word.includes(NAMES_END)) + 1;
  const cuts = anchors
    .filter(({ element, text }) => (/^h[2-6]$/.test(element) && text.trim()) || element === 'details')
    .sort((a, b) => a.location - b.location);
  let heading = '';
  return [{ id: undefined, element: '', text: '', location: start }, ...cuts].map((cut, index) => {
    const end = cuts[index]?.location ?? words.length;
    if (cut.element !== 'details') heading = cut.text.trim();
    const slice = words.slice(cut.location, end).join(chinese ? '' : ' ');
    const text = unescaped(slice).replace(/^[.。\s]+/, '').replace(/\s+/g, ' ').trim();
    return {
      anchor: cut.id,
      heading,
      text: text.startsWith(heading) ? text.slice(heading.length).trim() : text,
    };
  });
}

/** The query as written counts most, then how many of its words are there, then how often. */
function valueOf({ heading, text }: Section, query: string): number {
  const whole = `${heading} ${text}`;
  const { phrases, marks } = findQuery(query, whole);
  const share = coverage(query, whole);
  if (share === 0) return 0;
  const inHeading = heading && findQuery(query, heading).phrases.length > 0 ? 4 : 0;
  const often = Math.min(marks.length, 8) / 8;
  return Math.min(phrases.length, 3) * 3 + inHeading + share * share * 6 + often;
}

function passage({ anchor, heading, text }: Section, query: string): Passage {
  return { anchor, heading, ...excerpt(text, query) };
}

/** The stretch of the text with the most marks in it, cut at the edge of words. */
export function excerpt(text: string, query: string): Excerpt {
  const length = /\p{Script=Han}/u.test(text) ? LENGTH.han : LENGTH.latin;
  const { marks } = findQuery(query, text);
  const [from, to] = window(text, marks, length);
  const parts: string[] = [];
  let at = from;
  for (const [start, end] of marks) {
    if (start < from || end > to) continue;
    parts.push(text.slice(at, start), text.slice(start, end));
    at = end;
  }
  parts.push(text.slice(at, to));
  if (from > 0) parts[0] = `…${parts[0]}`;
  if (to < text.length) parts[parts.length - 1] += '…';
  return { parts };
}

function window(text: string, marks: readonly Range[], length: number): Range {
  let best: Range = [0, 0];
  let most = -1;
  for (const [index, [start]] of marks.entries()) {
    let held = 0;
    for (const [from, to] of marks.slice(index)) {
      if (to - start > length * 0.8) break;
      held += to - from;
    }
    if (held > most) {
      most = held;
      best = [start, start];
    }
  }
  const from = Math.max(0, Math.min(best[0] - Math.floor(length * 0.2), text.length - length));
  const start = most < 0 ? 0 : edge(text, from, best[0]);
  return [start, Math.min(text.length, start + length)];
}

/** Forward to the beginning of a word or clause, if one is near and the mark is not passed. */
function edge(text: string, from: number, mark: number): number {
  if (from === 0) return 0;
  const space = text.slice(from, Math.min(from + 15, mark)).search(/[\s，。；：、,.;:]/);
  return space < 0 ? from : from + space + 1;
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}
