import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The tests of the engines alone: others would take long and say nothing of them. */
export default defineConfig({
  root,
  resolve: { alias: { '~': `${root}src` } },
  test: {
    include: ['tests/unit/engines/**/*.test.ts', 'tests/golden/**/*.test.ts'],
    // Whole runs of training take a minute once instrumented, and their share of a second is checked, too.
    exclude: ['tests/unit/engines/training-runs.test.ts'],
    testTimeout: 60_000,
  },
});
