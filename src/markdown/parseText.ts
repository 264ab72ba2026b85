import type { Expression } from 'estree';
import type { Heading, Root } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { toString as plainText } from 'mdast-util-to-string';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { parse as parseYaml } from 'yaml';
import { takeHeadingId } from './headingId.ts';
import { literalValue } from './literal.ts';

export interface ParsedElement {
  name: string;
  attributes: Record<string, unknown>;
  /** Names of the elements it stands in, outermost first. */
  within: string[];
  /** Its text without markup, citations and explanations. */
  text: string;
  line: number;
}

export interface ParsedHeading {
  depth: number;
  id: string | null;
  text: string;
  line: number;
}

/** What checks and pages need to know of an author's text without rendering it. */
export interface ParsedText {
  frontmatter: unknown;
  elements: ParsedElement[];
  headings: ParsedHeading[];
  /** Formulas as TeX, without their dollar signs. */
  formulas: string[];
  /** Code blocks with the language named after the fence. */
  code: { lang: string | null; value: string; line: number }[];
  links: { url: string; line: number }[];
}

type Jsx = MdxJsxFlowElement | MdxJsxTextElement;

const processor = unified()
  .use(remarkParse)
  .use(remarkMdx)
  .use(remarkMath)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly);

/** Splits the YAML between the first two `---` lines from the text; lines keep their numbers. */
export function splitFrontmatter(source: string): { yaml: string; body: string } {
  const match = /^---\r?\n([\s\S]*?)\r?\n---[^\S\n]*(?:\r?\n|$)/.exec(source);
  if (!match) return { yaml: '', body: source };
  const blankLines = '\n'.repeat(match[0].split('\n').length - 1);
  return { yaml: match[1] ?? '', body: blankLines + source.slice(match[0].length) };
}

/** The tree of a text without its front matter, as authors' Markdown is read everywhere. */
export function parseTree(source: string): Root {
  return processor.parse(splitFrontmatter(source).body);
}

/** Reads an MDX text. Throws what YAML or MDX say of a text that is not well formed. */
export function parseText(source: string): ParsedText {
  const { yaml } = splitFrontmatter(source);
  const tree = parseTree(source);
  const parsed: ParsedText = {
    frontmatter: parseYaml(yaml) ?? {},
    elements: [],
    headings: [],
    formulas: [],
    code: [],
    links: [],
  };
  walk(tree, [], parsed);
  return parsed;
}

function walk(
  node: { type: string; children?: unknown[] },
  within: string[],
  out: ParsedText,
): void {
  const line = (node as { position?: { start: { line: number } } }).position?.start.line ?? 1;
  let inner = within;
  if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
    const jsx = node as unknown as Jsx;
    out.elements.push({
      name: jsx.name ?? '',
      attributes: attributesOf(jsx),
      within,
      text: textOf(jsx),
      line,
    });
    inner = [...within, jsx.name ?? ''];
  } else if (node.type === 'heading') {
    const heading = structuredClone(node) as unknown as Heading;
    const id = takeHeadingId(heading);
    out.headings.push({ depth: heading.depth, id, text: plainText(heading).trim(), line });
  } else if (node.type === 'math' || node.type === 'inlineMath') {
    out.formulas.push((node as unknown as { value: string }).value);
  } else if (node.type === 'code') {
    const code = node as unknown as { lang: string | null; value: string };
    out.code.push({ lang: code.lang ?? null, value: code.value, line });
  } else if (node.type === 'link') {
    out.links.push({ url: (node as unknown as { url: string }).url, line });
  } else if (
    node.type === 'mdxjsEsm' ||
    (node.type.startsWith('mdx') && node.type.endsWith('Expression'))
  ) {
    const value = (node as unknown as { value: string }).value;
    out.elements.push({ name: '{}', attributes: {}, within, text: value, line });
  }
  for (const child of node.children ?? []) {
    walk(child as { type: string; children?: unknown[] }, inner, out);
  }
}

function attributesOf(jsx: Jsx): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const attribute of jsx.attributes) {
    if (attribute.type !== 'mdxJsxAttribute') {
      attributes['{...}'] = true;
      continue;
    }
    const { name, value } = attribute;
    if (value === null || value === undefined) attributes[name] = true;
    else if (typeof value === 'string') attributes[name] = value;
    else {
      const statement = value.data?.estree?.body[0];
      attributes[name] =
        statement?.type === 'ExpressionStatement'
          ? evaluated(statement.expression)
          : new SyntaxError('allowed: literal values only');
    }
  }
  return attributes;
}

function evaluated(expression: Expression): unknown {
  try {
    return literalValue(expression);
  } catch (error) {
    return error;
  }
}

/** An element's own words: without nested explanations (`Why`) and with formulas as TeX. */
function textOf(jsx: Jsx): string {
  const copy = structuredClone(jsx);
  visit(copy, (node, index, parent) => {
    const name = (node as { name?: string }).name;
    if (!parent || index === undefined || name !== 'Why') return undefined;
    parent.children.splice(index, 1);
    return index;
  });
  return plainText(copy).replace(/\s+/g, ' ').trim();
}
