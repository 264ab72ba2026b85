import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Heading, Root } from 'mdast';
import type { MdxJsxAttribute, MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { takeHeadingId } from './headingId.ts';

/**
 * Turns an author's marks into what the page needs: heading ids from `[#id]`, numbers for citations
 * (one number per source, in order of first use), and for questions what their JSON says: which
 * option is right, which drill prints the drawn numbers, whether the answer starts open.
 */
export function remarkAuthorMarks() {
  return (tree: Root, file: VFile): void => {
    const path = String(file.history[0] ?? file.path ?? '');
    const scope = /content\/\w+\/(.+)\/[^/]+\.mdx$/.exec(path)?.[1]?.replace('/', '--') ?? 'text';
    const facts = questionFacts(path);
    const numbers = new Map<string, number>();
    let notes = 0;
    let hints = 0;
    groupRuns(tree);
    visit(tree, (node, index, parent) => {
      if (node.type === 'heading') setId(node as Heading);
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;
      const jsx = node as unknown as MdxJsxFlowElement | MdxJsxTextElement;
      switch (jsx.name) {
        case 'Cite': {
          glue(parent?.children[(index ?? 0) - 1]);
          const ref = attribute(jsx, 'ref');
          const number = numbers.get(ref) ?? numbers.size + 1;
          const first = !numbers.has(ref);
          numbers.set(ref, number);
          notes += 1;
          set(jsx, { scope, number: String(number), note: String(notes) });
          if (first) set(jsx, { first: null });
          return;
        }
        case 'KeyPoint':
          set(jsx, { scope });
          return;
        case 'Hint':
          hints += 1;
          set(jsx, { number: String(hints) });
          return;
        case 'Option':
          set(jsx, attribute(jsx, 'id') === facts['correct'] ? { correct: null } : {});
          return;
        case 'Drawn':
          set(jsx, { drill: String(facts['drill'] ?? '') });
          return;
        case 'Answer':
          set(jsx, facts['kind'] === 'open' ? { open: null } : {});
          return;
      }
    });
  };
}

/** A citation's number stands right behind the word it follows, also where the author typed a space. */
function glue(before: { type: string; value?: string } | undefined): void {
  if (before?.type === 'text' && before.value) before.value = before.value.trimEnd();
}

/** Runs of the same element become one list: KeyPoint → KeyPoints, Option → Options, Hint → Hints. */
const LISTS: Readonly<Record<string, string>> = {
  KeyPoint: 'KeyPoints',
  Option: 'Options',
  Hint: 'Hints',
};

function groupRuns(tree: Root): void {
  const grouped: Root['children'] = [];
  for (const node of tree.children) {
    const list = node.type === 'mdxJsxFlowElement' ? LISTS[node.name ?? ''] : undefined;
    const last = grouped.at(-1);
    if (!list) grouped.push(node);
    else if (last?.type === 'mdxJsxFlowElement' && last.name === list)
      last.children.push(node as never);
    else
      grouped.push({
        type: 'mdxJsxFlowElement',
        name: list,
        attributes: [],
        children: [node as never],
      });
  }
  tree.children = grouped;
}

function setId(heading: Heading): void {
  const id = takeHeadingId(heading);
  if (id === null) return;
  heading.data = { ...heading.data, hProperties: { id } } as Heading['data'];
}

function questionFacts(path: string): Record<string, unknown> {
  const file = join(dirname(path), 'question.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function attribute(jsx: MdxJsxFlowElement | MdxJsxTextElement, name: string): string {
  const found = jsx.attributes.find((a) => a.type === 'mdxJsxAttribute' && a.name === name);
  return typeof found?.value === 'string' ? found.value : '';
}

/** Sets attributes; null stands for a bare attribute, which is true. */
function set(
  jsx: MdxJsxFlowElement | MdxJsxTextElement,
  values: Record<string, string | null>,
): void {
  for (const [name, value] of Object.entries(values)) {
    jsx.attributes.push({ type: 'mdxJsxAttribute', name, value } as MdxJsxAttribute);
  }
}
