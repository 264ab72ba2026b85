import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { FILE_HEADERS } from '../security/headers.ts';
import { HEADERS } from '../security/policy.ts';

/** Folders of files whose name changes with their content. Hosts ask about every other file each time. */
const HASHED = ['_astro/', 'pagefind/fragment/', 'pagefind/index/'];
const FOREVER = 'public, max-age=31536000, immutable';

/** Writes the headers of every file for the hosts that read them from a file, and for `serve.ts`. */
export function securityHeaders(): AstroIntegration {
  let base = '/';
  return {
    name: 'security-headers',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.endsWith('/') ? config.base : `${config.base}/`;
      },
      'astro:build:done': ({ dir }) => {
        const rules: [string, Readonly<Record<string, string>>][] = [
          [`${base}*`, HEADERS],
          ...HASHED.map((folder): [string, Record<string, string>] => [
            `${base}${folder}*`,
            { 'Cache-Control': FOREVER },
          ]),
        ];
        const text = rules.map(([path, headers]) =>
          [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join(
            '\n',
          ),
        );
        writeFileSync(join(fileURLToPath(dir), FILE_HEADERS), text.join('\n'));
      },
    },
  };
}
