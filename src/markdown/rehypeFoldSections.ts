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
      for (const part of sections) part.properties['style'] = `--estimate: ${estimate(part)}em`;
      node.children = [...before, ...sections];
    });
  };
}

/**
 * Height on a phone, in em: what a part that is not laid out yet is taken to be (`content-visibility`). A little too
 * much, since a part that is taller than its estimate lies over the next one.
 */
function estimate(part: Element): number {
  let width = 0;
  let figures = 0;
  visit(part, (node) => {
    if (node.type === 'text')
      width += node.value.length + 1.4 * (node.value.match(HAN)?.length ?? 0);
    if (node.type === 'mdxJsxFlowElement') figures += 1;
  });
  return Math.ceil(6 + 0.053 * width + 10 * figures);
}

const HAN = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/g;

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
