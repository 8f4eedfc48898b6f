// Writes TypeScript types from the published schemas into generated/; --check only compares.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codegen } from '@graphql-codegen/core'
import * as typescript from '@graphql-codegen/typescript'
import { parse } from 'graphql'

const check = process.argv.includes('--check')
const source = await readFile('subgraphs/contract.graphql', 'utf8')
const file = 'subgraphs/kit/generated/contract.ts'

const text = await codegen({
  filename: file,
  schema: parse(`${source}\ntype Query { record: CareRecord participant: Participant }`),
  documents: [],
  config: {},
  plugins: [
    {
      typescript: {
        enumsAsTypes: true,
        immutableTypes: true,
        skipTypename: true,
        useTypeImports: true,
        avoidOptionals: { field: true, inputValue: false, object: true, defaultValue: false },
        onlyOperationTypes: false,
        scalars: { DateTime: 'string', ID: 'string' },
        inputMaybeValue: 'T | null | undefined',
      },
    },
  ],
  pluginMap: { typescript },
})

const before = await readFile(file, 'utf8').catch(() => '')
if (before === text) process.exit(0)
if (check) {
  console.error(`${file} is out of date: run 'npm run types' and commit it.`)
  process.exit(1)
}
await mkdir(dirname(file), { recursive: true })
await writeFile(file, text)
console.log(`Wrote ${file}.`)
