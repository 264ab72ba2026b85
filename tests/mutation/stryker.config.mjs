/** `npm run mutation`: changes the engines one small piece at a time; their tests must notice. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tests/mutation/vitest.config.ts' },
  mutate: ['src/engines/**/*.ts'],
  coverageAnalysis: 'perTest',
  // What runs once on import would need every test run again for each change.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: 'test-results/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, allowEmojis: false },
  tempDirName: 'test-results/mutation',
  thresholds: { high: 95, low: 90, break: 85 },
};
