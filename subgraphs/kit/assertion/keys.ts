import { readFile } from 'node:fs/promises'
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose'

/** Where the gateway's public keys stand: an http(s) URL, a file, or the key set itself (JWKS). */
export type GatewayKeys = string | JSONWebKeySet

/**
 * Reads the gateway's public keys. From a URL they are fetched when first needed, kept, and fetched
 * again when an unknown key id comes.
 *
 * @throws when a file does not hold a key set
 */
export async function readGatewayKeys(keys: GatewayKeys): Promise<JWTVerifyGetKey> {
  if (typeof keys !== 'string') return createLocalJWKSet(keys)
  if (/^https?:\/\//.test(keys)) {
    return createRemoteJWKSet(new URL(keys), { timeoutDuration: 2000, cooldownDuration: 5000 })
  }
  return createLocalJWKSet(JSON.parse(await readFile(keys, 'utf8')) as JSONWebKeySet)
}
