// Runs a benchmark of bench/ by its name, bundled as the commands are: `npm run bench -- access`.

import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const names = readdirSync('bench').flatMap((file) => file.match(/^(.*)\.ts$/)?.[1] ?? [])
const name = process.argv[2] ?? '--help'
if (!existsSync(`bench/${name}.ts`)) {
  console.log(
    `Usage: npm run bench -- <name>\n\nExample:\n  $ npm run bench -- access\n\nThere are: ${names.join(', ')}`,
  )
  process.exit(name === '--help' ? 0 : 1)
}
const outfile = `dist/bench-${name}-${process.pid}.mjs`
await build({
  entryPoints: [`bench/${name}.ts`],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
})
try {
  await import(pathToFileURL(outfile).href)
} finally {
  await rm(outfile, { force: true })
}
