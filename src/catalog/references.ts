import { getCollection } from 'astro:content';
import type { ParsedText } from '~/markdown/parseText.ts';
import type { Reference } from '~/schemas/reference.ts';

let loaded: Promise<Map<string, Reference>> | undefined;

/** Every reference by its id. */
export function referencesById(): Promise<Map<string, Reference>> {
  loaded ??= getCollection('references').then(
    (entries) => new Map(entries.map(({ data }) => [data.id, data])),
  );
  return loaded;
}

/** A place in a source, ready to print: what it is called and the address that opens it. */
export interface Place {
  label: string;
  url: string;
}

/**
 * Where a citation points. For code `at` is `path[@commit][#symbol]` and the link opens that file;
 * everywhere else it is a place in words (`§3.2, Table 1`) and the link opens the source.
 */
export function place(reference: Reference, at: string | undefined): Place {
  if (!at) return { label: '', url: reference.url };
  const match = /^([\w.*/+-]+\/?[\w.*+-]*)(?:@([0-9a-f]{7,40}))?(?:#(.+))?$/.exec(at);
  const isFile = reference.kind === 'code' && match && /[/.]/.test(match[1] ?? '');
  if (!isFile || !match) return { label: at, url: reference.url };
  const [, path = '', commit, symbol] = match;
  const label = symbol ? `${path}, ${symbol}` : path;
  const version = commit ?? reference.commit ?? 'HEAD';
  return { label, url: `${reference.url}/blob/${version}/${path.replace(/\*.*$/, '')}` };
}

export interface CitedSource {
  reference: Reference;
  places: Place[];
}

/** The sources of a text in order of first use, each with the places it is cited for. */
export function citedSources(
  parsed: ParsedText,
  references: ReadonlyMap<string, Reference>,
): CitedSource[] {
  const cited = new Map<string, CitedSource>();
  for (const { name, attributes } of parsed.elements) {
    if (name !== 'Cite') continue;
    const reference = references.get(String(attributes['ref']));
    if (!reference) continue;
    const source = cited.get(reference.id) ?? { reference, places: [] };
    cited.set(reference.id, source);
    const at = attributes['at'] === undefined ? undefined : String(attributes['at']);
    const found = place(reference, at);
    if (found.label && !source.places.some(({ label }) => label === found.label)) {
      source.places.push(found);
    }
  }
  return [...cited.values()];
}
