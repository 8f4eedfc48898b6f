import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeParticipant } from '../../../cli/init/describe-participant.ts'
import type { InitOptions } from '../../../cli/init.ts'
import { findParticipants } from '../../../subgraphs/kit/find-participants.ts'
import { readContract } from '../../../subgraphs/kit/schema/contract.ts'
import { runLcr } from '../run-lcr.ts'

describe('lcr init refuses, and says what to mend', () => {
  let known: Parameters<typeof describeParticipant>[1]
  beforeAll(async () => {
    known = { participants: await findParticipants(), contract: await readContract() }
  })

  const wrong: [string, Partial<InitOptions>, string][] = [
    [
      'a code with a capital',
      { code: 'Thames' },
      '--code: it must be a word of 2 to 20 lower-case',
    ],
    ['a code of a participant', { code: 'nel' }, "--code: 'nel' is a participant already"],
    ['a code of the graph’s own', { code: 'index' }, '--code: it must be another word'],
    ['a code whose type the contract has', { code: 'coding' }, "'coding' would make a type Coding"],
    ['an empty name', { name: ' ' }, '--name: it must be a name of 1 to 200 characters'],
    ['a name that would break the schema', { name: 'A "B"' }, '--name: leave out quotation marks'],
    ['an ODS code that is none', { odsCode: ['rth'] }, "--ods-code 'rth': it must be an ODS code"],
    ['an ODS code twice', { odsCode: ['RTH', 'RTH'] }, '--ods-code: it must be organisations that'],
    ['an organisation of another', { odsCode: ['R1H'] }, "--ods-code: R1H belongs to 'nel'"],
  ]
  const usual: InitOptions = {
    code: 'thames',
    name: 'Thames',
    participation: 'FULL',
    kind: 'TRUST',
  }

  it.each(wrong)('%s', (_, options, line) => {
    expect(() => describeParticipant({ ...usual, ...options }, known)).toThrow(line)
    expect(describeParticipant(usual, known).organisations[0]?.odsCode).toBe('XTHAMES')
  })
})

describe('lcr init makes nothing, and says what to mend, for', () => {
  let root: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lcr-init-refusals-'))
    await mkdir(join(root, 'used'))
    await writeFile(join(root, 'used', 'mine.txt'), 'mine')
    await writeFile(join(root, 'file'), 'mine')
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  const wrong: [string, { folder?: string; code?: string; more?: string[] }, string][] = [
    ['a folder with something in it', { folder: 'used' }, 'is not empty: name a new folder'],
    ['a file', { folder: 'file' }, 'is a file: name a new folder'],
    ['a code of a participant', { code: 'nel' }, "--code: 'nel' is a participant already"],
    ['another participation', { more: ['--participation', 'PARTLY'] }, 'Allowed choices are FULL'],
    ['keys that are not there', { more: ['--gateway-keys', '/no/such'] }, "no file '/no/such'"],
    ['a FHIR server without a URL', { more: ['--fhir-base-url', 'fhir'] }, 'an http or https URL'],
  ]

  it.each(wrong)('%s', async (_, { folder = 'new', code = 'thames', more = [] }, line) => {
    const before = await readdir(root, { recursive: true })
    const run = await runLcr(join(root, 'none'), [
      ...['init', join(root, folder), '--code', code, '--name', 'Thames'],
      ...more,
    ])
    expect(run.err).toContain(line)
    expect(run.err).not.toMatch(/^ +at /m)
    expect({ code: run.code, out: run.out }).toEqual({ code: 2, out: '' })
    expect(await readdir(root, { recursive: true })).toEqual(before)
  })

  it('shows an example in its help', async () => {
    const { out } = await runLcr(root, ['init', '--help'])
    expect(out).toContain('$ npx lcr init thames --code thames --name "Thames Valley Care Record"')
  })
})
