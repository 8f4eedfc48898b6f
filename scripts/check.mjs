// Everything that must hold before a commit, in the order of cheapness. The first failure ends it.
import { spawnSync } from 'node:child_process'

const steps = [
  ['Style', 'npx', ['biome', 'check', '--error-on-warnings', '.']],
  ['Build', 'node', ['scripts/build.mjs']],
  ['Types', 'npx', ['tsc', '--noEmit']],
  ['Dead code', 'npx', ['knip']],
  ['Generated types', 'node', ['scripts/generate-types.mjs', '--check']],
  ['Composition', 'node', ['dist/cli/lcr.js', 'compose', '--check']],
  ['Example', 'node', ['scripts/generate-example.mjs', '--check']],
  ['Tests', 'npx', ['vitest', 'run', '--coverage']],
]

for (const [name, command, args] of steps) {
  const started = Date.now()
  console.log(`\n${name}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) {
    console.error(`\n${name}: failed. Run it alone with: ${command} ${args.join(' ')}`)
    process.exit(status ?? 1)
  }
  console.log(`${name}: passed in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}
