import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSettings } from '../../../starter/kit/settings.ts'
import { type InitFolder, initFolder } from '../../support/init-participant.ts'

describe('A setting that does not hold is named, and what it takes:', () => {
  const oauth = { FHIR_BASE_URL: 'https://f/R4', FHIR_TOKEN_URL: 'https://t' }
  const wrong: [string, Record<string, string>, string][] = [
    ['a port that is none', { PORT: 'x' }, 'PORT is "x": it must be a whole number from 1 to'],
    ['a misspelt one', { FHIR_BASE_URI: 'http://x' }, 'did you mean FHIR_BASE_URL?'],
    [
      'two sources of records',
      { FHIR_BASE_URL: 'http://x', DATABASE_URL: 'postgres://a:b@h/c' },
      'records come from one of them',
    ],
    [
      'a database URL of another form, which is not repeated',
      { DATABASE_URL: 'mysql://secret' },
      'DATABASE_URL has another form: it must be postgres://user:password@host:port/database',
    ],
    ['a FHIR server’s client without an id', oauth, 'FHIR_TOKEN_URL takes FHIR_CLIENT_ID'],
    [
      'a key that cannot be read',
      { ...oauth, FHIR_CLIENT_ID: 'c', FHIR_PRIVATE_KEY: '/no/such/file' },
      'FHIR_PRIVATE_KEY names no file',
    ],
  ]

  it.each(wrong)('%s', async (_, settings, line) => {
    const said = await readSettings(settings).then(
      () => 'it holds',
      (error: Error) => error.message,
    )
    expect(said).toContain(line)
    expect(said).not.toContain('secret')
  })

  it('an empty one counts as absent, and a client with its secret is taken', async () => {
    const settings = { ...oauth, PORT: '', FHIR_CLIENT_ID: 'c', FHIR_CLIENT_SECRET: 's' }
    expect(await readSettings(settings)).toMatchObject({
      port: 4101,
      fhir: { auth: { clientId: 'c', proof: { secret: 's' } } },
    })
  })
})

describe('A subgraph that cannot start says in a line what to mend:', () => {
  let folder: InitFolder
  let keys: string
  beforeAll(async () => {
    folder = await initFolder('thames')
    keys = join(folder.path, 'keys.json')
    await writeFile(keys, '{ "keys": [] }')
  })
  afterAll(() => folder?.remove())

  const wrong: [string, Record<string, string>, string][] = [
    ['no keys to trust', { LCR_GATEWAY_KEYS: '' }, 'LCR_GATEWAY_KEYS is absent: set it in .env'],
    [
      'a database that does not answer',
      {},
      'DATABASE_URL cannot be used: no database answers there',
    ],
  ]

  it.each(wrong)('%s', async (_, settings, line) => {
    const nobody = 'postgres://a:secret@127.0.0.1:1/c'
    const usual = { LCR_GATEWAY_KEYS: keys, DATABASE_URL: nobody }
    const said = await folder.start({ ...usual, ...settings }).then(
      async (server) => `it started: ${await server.stop()}`,
      (error: Error) => error.message,
    )
    expect(said).toContain(line)
    expect(said).not.toMatch(/^ +at /m)
    expect(said).not.toContain('secret')
  })

  it('a file of keys that is not there', async () => {
    // Their file is read last, so everything before it has to hold: here, a FHIR server asked later.
    const settings = { LCR_GATEWAY_KEYS: '/no/such/file', FHIR_BASE_URL: 'http://127.0.0.1:1/R4' }
    await expect(folder.start(settings)).rejects.toThrow(
      'LCR_GATEWAY_KEYS is /no/such/file, and there is no such file',
    )
  })

  it('a participant.json that does not hold', async () => {
    const file = join(folder.path, 'participant.json')
    const json = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...json, kind: 'SHIP' }))
    await expect(folder.start()).rejects.toThrow('kind: it must be one of REGIONAL_HIE, TRUST')
    const { code, err } = await folder.run(['schema'])
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('kind: it must be') })
  })
})
