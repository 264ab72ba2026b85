import type { Heading } from 'mdast';

/** A stable id at the end of a heading: `## Why scale the loss [#why-scale]`. */
const TRAILING_ID = /\s*\[#([^\]]*)\]\s*$/;

/** The heading's id, and its last text node without the mark. Null when it has none. */
export function takeHeadingId(heading: Heading): string | null {
  const last = heading.children.at(-1);
  if (last?.type !== 'text') return null;
  const match = TRAILING_ID.exec(last.value);
  if (!match) return null;
  last.value = last.value.slice(0, match.index);
  return match[1] ?? '';
}
