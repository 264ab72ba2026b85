import type { Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { describe, expect, it } from 'vitest';
import { builtPages } from './pages.ts';

const NO_PROSE = new Set(['code', 'pre', 'kbd', 'samp', 'math', 'script', 'style', 'textarea']);

/** Straight apostrophes and quotation marks that a reader sees outside code. */
function straight(node: Nodes): string[] {
  if (node.type === 'element' && NO_PROSE.has(node.tagName)) return [];
  if (node.type === 'text')
    return [...node.value.matchAll(/\S*\p{L}'\p{L}\S*|"[^"]+"/gu)].map(([found]) => found);
  return 'children' in node ? node.children.flatMap(straight) : [];
}

describe('English pages', () => {
  it('have typographic quotation marks and apostrophes', () => {
    const found = builtPages('dist')
      .filter(({ path, html }) => !path.startsWith('zh/') && html.includes('lang="en"'))
      .flatMap(({ path, html }) => straight(fromHtml(html)).map((text) => `${path}: ${text}`));
    expect(found).toEqual([]);
  });
});
