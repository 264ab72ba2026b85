import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';

/**
 * Puts tables and display formulas into boxes that scroll sideways on their own, so that the page never does.
 * The boxes take the focus, so the keyboard scrolls them too.
 */
export function rehypeScrollBoxes() {
  return (tree: Root): void => {
    visit(tree, 'element', (node, index, parent) => {
      if (node.tagName === 'table') nameHeadings(node);
      if (!parent || index === undefined || !isWide(node)) return;
      if ('properties' in parent && parent.properties?.['className']?.toString().includes('scroll'))
        return;
      const box: Element = {
        type: 'element',
        tagName: 'div',
        properties: {
          className: ['scroll', node.tagName === 'table' ? 'scroll-table' : 'scroll-formula'],
          tabIndex: 0,
          ...nameOf(node),
        },
        children: [node],
      };
      parent.children[index] = box;
      return index + 1;
    });
  };
}

/** A stop of the keyboard says what it is: a table by its columns. A formula is read out whole. */
function nameOf(node: Element): Element['properties'] {
  const [head = []] = node.tagName === 'table' ? rowsOf(node) : [];
  const name = head.map(textOf).filter(Boolean).join(', ');
  return name ? { role: 'group', ariaLabel: name } : {};
}

function textOf(node: Element): string {
  let text = '';
  visit(node, 'text', ({ value }) => {
    text += value;
  });
  return text.trim();
}

/** Says of each heading what it heads. A table whose corner is empty has headings on two sides. */
function nameHeadings(table: Element): void {
  const [head = [], ...body] = rowsOf(table);
  for (const cell of head) {
    if (cell.children.length > 0) cell.properties['scope'] = 'col';
    else cell.tagName = 'td';
  }
  if (head[0]?.tagName !== 'td') return;
  for (const [first] of body) {
    if (first)
      Object.assign(first, { tagName: 'th', properties: { ...first.properties, scope: 'row' } });
  }
}

function rowsOf(table: Element): Element[][] {
  const rows: Element[][] = [];
  visit(table, { type: 'element', tagName: 'tr' }, (row: Element) => {
    rows.push(row.children.filter((cell) => cell.type === 'element'));
  });
  return rows;
}

function isWide(node: Element): boolean {
  return (
    node.tagName === 'table' || (node.properties['className'] ?? '').toString() === 'katex-display'
  );
}
