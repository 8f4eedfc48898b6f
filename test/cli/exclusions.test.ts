import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../support/postgres.ts'
import { run } from './start/system.ts'

let folder: string
let database: TestDatabase

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-exclusions-'))
  await mkdir(join(folder, 'lists'))
  await writeFile(join(folder, 'lists', 'sti.txt'), '86406008\n1.02E+15\n')
  database = await createDatabase()
})

afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const LINE =
  'The list of what is never shared cannot be used: sti.txt, line 2: "1.02E+15" was ruined by a spreadsheet\n'

describe('without a list of what is never shared that can be trusted', () => {
  it.each([
    ['the loader', ['load', 'nel', '.'], 2, `lcr load: ${LINE}`],
    ['a subgraph', ['serve', 'nel'], 1, LINE],
    ['the gateway', ['gateway'], 1, LINE],
    ['the whole system', ['start'], 1, LINE],
    ['the first population', ['populate'], 1, LINE],
  ] as const)('%s stops with one line', async (_what, args, code, line) => {
    const databases = Object.fromEntries(
      ['', 'CLCH_', 'ENHT_', 'HCT_', 'HPFT_', 'MKUH_', 'NCL_', 'NEL_', 'NWL_', 'PAHT_', 'SEL_']
        .concat('SWL_', 'WHTH_', 'LCR_AUDIT_')
        .map((prefix) => [`${prefix}DATABASE_URL`, database.url]),
    )
    const ended = run(args, {
      ...databases,
      LCR_DATA_DIR: join(folder, 'data'),
      LCR_EXCLUSIONS_DIR: join(folder, 'lists'),
    })
    expect(await ended.ended()).toBe(code)
    const said = ended.output().replace('Run the command with --help to see how it is used.\n', '')
    expect(said).toBe(line)
  })
})
