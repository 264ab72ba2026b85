/** The two sides of a card, cut from the question's built page: the same words, formulas, code and sources. */
import { createHash } from 'node:crypto';
import type { Element, ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import {
  byClass,
  byData,
  find,
  findAll,
  oneLine,
  texOf,
  textOf,
} from '../../markdown/builtHtml.ts';

/** Words of the card that stand on no page of their own. */
export interface CardWords {
  answer: string;
  right: string;
  wrong: string;
  hint: (n: number) => string;
  keyPoints: string;
  passage: string;
  onSite: string;
}

export interface CardPage {
  html: string;
  /** Where the page stands, for relative links: https://host/base/zh/questions/topic/slug/ */
  url: string;
  title: string;
  /** Where the passage that explains it stands. */
  passageUrl: string;
  /** The same in every language: it orders the options. */
  id: string;
}

const KEPT = new Set(
  'p br a b strong i em u s code pre ul ol li sup sub table thead tbody tr th td blockquote details summary h2 h3 h4 hr'.split(
    ' ',
  ),
);
const DROPPED = new Set('script style template svg input label button'.split(' '));
const KEPT_ATTRIBUTES = ['href', 'title', 'colSpan', 'rowSpan', 'start'];

/** HTML of front and back, each on one line. Throws when the page lacks its parts. */
export function cardFields(page: CardPage, words: CardWords): { front: string; back: string } {
  const text = find(fromHtml(article(page.html), { fragment: true }), byClass('question-text'));
  if (!text) throw new Error(`Anki: ${page.url} has no question text`);
  const options = findAll(text, byData('dataOption'))
    .sort((a, b) => (drawOrder(page.id, a) < drawOrder(page.id, b) ? -1 : 1))
    .map((option, index) => ({ option, letter: String.fromCharCode(65 + index) }));
  const hints = findAll(text, byData('dataHint')).map((hint, index) =>
    element('details', [
      element('summary', [{ type: 'text', value: words.hint(index + 1) }]),
      ...inside(hint),
    ]),
  );
  const front = [
    heading(page.title),
    ...findAll(text, byClass('prompt')),
    ...options.flatMap(({ option, letter }) => lettered(letter, withoutWhy(option))),
    ...hints,
  ];
  const rightFirst = [...options].sort(
    (a, b) => Number(isCorrect(b.option)) - Number(isCorrect(a.option)),
  );
  const back = [
    ...rightFirst.flatMap(({ option, letter }) => {
      const verdict = `${letter} · ${isCorrect(option) ? words.right : words.wrong}`;
      return [heading(verdict), ...findAll(option, byClass('why')).flatMap(inside)];
    }),
    ...(options.length > 0 ? [heading(words.answer)] : []),
    ...findAll(text, byData('dataAnswer')).flatMap(inside),
    ...keyPoints(text, words.keyPoints),
    element('p', [
      link(page.url, words.onSite),
      { type: 'text', value: ' · ' },
      link(page.passageUrl, words.passage),
    ]),
  ];
  return { front: print(front, page.url), back: print(back, page.url) };
}

/** The frame around the article is half of the page's HTML. */
const article = (html: string): string =>
  html.slice(html.indexOf('<article'), html.indexOf('</article>'));

const isCorrect = (option: Element): boolean => option.properties['dataCorrect'] !== undefined;

function drawOrder(id: string, option: Element): string {
  return createHash('sha256').update(`${id}/${option.properties['dataOption']}`).digest('hex');
}

function keyPoints(text: Element, label: string): ElementContent[] {
  const points = findAll(text, byData('dataKeyPoint')).map((point) =>
    element('li', point.children),
  );
  return points.length > 0 ? [heading(label), element('ul', points)] : [];
}

function withoutWhy(option: Element): ElementContent[] {
  return option.children.filter((child) => !(child.type === 'element' && byClass('why')(child)));
}

/** What a folding part holds, without its label. */
function inside(fold: Element): ElementContent[] {
  return fold.children.filter(
    (child) => !(child.type === 'element' && child.tagName === 'summary'),
  );
}

const element = (tagName: string, children: ElementContent[]): Element => ({
  type: 'element',
  tagName,
  properties: {},
  children,
});

const heading = (label: string): Element =>
  element('p', [element('b', [{ type: 'text', value: label }])]);

/** The letter stands in the option's first paragraph. */
function lettered(letter: string, content: ElementContent[]): ElementContent[] {
  const [first, ...rest] = content;
  const mark: ElementContent[] = [
    element('b', [{ type: 'text', value: letter }]),
    { type: 'text', value: '. ' },
  ];
  return first?.type === 'element' && first.tagName === 'p'
    ? [element('p', [...mark, ...first.children]), ...rest]
    : [element('p', mark), ...content];
}

const link = (href: string, label: string): Element => ({
  ...element('a', [{ type: 'text', value: label }]),
  properties: { href },
});

function print(nodes: ElementContent[], url: string): string {
  const root: Root = { type: 'root', children: nodes.flatMap((node) => clean(node, url, false)) };
  return toHtml(root)
    .replaceAll(/\s*(<\/?(?:p|ul|ol|li|pre|table|thead|tbody|tr|th|td|details|summary)[ >])/g, '$1')
    .trim();
}

/** Only what a card needs: plain elements, TeX in place of set formulas, links that lead to the site. */
function clean(node: ElementContent, url: string, inCode: boolean): ElementContent[] {
  if (node.type === 'text') {
    // A line of the file is a note.
    return inCode ? codeLines(node.value) : [{ type: 'text', value: oneLine(node.value) }];
  }
  if (node.type !== 'element' || DROPPED.has(node.tagName)) return [];
  if (byClass('visually-hidden')(node) || byClass('term-note')(node) || byClass('verdict')(node)) {
    return [];
  }
  if (byClass('katex-display')(node)) return [formula(node, '\\[', '\\]')];
  if (byClass('katex')(node)) return [formula(node, '\\(', '\\)')];
  if (byClass('cite')(node)) return citation(node, url);
  const isPre = node.tagName === 'pre';
  const children = node.children.flatMap((child) => clean(child, url, inCode || isPre));
  if (!KEPT.has(node.tagName)) return children;
  const properties = Object.fromEntries(
    KEPT_ATTRIBUTES.flatMap((name) => {
      const value = node.properties[name];
      if (value === undefined || value === null) return [];
      return [[name, name === 'href' ? new URL(String(value), url).href : value]];
    }),
  );
  return [{ ...node, properties, children }];
}

function codeLines(value: string): ElementContent[] {
  return value.split('\n').flatMap((line, index): ElementContent[] => {
    const text: ElementContent = { type: 'text', value: line.replaceAll('\t', '    ') };
    return index === 0 ? [text] : [element('br', []), text];
  });
}

function formula(node: Element, open: string, close: string): ElementContent {
  return { type: 'text', value: `${open}${texOf(node)}${close}` };
}

/** The number of a source as a link to it, its name on hovering. */
function citation(node: Element, url: string): ElementContent[] {
  const note = find(node, byClass('cite-note'));
  const source = note && find(note, ({ tagName }) => tagName === 'a');
  const number = note && find(note, ({ tagName }) => tagName === 'b');
  if (!source || !number) throw new Error(`Anki: a citation without its source on ${url}`);
  const name = textOf(note).replace(textOf(number), '').replaceAll(/\s+/g, ' ').trim();
  const href = new URL(String(source.properties['href']), url).href;
  const mark: Element = {
    ...element('a', [{ type: 'text', value: `[${textOf(number)}]` }]),
    properties: { href, title: name },
  };
  return [element('sup', [mark])];
}
