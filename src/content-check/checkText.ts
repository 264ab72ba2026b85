import { type EngineModules, engineNumber } from '../markdown/engineNumber.ts';
import type { ParsedElement } from '../markdown/parseText.ts';
import { SAY_FOR, TEXT_COMPONENTS } from '../markdown/textComponents.ts';
import type { Problem } from './problem.ts';
import type { TextEntry } from './readContent.ts';

/** What an author's text may name. */
export interface Names {
  references: ReadonlySet<string>;
  terms: ReadonlySet<string>;
  figures: ReadonlySet<string>;
  engines: EngineModules;
  /** Names of the numbers a numeric question may print; empty for other texts. */
  drawn: ReadonlySet<string>;
}

/** Components, their attributes, the names they use, headings and code of one text. */
export function checkText({ file, kind, parsed }: TextEntry, names: Names): Problem[] {
  const problems: Problem[] = [];
  for (const element of parsed.elements) {
    const say = (field: string, message: string): void => {
      problems.push({
        file,
        line: element.line,
        field: `<${element.name}> ${field}`.trim(),
        message,
      });
    };
    const component = TEXT_COMPONENTS[element.name];
    if (!component) {
      const allowed = Object.keys(TEXT_COMPONENTS).join(', ');
      const found = element.name === '{}' ? 'braces run code' : 'unknown component';
      say('', `${found}; allowed: ${allowed}`);
      continue;
    }
    if (component.in && !component.in.includes(kind))
      say('', `not in a ${kind}; allowed in: ${component.in.join(', ')}`);
    if (component.within && !component.within.some((name) => element.within.includes(name))) {
      say('', `stands alone; allowed inside: ${component.within.join(', ')}`);
    }
    const known = [...(component.required ?? []), ...(component.optional ?? [])];
    for (const name of component.required ?? []) {
      if (element.attributes[name] === undefined) say(name, 'missing');
    }
    for (const [name, value] of Object.entries(element.attributes)) {
      if (!known.includes(name))
        say(name, `unknown attribute; allowed: ${known.join(', ') || 'none'}`);
      else if (value instanceof Error) say(name, value.message);
    }
    checkNames(element, names, say);
  }
  return [...problems, ...checkHeadings(file, parsed.headings)];
}

function checkNames(
  { name, attributes }: ParsedElement,
  names: Names,
  say: (field: string, message: string) => void,
): void {
  const oneOf = (field: string, allowed: ReadonlySet<string>): void => {
    const value = attributes[field];
    if (value === undefined || (typeof value === 'string' && allowed.has(value))) return;
    say(field, `"${String(value)}" is unknown; allowed: ${nearest(String(value), allowed)}`);
  };
  if (name === 'Cite') oneOf('ref', names.references);
  if (name === 'Term') oneOf('id', names.terms);
  if (name === 'Figure') oneOf('name', names.figures);
  if (name === 'Drawn') oneOf('name', names.drawn);
  if (name === 'Pitfall' && /['"]/.test(String(attributes['wrong'])))
    say('wrong', 'straight quote; allowed: curled quotes and apostrophes (’ “ ”)');
  if (name === 'Say') oneOf('for', new Set(SAY_FOR));
  if (name === 'Engine' && !Object.values(attributes).some((value) => value instanceof Error)) {
    try {
      engineNumber(names.engines, attributes);
    } catch (error) {
      say('', (error as Error).message);
    }
  }
}

function checkHeadings(file: string, headings: TextEntry['parsed']['headings']): Problem[] {
  const seen = new Set<string>();
  return headings.flatMap(({ id, text, line, depth }): Problem[] => {
    const field = `heading "${text}"`;
    if (depth === 1)
      return [
        { file, line, field, message: 'allowed: ## and ###; the title stands in the front matter' },
      ];
    if (id === null)
      return [
        { file, line, field, message: 'no id; allowed: a stable id at the end, as [#why-scale]' },
      ];
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
      return [
        { file, line, field, message: `id "${id}"; allowed: lower-case words joined by hyphens` },
      ];
    if (seen.has(id)) return [{ file, line, field, message: `id "${id}" stands twice` }];
    seen.add(id);
    return [];
  });
}

/** Up to eight allowed names, those that share the most with `value` first. */
export function nearest(value: string, allowed: ReadonlySet<string>): string {
  const pairs = (s: string): Set<string> => new Set(Array.from(s, (_, i) => s.slice(i, i + 2)));
  const wanted = pairs(value);
  const score = (name: string): number =>
    [...pairs(name)].filter((pair) => wanted.has(pair)).length;
  const sorted = [...allowed].sort((a, b) => score(b) - score(a) || (a < b ? -1 : 1));
  return sorted.slice(0, 8).join(', ') + (sorted.length > 8 ? ', …' : '');
}
