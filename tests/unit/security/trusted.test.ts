import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Ways from text to markup or script, and the files that may use one, with how often. */
const SINKS =
  /\b(?:innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|createContextualFragment|srcdoc|setHTMLUnsafe|parseFromString|document\.write(?:ln)?|set:html|eval\(|new Function|new (?:Shared)?Worker)\b/g;

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // The author's text of a question, printed at build.
  'src/components/QuizData.astro': ['set:html'],
  // Data for search engines: JSON in which no text can end its element.
  'src/components/StructuredData.astro': ['set:html'],
  // The script that the policy knows by its hash.
  'src/layouts/Page.astro': ['set:html'],
  // Formulas as MathML, printed by KaTeX at build.
  'src/pages/[...locale]/quiz/cheat-sheet.astro': ['set:html'],
  // Pages and workers of this site only, under Trusted Types.
  'src/security/trusted.ts': ['parseFromString', 'new Worker'],
};

/** Runs in a terminal, never in a page. */
const NOT_SHIPPED = /^src\/(?:commands|build)\//;

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

describe('text that comes from outside', () => {
  it('never becomes markup: no file has a way to, but those with a reason', () => {
    const found = files('src')
      .filter((path) => /\.(?:astro|tsx?|mjs)$/.test(path) && !NOT_SHIPPED.test(path))
      .flatMap((path): [string, string[]][] => {
        const sinks = readFileSync(path, 'utf8').match(SINKS);
        return sinks ? [[path, sinks]] : [];
      });
    expect(Object.fromEntries(found)).toEqual(ALLOWED);
  });
});
