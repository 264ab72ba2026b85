import { fromHtml } from 'hast-util-from-html';
import { describe, expect, it } from 'vitest';
import { builtPages } from './pages.ts';

type Node = ReturnType<typeof fromHtml> | ReturnType<typeof fromHtml>['children'][number];
type Element = Extract<Node, { tagName: string }>;

interface Picture {
  element: Element;
  /** The figures and sections it stands in. */
  homes: readonly Element[];
}

/** Pictures that are not hidden: drawings, and whatever calls itself one. */
function picturesOf(node: Node, homes: readonly Element[] = [], found: Picture[] = []): Picture[] {
  if (node.type === 'element') {
    const { tagName, properties } = node;
    // A drawing that only holds the marks of a list is named by the list.
    if (properties.ariaHidden === 'true' || properties.role === 'none') return found;
    if (tagName === 'figure' || tagName === 'section') homes = [...homes, node];
    if (tagName === 'svg' || tagName === 'canvas' || properties.role === 'img') {
      found.push({ element: node, homes });
      return found;
    }
  }
  if ('children' in node) for (const child of node.children) picturesOf(child, homes, found);
  return found;
}

function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** The name that aria-label or aria-labelledby gives it; what labels a drawing stands inside it. */
function nameOf(element: Element): string {
  const { ariaLabel, ariaLabelledBy } = element.properties;
  if (typeof ariaLabel === 'string') return ariaLabel;
  const ids = Array.isArray(ariaLabelledBy) ? ariaLabelledBy.map(String) : [];
  return element.children
    .filter((child) => ids.includes(idOf(child)))
    .map(textOf)
    .join(' ');
}

const idOf = (node: Node): string => (node.type === 'element' ? String(node.properties.id) : '');

function hasFigures(node: Node): boolean {
  if (node.type === 'element' && ['table', 'dl'].includes(node.tagName)) return true;
  return 'children' in node && node.children.some(hasFigures);
}

const pages = builtPages('dist')
  .filter(({ html }) => /<(svg|canvas)\b|role="img"/.test(html))
  .map(({ path, html }) => ({ path, pictures: picturesOf(fromHtml(html)) }));

describe('pictures of built pages', () => {
  it('are hidden, or have a role and a name of their own', () => {
    expect(pages.flatMap(({ pictures }) => pictures).length).toBeGreaterThan(50);
    const complaints = pages.flatMap(({ path, pictures }) => {
      const names = pictures.map(({ element }) => nameOf(element));
      return pictures.flatMap(({ element: { tagName, properties } }, i) => {
        const name = names[i];
        const start = `/${path}: <${tagName} class="${properties.className}">`;
        if (properties.role !== 'img') return [`${start} has no role`];
        if (!name) return [`${start} has no name`];
        return names.indexOf(name) < i ? [`${start} is named like another: ${name}`] : [];
      });
    });
    expect(complaints).toEqual([]);
  });

  it('stand in a figure or section that has its figures as a table or list', () => {
    const complaints = pages.flatMap(({ path, pictures }) =>
      pictures
        .filter(({ homes }) => !homes.some(hasFigures))
        .map(({ element }) => `/${path}: ${nameOf(element)}`),
    );
    expect(complaints).toEqual([]);
  });
});
