import { toString as plainText } from 'mdast-util-to-string';
import { parseTree } from '~/markdown/parseText.ts';

/**
 * The rule: every figure an author types has its source beside it.
 *
 * A figure is a number with a unit, a percentage, a multiple, a decimal, or a count from 100 on (years too). Numbers in
 * names (Qwen3.5, H100, §3.2), code and formulas are none, nor what only poses a problem (prompts, hints, options that
 * may be false). Its source is beside it when one of these holds:
 *
 * - `cite`: a `<Cite>` follows in the same paragraph, list item or table row, or stands in the same sentence; or the
 *   table's heading or the paragraph next to the table cites for all its rows.
 * - `engine`: the number is an argument of an `<Engine>` in the same block or table, or in the table next to the
 *   paragraph, so it is what is reckoned with.
 * - `posed`: the number is the question's own, from its prompt.
 * - `repeated`: a key point repeats a number the text above has with its source.
 * - `definition`: the width of a number format or of its parts, or one of something.
 */
export interface Figure {
  /** As it is printed: '83.1%', '3.03亿', '2017'. */
  text: string;
  /** Line of the paragraph or table row. */
  line: number;
  /** Why its source counts as standing beside it; null: nothing does. */
  beside: 'cite' | 'engine' | 'posed' | 'repeated' | 'definition' | null;
  /** The words around it, for the message. */
  around: string;
}

interface Node {
  type: string;
  name?: string | null;
  value?: string;
  children?: Node[];
  position?: { start: { line: number } };
  attributes?: { name?: string; value?: unknown }[];
}

interface Block {
  /** Its words; a citation is the sign CITE. */
  words: string;
  line: number;
  /** Cited from outside, by its table's heading or caption. */
  cited: boolean;
  /** Numbers given to the engines of the block. */
  given: ReadonlySet<number>;
  keyPoint: boolean;
}

const CITE = '\u2020';

const UNIT =
  '%|×|倍|[KMGTP]i?B(?:/s)?|Gb/s|[KMBT](?![A-Za-z])|k(?![A-Za-z])|亿|万|个百分点|字节|位|' +
  '(?:[PTG]?FLOP(?:s|S|/s)?|bytes?|bits?|tokens?|times|points?|steps?|layers?|heads?|epochs?|examples?|samples?|pairs?|images?|languages?|experts?|hours?|days?|GPU-hours?|px|ms|s)\\b|' +
  '张|层|步|轮|天|小时|秒|条|个?词元|个?token|种语言|个专家|分';
/** A number that is not part of a name (Qwen3.5, H100, GPT-3, §3.2, 1F1B, v1.2.3). */
const FIGURE = new RegExp(
  '(?<![A-Za-z0-9_.,:§#^/-])' +
    '(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?(?:e\\d+)?' +
    `(?:[–-]\\d+(?:\\.\\d+)?)?(?:[ -]?(?:${UNIT}))?(?![A-Za-z0-9_])`,
  'g',
);
/** Names that hold a size, a year or a version. */
const NAMES = new RegExp(
  '\\b(?:[A-Za-z-]*(?:GPT|BERT|LLaMA|Llama|Qwen|DeepSeek|Kimi|GLM|ERNIE|Mixtral|Mistral|PaLM|NLG|LM|T5|ViT|DALL-E|CLIP|Gemma|OLMo|Falcon|Yi|Chinchilla|Gopher|BLOOM|OPT|YaLM|' +
    'ResNet|DenseNet|Imagen|FLUX|DINOv|ImageNet|CIFAR|AIME|WMT|CUDA|PyTorch|Transformers|NCCL|Turing|Phi|SmolLM|Nemotron|Tülu|Tulu|WizardLM|Vicuna|Alpaca|MLPerf|' +
    'Chat|Instruct|Coder|Maverick|Scout|Stable Diffusion)[A-Za-z]*)[ -]?v?\\d+(?:\\.\\d+)*(?:[ -]?\\d+(?:\\.\\d+)?[BMT])?[BMT]?(?![%\\d.])\\b|' +
    '\\b\\d+\\.\\d+\\.\\d+\\b|\\barXiv[: ]?\\d+\\.\\d+',
  'g',
);
const DEFINITION =
  /^[1248][ -]?(?:bytes?|字节)$|^(?:\d|[1-6]\d)[ -]?(?:bits?|位)$|^1×$|^1[ -]?(?:倍|张|层|步|轮|条|steps?|layers?|points?|times)$/;

/** figuresIn('… 83.1% <Cite ref="x" />') → [{ text: '83.1%', beside: 'cite', … }] */
export function figuresIn(source: string): Figure[] {
  const blocks: Block[] = [];
  const posed = new Set<string>();
  const tree = parseTree(source) as Node;
  collect(tree, [], NOTHING, blocks);
  for (const prompt of named(tree, 'Prompt'))
    for (const { text } of found(wordsOf(prompt))) posed.add(amountOf(text));
  const sourced = new Set(
    blocks.flatMap((block) =>
      found(block.words)
        .filter(({ at }) => isCited(block, at))
        .map(({ text }) => amountOf(text)),
    ),
  );
  return blocks.flatMap((block) =>
    found(block.words).map(({ text, at }): Figure => {
      const value = amountOf(text);
      const beside = isCited(block, at)
        ? 'cite'
        : DEFINITION.test(text)
          ? 'definition'
          : block.given.has(Number(value))
            ? 'engine'
            : posed.has(value)
              ? 'posed'
              : block.keyPoint && sourced.has(value)
                ? 'repeated'
                : null;
      return {
        text,
        line: block.line,
        beside,
        around: block.words.slice(Math.max(0, at - 60), at + 60),
      };
    }),
  );
}

/**
 * Typed figures that an `<Engine>` of the same text prints, as `printed` has it: one of the two would go stale alone.
 * Only what no coincidence makes: three digits with a unit, a decimal or thousands, or a power. What engines reckon
 * with is typed.
 */
export function typedTwice(source: string, printed: readonly string[]): string[] {
  const tree = parseTree(source) as Node;
  const blocks: Block[] = [];
  collect(tree, [], NOTHING, blocks);
  const given = new Set(numbersGiven(tree));
  const bare = (text: string): string => text.replaceAll(' ', '');
  const known = new Set(printed.map(bare).filter(isDistinct));
  return blocks.flatMap(({ words, line }) => {
    const figures = found(words).map(({ text }) => text);
    const powers = words.match(/\d+(?:\.\d+×10)?[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+/g) ?? [];
    return [...figures, ...powers]
      .filter((text) => known.has(bare(text)) && !given.has(Number(amountOf(text))))
      .map((text) => `${line}: ${text}`);
  });
}

function isDistinct(text: string): boolean {
  return /[⁰¹²³⁴⁵⁶⁷⁸⁹]/.test(text) || (/^\d[\d,.]{2,}/.test(text) && !/^\d+$/.test(text));
}

/** The figures of a text and where they stand in it. */
function found(words: string): { text: string; at: number }[] {
  const bare = words.replace(NAMES, (name) => ' '.repeat(name.length));
  return [...bare.matchAll(FIGURE)]
    .map((match) => ({ text: match[0], at: match.index }))
    .filter(({ text }) => isFigure(text));
}

/** Bare small whole numbers count things at hand (stage 3, two of 8); with a unit or a size they are figures. */
function isFigure(text: string): boolean {
  if (!/^[\d,]+$/.test(text)) return true;
  return Number(text.replaceAll(',', '')) >= 100;
}

function isCited({ words, cited }: Block, at: number): boolean {
  if (cited || words.indexOf(CITE, at) !== -1) return true;
  const sentenceStart = Math.max(
    ...['. ', '? ', '! ', '。', '？', '！'].map((end) => words.lastIndexOf(end, at)),
  );
  return words.slice(sentenceStart + 1, at).includes(CITE);
}

const SCALE: Readonly<Record<string, number>> = {
  K: 1e3,
  k: 1e3,
  万: 1e4,
  M: 1e6,
  亿: 1e8,
  G: 1e9,
  B: 1e9,
  T: 1e12,
  P: 1e15,
};

/** '7.5B' and '75亿' → '7500000000'; '400 GB/s' → '400000000000'. */
function amountOf(text: string): string {
  const [, digits = '', scale = ''] =
    /^([\d,.]+(?:e\d+)?)[ -]?([KMGBTPk万亿]?)(?:B|FLOP|b\/s|$|[^A-Za-z])/.exec(text) ?? [];
  const value = Number(digits.replaceAll(',', '')) * (SCALE[scale] ?? 1);
  return String(Number(value.toPrecision(12)));
}

/** What reaches a block from outside: a caption's or heading's citation, numbers given to the engines of a table. */
interface Around {
  cited: boolean;
  given: readonly number[];
}
const NOTHING: Around = { cited: false, given: [] };
const PARTS = new Set(['KeyPoint', 'Option', 'Prompt', 'Hint']);

/** Splits a tree into what a citation reaches: a paragraph, a list item's paragraph, a table's row. */
function collect(node: Node, within: string[], around: Around, out: Block[]): void {
  if (['heading', 'code', 'math'].includes(node.type)) return;
  const name = node.name ?? '';
  if (name === 'Prompt' || name === 'Hint') return;
  const children = node.children ?? [];
  if (name === 'Option') {
    // An option may be false; what explains it states.
    for (const why of children.flatMap((child) => [child, ...(child.children ?? [])]))
      if (why.name === 'Why') collect(why, [...within, name], NOTHING, out);
    return;
  }
  if (node.type === 'table') {
    const heading = children[0] !== undefined && has(children[0], 'Cite');
    const table = { cited: around.cited || heading, given: numbersGiven(node) };
    for (const row of children) push(row, within, table, out);
    return;
  }
  if (node.type === 'paragraph' || holdsText(node)) {
    // Parts on lines of their own without blank lines between them are one paragraph.
    const parts = children.filter((child) => PARTS.has(child.name ?? ''));
    if (parts.length > 0) for (const part of parts) collect(part, within, NOTHING, out);
    else push(node, within, around, out);
    return;
  }
  for (const [index, child] of children.entries()) {
    const beside = [children[index - 1], children[index + 1]].filter(
      (other) => other !== undefined,
    );
    collect(
      child,
      name ? [...within, name] : within,
      {
        cited:
          child.type === 'table' &&
          beside.some((other) => other.type === 'paragraph' && has(other, 'Cite')),
        given: beside.filter(({ type }) => type === 'table').flatMap(numbersGiven),
      },
      out,
    );
  }
}

/** `<KeyPoint id>One.</KeyPoint>` on one line holds its text without a paragraph. */
function holdsText({ type, children = [] }: Node): boolean {
  const types = children.map((child) => child.type);
  return type.startsWith('mdxJsx') && types.includes('text') && !types.includes('paragraph');
}

function push(node: Node, within: string[], { cited, given }: Around, out: Block[]): void {
  out.push({
    words: wordsOf(node).replace(/\s+/g, ' ').trim(),
    line: node.position?.start.line ?? 1,
    cited,
    given: new Set([...given, ...numbersGiven(node)]),
    keyPoint: node.name === 'KeyPoint' || within.includes('KeyPoint'),
  });
}

/** Words without code and formulas, which are no prose, and without what an engine or drill prints, which is not typed. */
function wordsOf(node: Node): string {
  if (node.name === 'Cite') return CITE;
  if (['inlineCode', 'inlineMath', 'math', 'code'].includes(node.type)) return ' ';
  if (node.name === 'Engine' || node.name === 'Drawn') return ' ';
  if (node.type === 'text') return node.value ?? '';
  const separator = node.type === 'tableRow' ? ' | ' : '';
  return (node.children ?? []).map(wordsOf).join(separator) || plainText(node as never);
}

function named(node: Node, name: string): Node[] {
  return node.name === name ? [node] : (node.children ?? []).flatMap((child) => named(child, name));
}

function has(node: Node, name: string): boolean {
  return named(node, name).length > 0;
}

function numbersGiven(node: Node): number[] {
  const written =
    node.name === 'Engine'
      ? node.attributes?.flatMap(({ name, value }) =>
          name === 'with' ? String(Object(value)['value'] ?? '') : [],
        )
      : [];
  return [
    ...(written ?? []).flatMap((text) =>
      (text.match(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g) ?? []).map((n) =>
        Number(Number(n).toPrecision(12)),
      ),
    ),
    ...(node.children ?? []).flatMap(numbersGiven),
  ];
}
