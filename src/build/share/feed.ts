import type { Head } from './heads.ts';
import { xml } from './xml.ts';

/** A reader that polls daily misses nothing; a first visit is not handed the whole site. */
const LONGEST = 200;

export interface FeedWords {
  title: string;
  subtitle: string;
  author: string;
  home: string;
  self: string;
  language: string;
}

/**
 * Atom (RFC 4287) of what changed, newest first: pages that state the day their facts were last
 * checked. Authors move that day when a text changes, so a feed reader shows the page again.
 */
export function feed(heads: readonly Head[], words: FeedWords): string {
  const entries = heads
    .filter(({ modified }) => modified)
    .sort((a, b) => b.modified.localeCompare(a.modified))
    .slice(0, LONGEST);
  const newest = entries[0]?.modified;
  if (!newest) throw new Error(`${words.self}: no page states when it was checked`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(words.language)}">`,
    `<id>${xml(words.self)}</id>`,
    `<title>${xml(words.title)}</title>`,
    `<subtitle>${xml(words.subtitle)}</subtitle>`,
    `<updated>${instant(newest)}</updated>`,
    `<author><name>${xml(words.author)}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${xml(words.self)}"/>`,
    `<link rel="alternate" type="text/html" hreflang="${xml(words.language)}" href="${xml(words.home)}"/>`,
    ...entries.map(({ canonical, title, description, section, topic, modified }) =>
      [
        `<entry><id>${xml(canonical)}</id><title>${xml(title)}</title>`,
        `<link rel="alternate" type="text/html" href="${xml(canonical)}"/>`,
        `<updated>${instant(modified)}</updated>`,
        topic && `<category term="${xml(topic)}" label="${xml(section)}"/>`,
        `<summary>${xml(description)}</summary></entry>`,
      ].join(''),
    ),
    '</feed>\n',
  ].join('\n');
}

const instant = (day: string): string => `${day}T00:00:00Z`;
