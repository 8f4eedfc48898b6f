import { defineConfig } from 'vitest/config'

/** Where the counts are written as JSON, for CI. */
const report = process.env['LCR_TEST_REPORT']

export default defineConfig({
  resolve: {
    // graphql 16 offers ESM to bundlers and CommonJS to Node; two copies refuse each other's schemas.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-postgres.ts'],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // No file leaves anything behind in its process, and reading all modules anew for each took a third of the time.
    isolate: false,
    coverage: {
      provider: 'v8',
      include: ['{gateway,subgraphs,cli,conformance,population}/**/*.ts'],
      exclude: ['**/generated/**'],
    },
  },
})
