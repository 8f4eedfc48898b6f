// Writes the example's typed operations and its manifest into generated/; --check only compares.
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { codegen } from '@graphql-codegen/core'
import * as documents from '@graphql-codegen/typed-document-node'
import * as operations from '@graphql-codegen/typescript-operations'
import { Kind, parse, print } from 'graphql'

const check = process.argv.includes('--check')
const folder = 'examples/summary-client'
const document = parse(await readFile(`${folder}/operations.graphql`, 'utf8'))

const types = await codegen({
  filename: `${folder}/generated/operations.ts`,
  schema: parse(await readFile('docs/schema.graphql', 'utf8')),
  documents: [{ location: 'operations.graphql', document }],
  config: {
    documentMode: 'string',
    enumType: 'string-literal',
    immutableTypes: true,
    skipTypename: true,
    useTypeImports: true,
    scalars: { DateTime: 'string', ID: 'string' },
  },
  plugins: [{ operations: {} }, { documents: {} }],
  pluginMap: { operations, documents },
})

/** Each operation with the fragments beside it, by its hash: what the team registers. */
const manifest = Object.fromEntries(
  document.definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
      const body = print({ kind: Kind.DOCUMENT, definitions: [operation, ...fragments] })
      return [createHash('sha256').update(body).digest('hex'), body]
    }),
)

const files = new Map([
  [`${folder}/generated/operations.ts`, types],
  [`${folder}/generated/persisted-documents.json`, `${JSON.stringify(manifest, null, 2)}\n`],
])
for (const [file, text] of files) {
  if ((await readFile(file, 'utf8').catch(() => '')) === text) continue
  if (check) {
    console.error(`${file} is out of date: run 'node scripts/generate-example.mjs' and commit it.`)
    process.exit(1)
  }
  await mkdir(`${folder}/generated`, { recursive: true })
  await writeFile(file, text)
  console.log(`Wrote ${file}.`)
}
