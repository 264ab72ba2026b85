import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import subsetFont from 'subset-font';
import { type Entry, readContent } from '../content-check/readContent.ts';
import { type FontFace, type FormulaUse, formulaUse } from './katexFontUse.ts';

const KATEX_CSS = createRequire(import.meta.url).resolve('katex/dist/katex.css');

/**
 * Cuts KaTeX's stylesheet and fonts to what the formulas of each topic use, before Vite bundles them:
 * `.astro/katex/<topic>.css`. Whole, the fonts of a page weigh more than everything else on it; cut,
 * they are small enough to travel inside the stylesheet, so that no formula jumps when its font arrives.
 */
export function katexAssets(): AstroIntegration {
  return {
    name: 'katex-assets',
    hooks: {
      'astro:config:setup': async ({ config }) => {
        const root = fileURLToPath(config.root);
        const folder = join(root, '.astro/katex');
        rmSync(folder, { recursive: true, force: true });
        for (const [topic, formulas] of formulasByTopic(root)) {
          await writeKatexCss(formulas, folder, topic);
        }
      },
    },
  };
}

/** The formulas in content/ as TeX, by the topic on whose pages they stand. */
function formulasByTopic(root: string): Map<string, string[]> {
  const { topics, questions, labs } = readContent(root);
  const found = new Map<string, string[]>();
  const add = (topic: string, { texts }: Entry<unknown>): void => {
    const formulas = Object.values(texts).flatMap(({ parsed }) => parsed.formulas);
    found.set(topic, [...(found.get(topic) ?? []), ...formulas]);
  };
  for (const entry of topics) add(entry.key, entry);
  for (const entry of questions) add(entry.key.split('/')[0] ?? '', entry);
  for (const entry of labs) add(entry.facts?.topic ?? '', entry);
  return found;
}

async function writeKatexCss(
  formulas: readonly string[],
  folder: string,
  name: string,
): Promise<void> {
  const whole = readFileSync(KATEX_CSS, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const use = formulaUse(formulas, whole);
  const faces = await Promise.all(fontFaces(whole, use).map(inlined));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, `${name}.css`),
    [...faces, ...usedRules(whole, use.classes), ''].join('\n'),
  );
}

interface UsedFont {
  face: FontFace;
  file: string;
  characters: string;
}

function fontFaces(css: string, { characters }: FormulaUse): UsedFont[] {
  return [...css.matchAll(/@font-face\s*\{([^}]*)\}/g)].flatMap(([, body = '']): UsedFont[] => {
    const family = /font-family:\s*"?(KaTeX_\w+)/.exec(body)?.[1] as `KaTeX_${string}`;
    const italic = /font-style:\s*italic/.test(body) ? 'italic' : 'normal';
    const bold = /font-weight:\s*(?:bold|700)/.test(body) ? 700 : 400;
    const file = /url\((fonts\/[\w-]+\.woff2)\)/.exec(body)?.[1];
    const face: FontFace = `${family} ${italic} ${bold}`;
    const used = characters.get(face);
    return used && file ? [{ face, file, characters: [...used].join('') }] : [];
  });
}

async function inlined({ face, file, characters }: UsedFont): Promise<string> {
  const [family, style, weight] = face.split(' ');
  const whole = readFileSync(join(dirname(KATEX_CSS), file));
  // Hinting is half of each font and serves only screens of a kind no longer made.
  const subset = await subsetFont(whole, characters, {
    targetFormat: 'woff2',
    noHinting: true,
    dropTables: ['GSUB', 'GPOS', 'GDEF', 'FFTM', 'gasp'],
  });
  const url = `data:font/woff2;base64,${subset.toString('base64')}`;
  return `@font-face{font-family:${family};font-style:${style};font-weight:${weight};src:url(${url}) format('woff2')}`;
}

/** The rules whose selectors name only classes in use. */
export function usedRules(css: string, classes: ReadonlySet<string>): string[] {
  const rules =
    css.replace(/@font-face\s*\{[^}]*\}/g, '').match(/[^{}]+\{(?:[^{}]|\{[^{}]*\})*\}/g) ?? [];
  return rules.flatMap((rule): string[] => {
    const brace = rule.indexOf('{');
    const selectors = rule.slice(0, brace).trim();
    if (selectors.startsWith('@')) return [rule.trim()];
    const used = selectors
      .split(',')
      .filter((one) =>
        [...one.matchAll(/\.([\w-]+)/g)].every(([, name = '']) => classes.has(name)),
      );
    return used.length > 0 ? [used.join(',') + rule.slice(brace)] : [];
  });
}
