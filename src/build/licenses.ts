import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin } from 'vite';

export const LICENSES_FILE = 'licenses.txt';

/** Shipped as files, past the bundler: KaTeX's styles and fonts, Pagefind's engine. */
const COPIED = ['katex', 'pagefind'];

const bundled = new Set<string>();

/** Notes the packages whose modules end in a file that readers load. */
export function notePackages(): Plugin {
  return {
    name: 'note-packages',
    applyToEnvironment: ({ name }) => name === 'client',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
          const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
          if (folder && renderedLength > 0) bundled.add(folder);
        }
      }
    },
  };
}

/** Lists the packages that the built site ships, with their licences: after all else was bundled. */
export function licenses(): AstroIntegration {
  let root = '';
  return {
    name: 'licenses',
    hooks: {
      'astro:config:setup': ({ config, updateConfig }) => {
        root = fileURLToPath(config.root);
        updateConfig({
          vite: { plugins: [notePackages()], worker: { plugins: () => [notePackages()] } },
        });
      },
      'astro:build:done': ({ dir, logger }) => {
        const copied = COPIED.map((name) => join(root, 'node_modules', name));
        const folders = [...new Set([...bundled, ...copied])];
        const entries = folders.map(entry).sort((a, b) => a.localeCompare(b, 'en'));
        const text = `Software that the site ships, and its licences.\n\n${entries.join(RULE)}`;
        writeFileSync(join(fileURLToPath(dir), LICENSES_FILE), text);
        logger.info(`${entries.length} packages`);
      },
    },
  };
}

const RULE = `\n${'-'.repeat(80)}\n\n`;

/** Throws for a package without a licence: it may not be shipped. */
function entry(folder: string): string {
  const { name, version, license, homepage } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as { name: string; version: string; license?: string; homepage?: string };
  if (!license) throw new Error(`licenses: ${name} states none`);
  const file = readdirSync(folder, { withFileTypes: true }).find(
    (one) => one.isFile() && /^licen[cs]e(?:\.\w+)?$/i.test(one.name),
  );
  const text = file ? readFileSync(join(folder, file.name), 'utf8') : '';
  return [`${name} ${version}`, license, homepage ?? '', '', text.trim(), ''].join('\n');
}
