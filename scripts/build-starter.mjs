// What `lcr init` copies: the template, and the kit as a package that needs nothing of this project.

import { chmod, cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Licences whose code may be handed on inside another package, its notice beside it. */
const HANDED_ON = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
])

/** Read at run time, from where they stand in this project too. */
const READ_AT_RUN_TIME = ['subgraphs/contract.graphql', 'subgraphs/kit/exclusions/lists']

/**
 * @param build esbuild's
 * @param options how this project bundles
 * @param folder where it goes
 */
export async function buildStarter(build, options, folder) {
  const kit = join(folder, 'kit')
  const { metafile } = await build({
    ...options,
    entryPoints: { kit: 'starter/kit/kit.ts', 'lcr-kit': 'starter/kit/lcr-kit.ts' },
    outdir: join(kit, 'dist'),
    chunkNames: 'chunk-[hash]',
    sourcemap: false,
    metafile: true,
  })
  await chmod(join(kit, 'dist', 'lcr-kit.js'), 0o755)
  await cp('starter/kit/lcr-kit.d.ts', join(kit, 'dist', 'kit.d.ts'))
  for (const path of READ_AT_RUN_TIME) await cp(path, join(kit, path), { recursive: true })
  await cp('LICENSE', join(kit, 'LICENSE'))
  await cp('starter/kit/package-readme.md', join(kit, 'README.md'))
  await writeFile(join(kit, 'package.json'), `${JSON.stringify(await describeKit(), null, 2)}\n`)
  await writeFile(join(kit, 'THIRD-PARTY.txt'), await thirdParties(metafile))
  await cp('starter/template', join(folder, 'template'), { recursive: true })
}

async function describeKit() {
  const { version, license, engines, dependencies } = await readJson('package.json')
  return {
    name: 'lcr-kit',
    version,
    description: "What a participant's subgraph of the London Care Record is made of",
    license,
    private: true,
    type: 'module',
    engines,
    exports: { '.': { types: './dist/kit.d.ts', default: './dist/kit.js' } },
    bin: { 'lcr-kit': './dist/lcr-kit.js' },
    // It starts threads from files of its own, which no bundle holds.
    dependencies: { pino: dependencies.pino },
  }
}

/** The packages inside the bundle, with the text of each licence. */
async function thirdParties({ inputs }) {
  const folders = new Set(
    Object.keys(inputs).flatMap(
      (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.slice(0, 1) ?? [],
    ),
  )
  const parts = await Promise.all([...folders].sort().map(describePackage))
  return `This package holds code of these packages.\n\n${parts.join('\n')}`
}

async function describePackage(folder) {
  const { name, version, license } = await readJson(join(folder, 'package.json'))
  if (!HANDED_ON.has(license)) {
    throw new Error(`The kit would hold ${name}, whose licence is ${license}: keep it out`)
  }
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each))
  const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8')
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text.trim()}\n`
}

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'))
}
