import katex from 'katex';

/** One of KaTeX's fonts, as its stylesheet names it: `KaTeX_Math italic 400`. */
export type FontFace = `KaTeX_${string} ${'normal' | 'italic'} ${400 | 700}`;

interface FontRule {
  /** Classes of each compound of the selector, outermost first. */
  selector: string[][];
  family: string | undefined;
  italic: boolean;
  bold: boolean;
}

export interface FormulaUse {
  classes: Set<string>;
  /** The characters that each font draws. */
  characters: Map<FontFace, Set<string>>;
}

/**
 * Which classes and which characters of which font the formulas need, read off KaTeX's own markup
 * and stylesheet. The cascade is followed only as far as that stylesheet goes: classes, descendants, order.
 */
export function formulaUse(formulas: Iterable<string>, css: string): FormulaUse {
  const rules = fontRules(css);
  const use: FormulaUse = {
    classes: new Set(['katex', 'katex-display', 'katex-mathml', 'katex-html']),
    characters: new Map(),
  };
  for (const tex of new Set(formulas)) {
    for (const displayMode of [true, false]) {
      const html = katex.renderToString(tex, { displayMode, output: 'html', throwOnError: false });
      readMarkup(html, rules, use);
    }
  }
  return use;
}

function readMarkup(html: string, rules: FontRule[], use: FormulaUse): void {
  const stack: string[][] = [];
  for (const [, close, tag, attributes = '', text] of html.matchAll(
    /<(\/?)(\w+)([^>]*)>|([^<]+)/g,
  )) {
    if (text) {
      const face = faceOf(stack, rules);
      const known = use.characters.get(face) ?? new Set();
      use.characters.set(face, known);
      for (const character of decoded(text)) known.add(character);
    } else if (close) {
      stack.pop();
    } else if (tag) {
      const classes = /class="([^"]*)"/.exec(attributes)?.[1]?.split(/\s+/) ?? [];
      for (const name of classes) use.classes.add(name);
      if (!attributes.endsWith('/')) stack.push(classes);
    }
  }
}

function faceOf(stack: string[][], rules: FontRule[]): FontFace {
  let family: string | undefined;
  let style: FontRule | undefined;
  for (let depth = stack.length; depth > 0 && !family; depth -= 1) {
    const matching = rules.filter((rule) => matches(rule, stack.slice(0, depth)));
    style ??= matching.findLast((rule) => rule.italic || rule.bold || rule.family);
    family = matching.findLast((rule) => rule.family)?.family;
  }
  return `${(family ?? 'KaTeX_Main') as `KaTeX_${string}`} ${style?.italic ? 'italic' : 'normal'} ${style?.bold ? 700 : 400}`;
}

/** Does the selector fit the last element of the stack? */
function matches({ selector }: FontRule, stack: string[][]): boolean {
  const fits = (wanted: string[], classes: string[]): boolean =>
    wanted.every((name) => classes.includes(name));
  const last = selector.at(-1);
  const element = stack.at(-1);
  if (!last || !element || !fits(last, element)) return false;
  let above = stack.length - 1;
  for (let i = selector.length - 2; i >= 0; i -= 1) {
    do above -= 1;
    while (above >= 0 && !fits(selector[i] ?? [], stack[above] ?? []));
    if (above < 0) return false;
  }
  return true;
}

function fontRules(css: string): FontRule[] {
  const found = css.replace(/@font-face\s*\{[^}]*\}/g, '').matchAll(/([^{}]+)\{([^{}]*)\}/g);
  return [...found].flatMap(([, selectors = '', body = '']): FontRule[] => {
    const family = /font(?:-family)?:[^;]*?(KaTeX_\w+)/.exec(body)?.[1];
    const italic = /font-style:\s*italic/.test(body);
    const bold = /font-weight:\s*(?:bold|[67]00)/.test(body);
    if (!family && !italic && !bold) return [];
    return selectors.split(',').map((selector) => ({
      selector: selector
        .trim()
        .split(/[\s>]+/)
        .map((compound) => [...compound.matchAll(/\.([\w-]+)/g)].map(([, name = '']) => name)),
      family,
      italic,
      bold,
    }));
  });
}

function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => {
    return { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }[name] ?? '';
  });
}
