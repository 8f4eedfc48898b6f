import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readNationalOptions } from '../../../cli/start/read-national-options.ts'
import { readConfig } from '../../../gateway/config.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-pds-'))
  const rsa = await exportJWK((await generateKeyPair('RS512', { extractable: true })).privateKey)
  const ec = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)
  const files = {
    'key.json': { ...rsa, kid: 'lcr-1' },
    'nameless.json': rsa,
    'weaker.json': { ...rsa, kid: 'lcr-1', alg: 'RS256' },
    'curve.json': { ...ec, kid: 'lcr-1' },
    'public.json': { kty: 'RSA', n: rsa.n, e: rsa.e, kid: 'lcr-1' },
    'halved.json': { kty: 'RSA', d: 'very-secret', kid: 'lcr-1' },
  }
  for (const [name, key] of Object.entries(files)) {
    await writeFile(join(folder, name), JSON.stringify(key))
  }
})

afterAll(() => rm(folder, { recursive: true }))

async function optionsOf(file: string, env: Record<string, string> = {}) {
  const { national } = readConfig({
    LCR_PDS_BASE_URL: 'https://int.api.service.nhs.uk/personal-demographics/FHIR/R4',
    LCR_PDS_TOKEN_URL: 'https://int.api.service.nhs.uk/oauth2/token',
    LCR_PDS_CLIENT_ID: 'an-api-key',
    LCR_PDS_PRIVATE_KEY: join(folder, file),
    ...env,
  })
  return national === null ? null : readNationalOptions(national)
}

it('connects the national service by an RSA key that signs RS512 under its id', async () => {
  expect(await optionsOf('key.json')).toMatchObject({
    baseUrl: 'https://int.api.service.nhs.uk/personal-demographics/FHIR/R4',
    timeoutMs: 500,
    auth: {
      tokenUrl: 'https://int.api.service.nhs.uk/oauth2/token',
      clientId: 'an-api-key',
      proof: { privateKey: { kty: 'RSA', alg: 'RS512', kid: 'lcr-1' } },
    },
  })
  expect(await optionsOf('nameless.json', { LCR_PDS_KEY_ID: 'lcr-2' })).toMatchObject({
    auth: { proof: { privateKey: { kid: 'lcr-2' } } },
  })
})

it.each([
  ['no such file', 'absent.json', /^LCR_PDS_PRIVATE_KEY names no file with a private key/],
  ['a public key', 'public.json', /^LCR_PDS_PRIVATE_KEY names no file with a private key/],
  ['a key of a curve', 'curve.json', /^LCR_PDS_PRIVATE_KEY holds a key that does not sign RS512$/],
  ['a key for RS256', 'weaker.json', /^LCR_PDS_PRIVATE_KEY holds a key that does not sign RS512$/],
  ['half a key', 'halved.json', /^LCR_PDS_PRIVATE_KEY holds a key that does not sign RS512$/],
  ['a key without an id', 'nameless.json', /^LCR_PDS_KEY_ID is absent/],
])('refuses %s, and does not quote it', async (_, file, problem) => {
  await expect(optionsOf(file)).rejects.toThrow(problem)
})
