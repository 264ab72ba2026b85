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
  /** Alternately plain and marked. */
  heading: readonly string[];
  /** The heading is a wrong sentence in circulation, the text its correction. */
  refuted: boolean;
}

/** Ends the names that stand before a page's text in the index and are never shown. */
export const NAMES_END = '⁂';

/** Between two words of a text that is no Chinese, as Pagefind counts them. */
const WORD_GAP = /[^\S\uFEFF]+/;

const MOST_PASSAGES = 3;
const LENGTH = { han: 64, latin: 150 } as const;

/** The best passages of a page, the best first; the beginning of the page if only its names were hit. */
export function passagesOf(page: PageText, query: string): Passage[] {
  const sections = sectionsOf(page);
  const scored = sections
    .map((section) => ({ section, value: worthOf(section, query) }))
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
  return coverage(query, plainText(page));
}

const plainTexts = new WeakMap<PageText, string>();

function plainText(page: PageText): string {
  const text = plainTexts.get(page) ?? page.content.replaceAll('\u200B', '');
  plainTexts.set(page, text);
  return text;
}

interface Section {
  anchor: string | undefined;
  heading: string;
  refuted: boolean;
  text: string;
}

const cutPages = new WeakMap<PageText, Section[]>();

function sectionsOf(page: PageText): Section[] {
  const sections = cutPages.get(page) ?? cutPage(page);
  cutPages.set(page, sections);
  return sections;
}

function cutPage({ content, anchors, meta }: PageText): Section[] {
  const chinese = content.includes('\u200B');
  const words = content.split(chinese ? '\u200B' : WORD_GAP);
  const start = words.findIndex((word) => word.includes(NAMES_END)) + 1;
  const ordered = [...anchors].sort((a, b) => a.location - b.location);
  const cuts = ordered.filter(
    ({ element, text }) => (/^h[2-6]$/.test(element) && text.trim()) || element === 'details',
  );
  const beginning = { id: undefined, element: 'h1', text: meta.title, location: start };
  return [beginning, ...cuts].map((cut, index) => {
    const end = cuts[index]?.location ?? words.length;
    const wrong = ordered.find(({ id }) => id === `${cut.id}-wrong`);
    const heading = cleaned((wrong ?? cut).text);
    const text = cleaned(words.slice(cut.location, end).join(chinese ? '' : ' '));
    return {
      anchor: cut.id,
      heading,
      refuted: wrong !== undefined,
      text: text.startsWith(heading) ? cleaned(text.slice(heading.length)) : text,
    };
  });
}

/** The query as written counts most, then how many of its words are there, then how often. */
function worthOf({ heading, text }: Section, query: string): number {
  const whole = `${heading} ${text}`;
  const { phrases, marks } = findQuery(query, whole);
  const share = coverage(query, whole);
  if (share === 0) return 0;
  const inHeading = findQuery(query, heading).phrases.length > 0 ? 4 : 0;
  const often = Math.min(marks.length, 8) / 8;
  return Math.min(phrases.length, 3) * 3 + inHeading + share * share * 6 + often;
}

function passage({ anchor, heading, refuted, text }: Section, query: string): Passage {
  return { anchor, heading: marked(heading, query), refuted, ...excerpt(text, query) };
}

/** A short text whole, alternately plain and marked. */
export function marked(text: string, query: string): readonly string[] {
  return query ? cut(text, findQuery(query, text).marks, [0, text.length]) : [text];
}

/** The stretch of the text with the most marks in it, cut at the edge of words. */
export function excerpt(text: string, query: string): Excerpt {
  const length = /\p{Script=Han}/u.test(text) ? LENGTH.han : LENGTH.latin;
  const { marks } = findQuery(query, text);
  const [from, to] = window(text, marks, length);
  const parts = cut(text, marks, [from, to]);
  if (from > 0) parts[0] = `…${parts[0]}`;
  if (to < text.length) parts[parts.length - 1] += '…';
  return { parts };
}

function cut(text: string, marks: readonly Range[], [from, to]: Range): string[] {
  const parts: string[] = [];
  let at = from;
  for (const [start, end] of marks) {
    if (start < from || end > to) continue;
    parts.push(text.slice(at, start), text.slice(start, end));
    at = end;
  }
  return [...parts, text.slice(at, to)];
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
  return [start, endOfWord(text, start + length)];
}

/** Back to the end of a word, so that none is cut in two; Chinese may end anywhere. */
function endOfWord(text: string, to: number): number {
  if (to >= text.length) return text.length;
  const cutWord = /[\w.-]+$/.exec(text.slice(0, to))?.[0] ?? '';
  return /^\w/.test(text.slice(to)) && cutWord.length < 20 ? to - cutWord.length : to;
}

/** Forward to the beginning of a word or clause, if one is near and the mark is not passed. */
function edge(text: string, from: number, mark: number): number {
  if (from === 0) return 0;
  const space = text.slice(from, Math.min(from + 15, mark)).search(/[\s，。；：、,.;:]/);
  return space < 0 ? from : from + space + 1;
}

/** Pagefind ends headings and blocks with a full stop where they have none. */
function cleaned(text: string): string {
  return text
    .replaceAll('\u200B', '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.。,，]+/, '')
    .trim();
}
