/** Reading HTML that the site itself has printed: finding its parts, and what they say in plain text. */
import type { Element, Nodes } from 'hast';

type Test = (node: Element) => boolean;

/** byClass('cite') is true of an element of that class. */
export const byClass =
  (name: string): Test =>
  ({ properties: { className } }) =>
    Array.isArray(className) && className.includes(name);

/** byData('dataOption') is true of an element with the attribute data-option. */
export const byData =
  (name: string): Test =>
  ({ properties }) =>
    properties[name] !== undefined;

/** Elements below the node that pass, in their order; none inside another. */
export function findAll(node: Nodes, test: Test): Element[] {
  if (!('children' in node)) return [];
  return node.children.flatMap((child) =>
    child.type === 'element' && test(child) ? [child] : findAll(child, test),
  );
}

export const find = (node: Nodes, test: Test): Element | undefined => findAll(node, test)[0];

/** All text below the node, as it is. */
export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** Line breaks of the source as a browser shows them: spaces, and nothing between Chinese characters. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/(?<=[\p{Script=Han}，。；：？！、）])\s*\n\s*(?=[\p{Script=Han}（“])/gu, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('\t', ' ')
    .replaceAll('\u2060', '');
}

/** The TeX that a set formula was written in. Throws when the page lost it. */
export function texOf(formula: Element): string {
  const source = find(formula, ({ tagName }) => tagName === 'annotation');
  if (!source) throw new Error(`a formula without its TeX: ${textOf(formula)}`);
  return textOf(source).replaceAll(/\s+/g, ' ').trim();
}

const SILENT = new Set('script style template svg input label button summary figure'.split(' '));
/** Sources, definitions and verdicts that stand beside the text. */
const ASIDE = ['visually-hidden', 'cite', 'term-note', 'verdict'].map(byClass);
/** Takes the space before it along: `text [1].` becomes `text.` */
const LEFT_OUT = '\0';
const ROW = new Set(['p', 'ul', 'ol', 'tr', 'pre', 'table', 'blockquote', 'div']);

/**
 * What a part of a page says, for a reader of text alone: a line for each paragraph, row and item,
 * formulas as `$TeX$`. Pictures, sources and notes in the margin are left out.
 */
export function plainText(part: Element): string {
  return part.children
    .map(write)
    .join('')
    .replaceAll(/ *\0/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '-')
    .join('\n');
}

function write(node: Nodes): string {
  if (node.type === 'text') return oneLine(node.value);
  if (node.type !== 'element' || SILENT.has(node.tagName)) return '';
  if (ASIDE.some((test) => test(node))) return LEFT_OUT;
  if (byClass('katex-display')(node)) return `\n$$${texOf(node)}$$\n`;
  if (byClass('katex')(node)) return `$${texOf(node)}$`;
  if (node.tagName === 'br') return '\n';
  if (node.tagName === 'pre') return `\n${textOf(node)}\n`;
  const inner = node.children.map(write).join('');
  if (node.tagName === 'li') return `\n- ${inner.trim()}\n`;
  if (node.tagName === 'td' || node.tagName === 'th') return `${inner.trim()} | `;
  if (node.tagName === 'tr') return `\n${inner.replace(/ \| $/, '')}\n`;
  return ROW.has(node.tagName) ? `\n${inner}\n` : inner;
}
