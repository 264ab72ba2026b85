import { existsSync } from 'node:fs';
import { fromHtml } from 'hast-util-from-html';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { byClass, byData, find, findAll, textOf } from '~/markdown/builtHtml.ts';
import { builtPages } from './pages.ts';

type Json = string | number | boolean | Json[] | Node;
interface Node {
  [property: string]: Json;
}

/** What Google's documents of each search feature ask for; it reads the rest of schema.org as well. */
const GOOGLE: Readonly<Record<string, string[]>> = {
  // Education Q&A. Its carousel takes flashcards only; a choice says that it is one.
  Quiz: [
    'hasPart',
    'about.name',
    'educationalAlignment.alignmentType',
    'educationalAlignment.targetName',
  ],
  Question: ['acceptedAnswer.text', 'eduQuestionType', 'text'],
  Answer: ['text'],
  BreadcrumbList: ['itemListElement'],
  ListItem: ['position', 'name', 'item'],
  // Article. `datePublished`, which it recommends, is not known of these texts.
  TechArticle: ['headline', 'image', 'dateModified', 'author.name', 'author.url'],
  // Site name.
  WebSite: ['name', 'url'],
};

const BLOCK = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/g;

describe.each([
  { folder: 'dist', base: '/' },
  { folder: 'dist-subpath', base: '/lab/' },
])('what search engines read of the site built under $base', ({ folder, base }) => {
  const pages = builtPages(folder).map(({ path, html }) => {
    return {
      path,
      html,
      statements: graphsOf(html).flatMap((graph) => graph['@graph'] as Node[]),
      canonical: /<link rel="canonical" href="([^"]*)"/.exec(html)?.[1],
      language: /<html lang="([^"]*)"/.exec(html)?.[1],
    };
  });
  const origin = new URL(pages.find(({ canonical }) => canonical)!.canonical!).origin;
  const file = (url: string): string => {
    expect(url.startsWith(`${origin}${base}`), url).toBe(true);
    return `${folder}/${url.slice(`${origin}${base}`.length)}`;
  };
  const quizzes = pages.flatMap((page) =>
    page.statements.filter(isA('Quiz')).map((quiz) => ({ ...page, quiz })),
  );

  it('each page says what it is: home, question or topic, and where it stands; hidden pages say nothing', () => {
    for (const { path, statements, canonical } of pages) {
      const kinds = statements.map((statement) => statement['@type']);
      const bare = path.replace(/^zh\//, '');
      if (!canonical) expect(kinds, path).toEqual([]);
      else if (bare === '') expect(kinds, path).toEqual(['WebSite']);
      else if (/^questions\/./.test(bare)) expect(kinds, path).toEqual(['BreadcrumbList', 'Quiz']);
      else if (/^topics\/./.test(bare))
        expect(kinds, path).toEqual(['BreadcrumbList', 'TechArticle']);
      else expect(kinds, path).toEqual(['BreadcrumbList']);
    }
    expect(quizzes.length).toBeGreaterThan(100);
  });

  it('each statement has what Google asks of its kind, in the language of its page', () => {
    for (const { path, statements, language } of pages) {
      for (const node of statements.flatMap(nodesIn)) {
        for (const property of GOOGLE[String(node['@type'])] ?? []) {
          expect(valueAt(node, property), `${path}: ${node['@type']}.${property}`).toBeTruthy();
        }
        if (node['inLanguage']) expect(node['inLanguage'], path).toBe(language);
      }
    }
  });

  it('the trail leads from home to the page over pages that are there', () => {
    for (const { path, statements, canonical } of pages) {
      for (const trail of statements.filter(isA('BreadcrumbList'))) {
        const items = trail['itemListElement'] as Node[];
        expect(items.length, path).toBeGreaterThan(1);
        expect(items.map(({ position }) => position)).toEqual(items.map((_, index) => index + 1));
        const urls = items.map(({ item }) => String(item));
        expect(urls[0], path).toBe(`${origin}${base}${path.startsWith('zh/') ? 'zh/' : ''}`);
        expect(urls.at(-1), path).toBe(canonical);
        for (const url of urls) expect(existsSync(`${file(url)}index.html`), url).toBe(true);
      }
      for (const text of statements.filter(isA('TechArticle'))) {
        expect(existsSync(file(String(text['image']))), path).toBe(true);
      }
    }
  });

  it('question and answer are those that the page shows', () => {
    for (const { path, html, quiz } of quizzes) {
      const article = fromHtml(html.slice(html.indexOf('<article'), html.indexOf('</article>')), {
        fragment: true,
      });
      const seen = bare(textOf(silenced(article)));
      const text = find(article, byClass('question-text'))!;
      const question = quiz['hasPart'] as Node;
      const options = findAll(text, byData('dataOption')).length;
      expect((question['suggestedAnswer'] as Node[] | undefined)?.length ?? 0, path).toBe(
        Math.max(0, options - 1),
      );
      const said = nodesIn(question).flatMap((node) =>
        node['text'] ? [String(node['text'])] : [],
      );
      for (const part of said.flatMap(wordsOf)) expect(seen, `${path}: ${part}`).toContain(part);
    }
  });

  it('no text ends the element it stands in', () => {
    for (const { path, html } of pages) {
      for (const [, block] of html.matchAll(BLOCK)) expect(block, path).not.toContain('<');
    }
  });
});

it('schema.org has every kind and property that is used', { timeout: 120_000 }, () => {
  const blocks = builtPages('dist').flatMap(({ html }) => graphsOf(html));
  const shapes = [...new Set(blocks.map(shape))];
  const misspelt = `{"@context":"https://schema.org","@graph":[{"@type":"Quiz","nam":"x"}]}`;
  const found = faults([...shapes, misspelt]);
  expect(found.filter((fault) => !fault.includes(`'"nam"'`))).toEqual([]);
  expect(found).toHaveLength(1);
});

const graphsOf = (html: string): Node[] =>
  [...html.matchAll(BLOCK)].map(([, json = '']) => JSON.parse(json) as Node);

const isA =
  (kind: string) =>
  (node: Node): boolean =>
    node['@type'] === kind;

function nodesIn(value: Json): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return typeof value === 'object' ? [value, ...Object.values(value).flatMap(nodesIn)] : [];
}

/** valueAt(node, 'author.name') */
function valueAt(node: Node, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>((value, name) => (value as Node | undefined)?.[name], node);
}

/** The page without sources and definitions, which open over the text, and without set formulas. */
function silenced<T extends Parameters<typeof find>[0]>(node: T): T {
  if (!('children' in node)) return node;
  const kept = node.children.filter(
    (child) =>
      !(
        child.type === 'element' &&
        ['cite', 'term-note', 'katex', 'visually-hidden'].some((name) => byClass(name)(child))
      ),
  );
  return { ...node, children: kept.map((child) => silenced(child)) } as T;
}

const bare = (text: string): string => text.replaceAll(/[\s\u2060]+/g, '');

/** Runs of words between the formulas, cells and items of a plain text. */
const wordsOf = (text: string): string[] =>
  text
    .split(/\$\$[^$]+\$\$|\$[^$\n]+\$|\n(?:- )?| \| /)
    .map(bare)
    .filter((part) => part !== '');

/** The block with every free text made the same, so that a thousand pages come down to a few. */
function shape(graph: Node): string {
  return JSON.stringify(graph, (name, value: Json) =>
    typeof value === 'string' && !name.startsWith('@') ? 'x' : value,
  );
}

/** What the types of schema-dts, generated from schema.org's vocabulary, have against these blocks. */
function faults(blocks: string[]): string[] {
  const name = `${process.cwd()}/tests/content/blocks.ts`;
  const text = [
    "import type { Graph } from 'schema-dts';",
    ...blocks.map((block, index) => `export const block${index}: Graph = ${block};`),
  ].join('\n');
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => path === name || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === name
      ? ts.createSourceFile(path, text, ts.ScriptTarget.ESNext)
      : getSourceFile(path, ...rest);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([name], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
