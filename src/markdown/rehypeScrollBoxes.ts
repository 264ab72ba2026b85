import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';

/**
 * Puts tables and display formulas into boxes that scroll sideways on their own, so that the page never does.
 * The boxes take the focus, so the keyboard scrolls them too.
 */
export function rehypeScrollBoxes() {
  return (tree: Root): void => {
    visit(tree, 'element', (node, index, parent) => {
      // The corner of a table with headings on two sides is no heading.
      if (node.tagName === 'th' && node.children.length === 0) node.tagName = 'td';
      else if (node.tagName === 'th') node.properties['scope'] = 'col';
      if (!parent || index === undefined || !isWide(node)) return;
      if ('properties' in parent && parent.properties?.['className']?.toString().includes('scroll'))
        return;
      const box: Element = {
        type: 'element',
        tagName: 'div',
        properties: {
          className: ['scroll', node.tagName === 'table' ? 'scroll-table' : 'scroll-formula'],
          tabIndex: 0,
        },
        children: [node],
      };
      parent.children[index] = box;
      return index + 1;
    });
  };
}

function isWide(node: Element): boolean {
  return (
    node.tagName === 'table' || (node.properties['className'] ?? '').toString() === 'katex-display'
  );
}
