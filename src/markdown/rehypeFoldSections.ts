import type { Element, ElementContent, Root } from 'hast';
import type { MdxJsxFlowElementHast } from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';

/**
 * Makes each `h2` of a deep dive and what follows it a section that folds. The heading is the
 * summary, so folding, find-in-page and links to it work without a script.
 */
export function rehypeFoldSections() {
  return (tree: Root): void => {
    visit(tree, 'mdxJsxFlowElement', (node: MdxJsxFlowElementHast) => {
      if (node.name !== 'DeepDive') return;
      const before: ElementContent[] = [];
      const sections: Element[] = [];
      for (const child of node.children as ElementContent[]) {
        if (child.type === 'element' && child.tagName === 'h2') sections.push(section(child));
        else
          (
            (sections.at(-1)?.children[0] as Element | undefined) ?? { children: before }
          ).children.push(child);
      }
      node.children = [...before, ...sections];
    });
  };
}

function section(heading: Element): Element {
  const summary: Element = {
    type: 'element',
    tagName: 'summary',
    properties: {},
    children: [heading],
  };
  const details: Element = {
    type: 'element',
    tagName: 'details',
    properties: { open: true, dataFold: '' },
    children: [summary],
  };
  return {
    type: 'element',
    tagName: 'section',
    properties: { className: ['part'] },
    children: [details],
  };
}
