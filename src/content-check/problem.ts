/** One mistake of an author's: where it stands and what is allowed there. */
export interface Problem {
  /** Path from the project's root. */
  file: string;
  line?: number;
  /** Key of the JSON or front matter, or the element, that is wrong. */
  field: string;
  message: string;
}

/** problemLine({ file: 'a.json', field: 'level', message: 'allowed: 1, 2 or 3' }) → 'a.json: level: allowed: 1, 2 or 3' */
export function problemLine({ file, line, field, message }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return `${place}: ${field}: ${message.replace(/\s*\n\s*/g, ' ')}`;
}
