import katex from 'katex';
import { parseTree } from '~/markdown/parseText.ts';

export interface NamedFormula {
  /** The heading it stands under. */
  heading: string;
  id: string;
  /** MathML, which needs no stylesheet and no font. */
  mathml: string;
}

interface Node {
  type: string;
  value?: string;
  children?: Node[];
}

/** The formulas of a text that stand on lines of their own, each under its heading. */
export function displayFormulas(
  body: string,
  headings: readonly { id: string | null; text: string }[],
): NamedFormula[] {
  const found: NamedFormula[] = [];
  let passed = -1;
  const walk = (node: Node): void => {
    if (node.type === 'heading') passed += 1;
    if (node.type === 'math') {
      const { text = '', id } = headings[passed] ?? {};
      found.push({
        heading: text,
        id: id ?? '',
        mathml: mathml(node.value ?? ''),
      });
    }
    for (const child of node.children ?? []) walk(child);
  };
  walk(parseTree(body) as Node);
  return found;
}

/** Without KaTeX's wrapper, which asks for its stylesheet. */
function mathml(tex: string): string {
  const wrapped = katex.renderToString(tex, { displayMode: true, output: 'mathml' });
  return wrapped.slice(wrapped.indexOf('<math'), wrapped.lastIndexOf('</math>') + '</math>'.length);
}
