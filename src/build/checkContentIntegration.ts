import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { checkContent, loadCode } from '../content-check/checkContent.ts';
import { problemLine } from '../content-check/problem.ts';

/** Stops a build before it writes anything when an author's file does not fit; while developing it only says so. */
export function contentCheck(): AstroIntegration {
  return {
    name: 'content-check',
    hooks: {
      'astro:config:setup': async ({ command, config, logger }) => {
        if (command !== 'build' && command !== 'dev') return;
        const root = fileURLToPath(config.root);
        const problems = checkContent(root, await loadCode(root));
        if (problems.length === 0) return;
        for (const problem of problems) process.stderr.write(`${problemLine(problem)}\n`);
        if (command === 'build') process.exit(1);
        logger.warn(`${problems.length} to mend in content/`);
      },
    },
  };
}
