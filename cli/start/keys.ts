import { randomUUID } from 'node:crypto'
import { mkdir, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWK,
} from 'jose'
import { readIfPresent, readOrCreate } from './data-folder.ts'

/** A signing key and what others need to know its signatures. */
export interface SigningKey {
  readonly privateJwk: JWK
  readonly jwks: JSONWebKeySet
  /** Where `jwks` is kept. */
  readonly jwksFile: string
}

/** The keys of one data folder. */
export interface Keys {
  /** Signs the gateway's assertions to subgraphs (ES256). */
  readonly gateway: SigningKey
  /** Signs the development issuer's tokens (RS256, as NHS CIS2 does). */
  readonly issuer: SigningKey
}

type Algorithm = 'ES256' | 'RS256'

/**
 * The keys of a data folder, made at first use. Safe to call from several processes at once: all
 * get the same keys. Private keys are readable by their owner alone.
 *
 * @param dataDir absolute; keys are kept in `keys/`, public ones in `keys/public/`
 */
export async function ensureKeys(dataDir: string): Promise<Keys> {
  const folder = join(dataDir, 'keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await mkdir(join(folder, 'public'), { recursive: true })
  const [gateway, issuer] = await Promise.all([
    ensureKey(folder, 'gateway', 'ES256'),
    ensureKey(folder, 'issuer', 'RS256'),
  ])
  return { gateway, issuer }
}

async function ensureKey(folder: string, name: string, algorithm: Algorithm): Promise<SigningKey> {
  const file = join(folder, `${name}.private.jwk.json`)
  const text = await readOrCreate(file, () => generate(algorithm))
  const privateJwk = JSON.parse(text) as JWK
  const jwks = { keys: [publicPartOf(privateJwk)] }
  const jwksFile = join(folder, 'public', `${name}.jwks.json`)
  const jwksText = `${JSON.stringify(jwks, null, 2)}\n`
  if ((await readIfPresent(jwksFile)) !== jwksText) await replace(jwksFile, jwksText)
  return { privateJwk, jwks, jwksFile }
}

async function generate(algorithm: Algorithm): Promise<string> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const jwk = await exportJWK(privateKey)
  const kid = await calculateJwkThumbprint(jwk)
  return `${JSON.stringify({ ...jwk, kid, alg: algorithm, use: 'sig' }, null, 2)}\n`
}

function publicPartOf(jwk: JWK): JWK {
  const names = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg', 'use'] as const
  return Object.fromEntries(
    names.flatMap((name) => (jwk[name] === undefined ? [] : [[name, jwk[name]]])),
  )
}

async function replace(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  try {
    await writeFile(draft, text, { mode: 0o644 })
    await rename(draft, file)
  } finally {
    await unlink(draft).catch(() => {})
  }
}
