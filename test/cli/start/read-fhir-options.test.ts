import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFhirOptions } from '../../../cli/start/read-fhir-options.ts'
import { readConfig } from '../../../gateway/config.ts'

const BASE = { NEL_FHIR_BASE_URL: 'https://fhir.example/R4' }
const TOKENS = {
  ...BASE,
  NEL_FHIR_TOKEN_URL: 'https://auth.example/token',
  NEL_FHIR_CLIENT_ID: 'lcr',
}

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-fhir-'))
  await writeFile(join(folder, 'key.json'), JSON.stringify({ kty: 'RSA', d: 'd', kid: 'one' }))
  await writeFile(join(folder, 'broken.json'), '{ "d": "very secret"')
})

afterAll(() => rm(folder, { recursive: true }))

async function optionsOf(env: Record<string, string>) {
  const [source] = readConfig(env, [{ code: 'nel', name: 'North East London' }]).sources
  return source?.fhir === undefined ? null : readFhirOptions(source.fhir)
}

it('reads records from a database where no FHIR server is named', async () => {
  expect(await optionsOf({})).toBeNull()
})

it('asks a FHIR server without a token, by a secret, or by a key', async () => {
  expect(await optionsOf(BASE)).toEqual([{ baseUrl: 'https://fhir.example/R4' }])
  const auth = { tokenUrl: 'https://auth.example/token', clientId: 'lcr' }
  expect(await optionsOf({ ...TOKENS, NEL_FHIR_CLIENT_SECRET: 's' })).toMatchObject([
    { auth: { ...auth, proof: { secret: 's' } } },
  ])
  const privateKey = join(folder, 'key.json')
  expect(
    await optionsOf({ ...TOKENS, NEL_FHIR_PRIVATE_KEY: privateKey, NEL_FHIR_SCOPE: 'a b' }),
  ).toMatchObject([{ auth: { ...auth, scope: 'a b', proof: { privateKey: { kid: 'one' } } } }])
})

it('asks several FHIR servers, each with its own way in, in the order of their numbers', async () => {
  const env = {
    NEL_FHIR_9_BASE_URL: 'https://fhir.mental-health.example/R4',
    ...TOKENS,
    NEL_FHIR_CLIENT_SECRET: 'first',
    NEL_FHIR_2_BASE_URL: 'https://fhir.hospital.example/R4',
    NEL_FHIR_2_TOKEN_URL: 'https://auth.hospital.example/token',
    NEL_FHIR_2_CLIENT_ID: 'lcr at the hospital',
    NEL_FHIR_2_CLIENT_SECRET: 'second',
  }
  expect(await optionsOf(env)).toMatchObject([
    { baseUrl: 'https://fhir.example/R4', auth: { proof: { secret: 'first' } } },
    { baseUrl: 'https://fhir.hospital.example/R4', auth: { proof: { secret: 'second' } } },
    { baseUrl: 'https://fhir.mental-health.example/R4' },
  ])
})

it.each([
  [
    'a second server without the first',
    { NEL_FHIR_2_BASE_URL: 'https://fhir.example/R4' },
    /^NEL_FHIR_BASE_URL is absent$/,
  ],
  [
    'a second server without its address',
    { ...BASE, NEL_FHIR_2_CLIENT_ID: 'lcr' },
    /^NEL_FHIR_2_BASE_URL is absent$/,
  ],
  [
    'a token service without a server',
    { NEL_FHIR_TOKEN_URL: 'https://auth.example/token' },
    /^NEL_FHIR_BASE_URL is absent$/,
  ],
  [
    'one server twice',
    { ...BASE, NEL_FHIR_2_BASE_URL: 'https://fhir.example/R4/' },
    /^NEL_FHIR_2_BASE_URL is the server that NEL_FHIR_BASE_URL is$/,
  ],
  [
    "a second server's client without a token service",
    { ...BASE, NEL_FHIR_2_BASE_URL: 'https://two.example/R4', NEL_FHIR_2_CLIENT_ID: 'lcr' },
    /^NEL_FHIR_2_TOKEN_URL is absent/,
  ],
  [
    'a client without a token service',
    { ...BASE, NEL_FHIR_CLIENT_ID: 'lcr' },
    /TOKEN_URL is absent/,
  ],
  [
    'a token service without a client',
    { ...TOKENS, NEL_FHIR_CLIENT_ID: '' },
    /CLIENT_ID is absent/,
  ],
  ['no proof', TOKENS, /one of NEL_FHIR_CLIENT_SECRET and NEL_FHIR_PRIVATE_KEY/],
  [
    'two proofs',
    { ...TOKENS, NEL_FHIR_CLIENT_SECRET: 's', NEL_FHIR_PRIVATE_KEY: 'f' },
    /Set one of/,
  ],
  ['a key that is not there', { ...TOKENS, NEL_FHIR_PRIVATE_KEY: '/no/such' }, /names no file/],
])('says in one line what is wrong: %s', async (_, env, message) => {
  await expect(optionsOf(env)).rejects.toThrow(message)
})

it('does not repeat a key that cannot be read', async () => {
  const env = { ...TOKENS, NEL_FHIR_PRIVATE_KEY: join(folder, 'broken.json') }
  await expect(optionsOf(env)).rejects.toThrow(
    'NEL_FHIR_PRIVATE_KEY names no file with a private key in JSON (JWK)',
  )
})
