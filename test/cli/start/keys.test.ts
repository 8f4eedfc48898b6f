import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet, importJWK, jwtVerify, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureKeys } from '../../../cli/start/keys.ts'

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lcr-keys-'))
})

afterEach(() => rm(dataDir, { recursive: true, force: true }))

describe('the keys of a data folder', () => {
  it('are the same for everybody who asks for them at once, and afterwards', async () => {
    const [one, ...others] = await Promise.all([1, 2, 3].map(() => ensureKeys(dataDir)))
    expect(others).toEqual([one, one])
    expect(await ensureKeys(dataDir)).toEqual(one)
  })

  it.each([
    ['gateway', 'ES256'],
    ['issuer', 'RS256'],
  ] as const)('of the %s sign with %s and are known by the published half', async (name, alg) => {
    const keys = await ensureKeys(dataDir)
    const { privateJwk, jwksFile } = keys[name]
    const token = await new SignJWT({})
      .setProtectedHeader({ alg, kid: String(privateJwk.kid) })
      .sign(await importJWK(privateJwk, alg))
    const published = JSON.parse(await readFile(jwksFile, 'utf8'))
    await expect(jwtVerify(token, createLocalJWKSet(published))).resolves.toBeDefined()
    expect(published.keys[0]).not.toHaveProperty('d')
  })

  it('keep private halves from other users and leave no draft behind', async () => {
    await Promise.all([ensureKeys(dataDir), ensureKeys(dataDir)])
    const files = await readdir(join(dataDir, 'keys'), { recursive: true })
    expect(files.sort()).toEqual([
      'gateway.private.jwk.json',
      'issuer.private.jwk.json',
      'public',
      'public/gateway.jwks.json',
      'public/issuer.jwks.json',
    ])
    const { mode } = await stat(join(dataDir, 'keys', 'issuer.private.jwk.json'))
    expect(mode & 0o077).toBe(0)
  })
})
