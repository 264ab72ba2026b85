import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A built page: its address below the base and its HTML. */
export interface BuiltPage {
  path: string;
  html: string;
}

/** Every page of a built folder. Throws when it was not built. */
export function builtPages(folder: string): BuiltPage[] {
  if (!existsSync(folder)) throw new Error(`${folder} is missing: run npm run build first`);
  return htmlFiles(folder).map((file) => ({
    path: relative(folder, file).replace(/index\.html$/, ''),
    html: readFileSync(file, 'utf8'),
  }));
}

function htmlFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return htmlFiles(path);
    return entry.name.endsWith('.html') ? [path] : [];
  });
}

/** Values of an attribute in the page, entities decoded. */
export function attributeValues(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&amp;', '&').replaceAll('&#38;', '&'),
  );
}
