/** Shows where a page holds the query that led to it. Loaded only on pages reached from a result. */
import { coverage, findQuery } from './textMatch.ts';
import { say } from './words.ts';

/** Not part of the text that was searched. */
const SKIPPED = '[data-pagefind-ignore], .katex, .cite, svg, button, script, style, .figure-table';
const BLOCKS =
  'p, li, pre, h1, h2, h3, h4, td, th, dt, dd, summary, figcaption, blockquote, div, section';
const NAME = 'search-hit';

/** A stretch of running text and the nodes it is made of. */
interface Block {
  text: string;
  nodes: { node: Text; start: number }[];
}

export function showHits(root: HTMLElement): void {
  const query = new URLSearchParams(location.search).get('q') ?? '';
  const hits = hitsIn(root, query);
  if (hits.length === 0) return;
  const unmark = mark(hits);
  let current = firstAfterAnchor(hits);
  const show = (): void => {
    const hit = hits[current];
    if (hit) reveal(hit);
  };
  const clear = (): void => {
    unmark();
    bar.remove();
    removeEventListener('keydown', onKey);
    const address = new URL(location.href);
    address.searchParams.delete('q');
    history.replaceState(history.state, '', address);
  };
  const onKey = ({ key, isComposing }: KeyboardEvent): void => {
    if (key === 'Escape' && !isComposing && !document.querySelector('dialog[open]')) clear();
  };
  const bar = hitBar(query, hits.length, {
    next: () => {
      current = (current + 1) % hits.length;
      show();
    },
    clear,
  });
  document.body.append(bar);
  addEventListener('keydown', onKey);
  if (!location.hash && !root.matches('.question')) return;
  show();
  // The browser scrolls to the anchor once more when the page has loaded.
  if (document.readyState !== 'complete') addEventListener('load', show, { once: true });
}

/** The query as written wherever it stands so; or else its words, in the blocks that hold most of them. */
function hitsIn(root: HTMLElement, query: string): Range[] {
  const blocks = blocksOf(root);
  const written = blocks.flatMap((block) =>
    findQuery(query, block.text).phrases.map(([from, to]) => rangeOf(block, from, to)),
  );
  if (written.length > 0) return written;
  const shares = blocks.map(({ text }) => coverage(query, text));
  const enough = Math.max(...shares, 0) * 0.75;
  return blocks.flatMap((block, index) =>
    enough > 0 && (shares[index] ?? 0) >= enough
      ? findQuery(query, block.text).marks.map(([from, to]) => rangeOf(block, from, to))
      : [],
  );
}

function blocksOf(root: HTMLElement): Block[] {
  const blocks: Block[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let last: Element | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest(SKIPPED)) continue;
    const block = parent.closest(BLOCKS);
    if (block !== last || blocks.length === 0) blocks.push({ text: '', nodes: [] });
    last = block;
    const at = blocks.at(-1);
    at?.nodes.push({ node: node as Text, start: at.text.length });
    if (at) at.text += node.nodeValue ?? '';
  }
  return blocks;
}

function rangeOf({ nodes }: Block, from: number, to: number): Range {
  const range = new Range();
  const first = nodes.findLast(({ start }) => start <= from);
  const last = nodes.findLast(({ start }) => start < to);
  if (first) range.setStart(first.node, from - first.start);
  if (last) range.setEnd(last.node, to - last.start);
  return range;
}

/** Colours the hits without touching the text where the browser can, with elements where not. */
function mark(hits: readonly Range[]): () => void {
  if (typeof Highlight === 'function' && CSS.highlights) {
    CSS.highlights.set(NAME, new Highlight(...hits));
    return () => CSS.highlights.delete(NAME);
  }
  const marks: HTMLElement[] = [];
  for (const hit of [...hits].reverse()) {
    for (const piece of piecesOf(hit).reverse()) {
      const element = document.createElement('mark');
      piece.surroundContents(element);
      marks.push(element);
      hit.setStartBefore(element);
    }
  }
  return () => {
    for (const element of marks) {
      const { parentNode } = element;
      element.replaceWith(...element.childNodes);
      parentNode?.normalize();
    }
  };
}

/** A range cut at the edges of text nodes. */
function piecesOf(range: Range): Range[] {
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const pieces: Range[] = [];
  for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
    if (!(node instanceof Text) || !range.intersectsNode(node)) continue;
    const piece = new Range();
    piece.setStart(node, node === range.startContainer ? range.startOffset : 0);
    piece.setEnd(node, node === range.endContainer ? range.endOffset : node.length);
    if (!piece.collapsed) pieces.push(piece);
  }
  return pieces;
}

function firstAfterAnchor(hits: readonly Range[]): number {
  const id = decodeURIComponent(location.hash.slice(1));
  const anchor = id
    ? document.getElementById(id)
    : document.querySelector('article > :not(header)');
  if (!anchor) return 0;
  const after = hits.findIndex(({ startContainer }) => {
    const place = anchor.compareDocumentPosition(startContainer);
    return Boolean(
      place & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY),
    );
  });
  return Math.max(after, 0);
}

/** Unfolds what hides a hit and brings it into the upper part of the window. */
function reveal(hit: Range): void {
  for (let at = hit.startContainer.parentElement; at; at = at.parentElement) {
    if (!(at instanceof HTMLDetailsElement) || at.open) continue;
    const summary = at.querySelector(':scope > summary');
    if (!summary?.contains(hit.startContainer)) at.open = true;
  }
  const { top } = hit.getBoundingClientRect();
  scrollTo({ top: scrollY + top - innerHeight * 0.35 });
}

function hitBar(
  query: string,
  count: number,
  actions: { next: () => void; clear: () => void },
): HTMLElement {
  const texts = document.querySelector<HTMLElement>('[data-search]')?.dataset ?? {};
  const bar = document.createElement('aside');
  bar.className = 'hits';
  const status = document.createElement('p');
  status.role = 'status';
  status.textContent = say((count === 1 ? texts['hitsOne'] : texts['hits']) ?? '{q}', {
    q: query,
    n: count,
  });
  bar.append(status);
  const button = (text: string, action: () => void): void => {
    const element = document.createElement('button');
    element.type = 'button';
    element.textContent = text;
    element.addEventListener('click', action);
    bar.append(element);
  };
  if (count > 1) button(texts['nextHit'] ?? '', actions.next);
  button(texts['clearHits'] ?? '', actions.clear);
  return bar;
}

const article = document.querySelector<HTMLElement>('[data-pagefind-body]');
if (article) showHits(article);
