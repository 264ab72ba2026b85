import { readFileSync } from 'node:fs';
import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';

/** What a built page says of itself in its head. */
export interface Head {
  language: string;
  title: string;
  description: string;
  canonical: string;
  /** Addresses in the other languages and its own, by hreflang. */
  alternates: { language: string; url: string }[];
  image: string;
  siteName: string;
  /** Topic in the page's language and as a slug; empty when it has none. */
  section: string;
  topic: string;
  /** Day its facts were last checked, as YYYY-MM-DD; empty when it states none. */
  modified: string;
}

/** Undefined for a page that search engines should leave alone. */
export function readHead(file: string): Head | undefined {
  const html = readFileSync(file, 'utf8');
  const tree = fromHtml(html.slice(0, html.indexOf('</head>')));
  const elements = [...walk(tree)];
  const text = (element: Element | undefined, attribute: string): string =>
    String(element?.properties[attribute] ?? '');
  const meta = (name: string): string =>
    text(
      elements.find(({ tagName, properties }) => {
        return tagName === 'meta' && (properties['property'] ?? properties['name']) === name;
      }),
      'content',
    );
  if (meta('robots').includes('noindex')) return undefined;
  const links = elements.filter(({ tagName }) => tagName === 'link');
  const canonical = links.find(({ properties }) => String(properties['rel']) === 'canonical');
  return {
    language: text(
      elements.find(({ tagName }) => tagName === 'html'),
      'lang',
    ),
    title: meta('og:title'),
    description: meta('description'),
    canonical: text(canonical, 'href'),
    alternates: links
      .filter(({ properties }) => properties['hrefLang'])
      .map((link) => ({ language: text(link, 'hrefLang'), url: text(link, 'href') })),
    image: meta('og:image'),
    siteName: meta('og:site_name'),
    section: meta('article:section'),
    topic: meta('article:tag'),
    modified: meta('article:modified_time'),
  };
}

function* walk(node: Nodes): Generator<Element> {
  if (node.type === 'element') yield node;
  if ('children' in node) for (const child of node.children) yield* walk(child);
}
