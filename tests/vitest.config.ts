import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const shared = { resolve: { alias: { '~': `${root}src` } }, root };

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          exclude: ['tests/unit/engines/**'],
          // Whole training runs and simulations, on cores that may be shared.
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'engines',
          include: ['tests/unit/engines/**/*.test.ts', 'tests/golden/**/*.test.ts'],
          testTimeout: 60_000,
          // They keep nothing between files: a process serves many of them, in half the time.
          isolate: false,
        },
      },
      {
        ...shared,
        test: { name: 'content', include: ['tests/content/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        ...shared,
        test: {
          name: 'browsers',
          include: ['tests/browsers/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
