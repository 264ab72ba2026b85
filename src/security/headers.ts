/** Netlify's and Cloudflare Pages' file of headers, as far as this site writes it: `/path/*` and `  Name: value`. */

/** Its name, in the folder that is served. */
export const FILE_HEADERS = '_headers';

export interface HeaderRule {
  /** Begins every path the rule is for. */
  prefix: string;
  headers: [name: string, value: string][];
}

/** Throws for a line that is neither. */
export function readHeaders(text: string): HeaderRule[] {
  const rules: HeaderRule[] = [];
  for (const line of text.split('\n')) {
    const path = /^(\/\S*)\*$/.exec(line)?.[1];
    const [, name, value] = /^ {2}([\w-]+): (.+)$/.exec(line) ?? [];
    const rule = rules.at(-1);
    if (path) rules.push({ prefix: path, headers: [] });
    else if (rule && name && value) rule.headers.push([name, value]);
    else if (line.trim() !== '') throw new SyntaxError(`${FILE_HEADERS}: ${line}`);
  }
  return rules;
}

/** headersOf(rules, '/_astro/x.js') → the headers of every rule for the path. */
export function headersOf(rules: readonly HeaderRule[], path: string): [string, string][] {
  return rules.filter(({ prefix }) => path.startsWith(prefix)).flatMap(({ headers }) => headers);
}
